import { App, EVERY_ROW, judge } from '../../../lib/judge';
import type { Finding } from '../../../lib/judge/judgement';
import { parseTemplate } from '../../../lib/judge/load';
import { TEMPLATE_CASES } from '../../report/repairs/template-cases';

const ALL = { name: 'All', rules: EVERY_ROW };

function findingsIn(yaml: string): readonly Finding[] {
  return judge(new App([{ name: 'Shop', ...parseTemplate(yaml, 'shop.yaml') }]), ALL).findings;
}

/** What proves the finding of a rule in the template. */
function proof(rule: string, yaml: string): string | undefined {
  const found = findingsIn(yaml).find((finding) => finding.rule.id === rule);
  if (found === undefined) throw new TypeError(`nothing breaks ${rule}`);
  return found.counterexample;
}

const listener = (properties: string) => `
Resources:
  Clear:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: "arn:x", ${properties}}
`;

const TLS =
  'Port: 443, Protocol: HTTPS, Certificates: [{CertificateArn: "arn:aws:acm:eu-west-1:1:certificate/1"}]';
const FORWARD = 'DefaultActions: [{Type: forward, TargetGroupArn: "arn:y"}]';

const of = (rule: string, name: string) =>
  TEMPLATE_CASES.find((one) => one.rule === rule && one.name === name)?.yaml ?? '';

describe('what proves a finding about a hop', () => {
  test.each<[string, string, string]>([
    [
      'ListenerIsEncrypted',
      listener(`Port: 80, Protocol: HTTP, ${FORWARD}`),
      'a browser that connects on port 80 is answered in clear',
    ],
    [
      'ListenerIsEncrypted',
      listener(
        'Port: 80, Protocol: HTTP, DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTP}}]',
      ),
      'a browser that follows the redirect goes on in clear',
    ],
    [
      'ListenerRequiresTls12',
      listener(`${TLS}, ${FORWARD}`),
      'a browser that offers TLS 1.0 at most completes the handshake under ELBSecurityPolicy-2016-08',
    ],
    [
      'ListenerTlsPolicyIsForwardSecret',
      listener(`${TLS}, SslPolicy: ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06, ${FORWARD}`),
      'a browser that offers RSA key transport alone completes the handshake under ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
    ],
    [
      'ListenerTlsPolicyIsPostQuantum',
      listener(`${TLS}, SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ${FORWARD}`),
      'a browser that offers X25519MLKEM768 is given a classical key agreement under ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    ],
    [
      'ListenerSendsHsts',
      listener(`${TLS}, ${FORWARD}`),
      'a browser whose user types the name alone asks in clear first, on every visit',
    ],
    [
      'ListenerSendsHsts',
      of('ListenerSendsHsts', 'with a short one'),
      'a browser that was last here more than 300 s ago asks in clear first',
    ],
    [
      'TargetGroupIsEncrypted',
      of('TargetGroupIsEncrypted', 'over HTTP'),
      'whoever captures packets between Shop/Balancer and targets of Shop/Targets reads what is sent',
    ],
    [
      'DistributionServesOnlyTls',
      of('DistributionServesOnlyTls', 'for everybody'),
      'a browser that does not ask for TLS is served in clear',
    ],
    [
      'OriginRequiresTls12',
      of('OriginRequiresTls12', 'with a list in blocks'),
      'Shop/Site completes the handshake with a server that offers TLS 1.0 at most',
    ],
    [
      'KafkaClientsRequireTls',
      of('KafkaClientsRequireTls', 'of both kinds'),
      'a client that does not ask for TLS is served in clear',
    ],
    [
      'KafkaBrokersUseTls',
      of('KafkaBrokersUseTls', 'in clear'),
      'whoever captures packets in the network of Shop/Bus reads what its nodes exchange',
    ],
    [
      'SesRequiresTls',
      of('SesRequiresTls', 'without options'),
      'a server that offers no TLS is sent everything in clear',
    ],
    [
      'StoreIsEncrypted',
      of('StoreIsEncrypted', 'of a cache'),
      'whoever is handed its disk, or a copy of it, reads it without asking for a key',
    ],
    [
      'BucketDeniesPlaintext',
      of('BucketDeniesPlaintext', 'without a policy'),
      's3:GetObject on an object of the bucket over plain HTTP is not denied',
    ],
    [
      'BucketDeniesPlaintext',
      of('BucketDeniesPlaintext', 'with a Deny of one action'),
      's3:GetObject on an object of the bucket over plain HTTP is not denied',
    ],
    [
      'BucketRequiresTls12',
      of('BucketRequiresTls12', 'with a Deny of plaintext'),
      's3:GetObject on an object of the bucket over TLS 1.0 is not denied by the policy',
    ],
  ])('%s (%#)', (rule, yaml, words) => {
    expect(proof(rule, yaml)).toBe(words);
  });

  test('is never said of what cannot be told, nor of what could not be judged', () => {
    const hidden = `
Parameters: {Any: {Type: String}}
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Any, Protocol: !Ref Any, ${FORWARD}}
  Data: {Type: AWS::S3::Bucket}
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Data, PolicyDocument: !Ref Any}
`;
    const unknown = findingsIn(hidden).filter(({ verdict }) => verdict !== 'violation');
    expect(unknown.map(({ rule }) => rule.id)).toEqual(
      expect.arrayContaining(['BucketDeniesPlaintext', 'ListenerIsEncrypted']),
    );
    expect(unknown.filter(({ counterexample }) => counterexample !== undefined)).toEqual([]);
  });

  test('is one line without a full stop, and says more than the rule asks for', () => {
    const all = TEMPLATE_CASES.flatMap(({ yaml }) => findingsIn(yaml));
    const proofs = all.flatMap(({ counterexample }) => counterexample ?? []);
    expect(proofs.length).toBeGreaterThan(50);
    expect(proofs.filter((text) => /[.\n]$|undefined/.test(text))).toEqual([]);
  });
});
