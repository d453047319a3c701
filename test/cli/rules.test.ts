import { run } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

test('rules lists what a pack has', () => {
  expect(run(['rules'])).toEqual({
    code: 0,
    out: `ListenerIsEncrypted    error    a listener serves nothing in clear
ListenerRequiresTls13  info     a listener negotiates nothing below TLS 1.3
ResourceCanBeJudged    error    every resource that carries traffic can be judged
`,
    err: '',
  });
});

test.each([
  'ListenerRequiresTls13',
  'listenerrequirestls13',
  'TransmissionChecks-ListenerRequiresTls13',
  'TransmissionChecks::TransmissionChecks-ListenerRequiresTls13',
])('explain tells everything about %s', (name) => {
  expect(run(['explain', name])).toEqual({
    code: 0,
    out: `ListenerRequiresTls13

good state     a listener negotiates nothing below TLS 1.3
risk           Whoever is on the path reads what customers send.
fix            Set Protocol to HTTPS.
level          info; warning where the template hides it
PCI DSS 4.0.1  4.2.1
GDPR           Art. 32(1)(a)
CWE            CWE-319
types          AWS::ElasticLoadBalancingV2::Listener
since          0.1.0
packs          TransmissionChecks, PciDss401Checks, GdprChecks
acknowledge    TransmissionChecks::TransmissionChecks-ListenerRequiresTls13, by
               Validations.of(construct).acknowledge({ id, reason })
`,
    err: '',
  });
});
