import { listener, run, write } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

const NOW = ['--now', '2026-11-22'];

const WAIVER = `version: 1
waivers:
  - rule: TransmissionChecks-ListenerIsEncrypted
    template: plain
    resource: Web
    reason: A probe of the old data centre speaks HTTP only.
    owner: team-web
    ticket: SHOP-12
    expires: 2027-01-31
    compensatingControl: The security group lets in one address.
    approvedBy: ciso@example.com
`;

beforeAll(() => {
  write('plain.json', { Resources: { Web: listener('HTTP') } });
  write('other.json', { Resources: { Topic: { Type: 'AWS::EC2::VPC' } } });
  write('waivers.yaml', WAIVER);
  write('over.yaml', WAIVER.replace('2027-01-31', '2026-11-21'));
  write('hostile.yaml', WAIVER.replace('team-web', '"team\\e[2Kweb"'));
});

test('a waiver in a file lets the check pass, and stands in the report', () => {
  const { code, out } = run(['check', 'plain.json', '--waivers', 'waivers.yaml', ...NOW]);
  expect(code).toBe(0);
  expect(out).toContain('findings    none; 1 suppressed');
  expect(out.replaceAll(/\n +/g, ' ')).toContain(
    'suppressed  error ListenerIsEncrypted on plain/Web: A probe of the old data centre speaks HTTP only. ' +
      '(owner team-web, approved by ciso@example.com, ticket SHOP-12, until 2027-01-31)',
  );
});

test('one that is over does not, and is told on its line', () => {
  const { code, out } = run(['check', 'plain.json', '--waivers', 'over.yaml', ...NOW]);
  expect(code).toBe(1);
  expect(out).toMatch(/WaiverIsCurrent\n.*expires is 2026-11-21/);
  expect(out).toContain('at:  over.yaml:9:5');
});

test('one that hides something covers nothing, and shows it', () => {
  const { code, out } = run(['check', 'plain.json', '--waivers', 'hostile.yaml', ...NOW]);
  expect(code).toBe(1);
  expect(out).toContain('WaiverIsComplete');
  expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('JSON lists every exemption; SARIF says that it stands outside of the source', () => {
  const args = ['check', 'plain.json', '--waivers', 'waivers.yaml', ...NOW];
  const [target] = JSON.parse(run([...args, '--format', 'json']).out).targets;
  expect(target.exemptions).toMatchObject([
    { kind: 'waiver', carrier: 'file', holds: true, findings: 1, owner: 'team-web' },
  ]);
  expect(target.findings[0].suppressed).toMatchObject({
    waiver: target.exemptions[0].id,
    owner: 'team-web',
    expires: '2027-01-31',
  });
  const [{ results }] = JSON.parse(run([...args, '--format', 'sarif']).out).runs;
  expect(results[0].suppressions).toMatchObject([
    { kind: 'external', status: 'accepted', properties: { owner: 'team-web', expires: '2027-01-31' } },
  ]);
});

test('of several targets each is asked what is for it', () => {
  const { code, out } = run(['check', 'other.json', 'plain.json', '--waivers', 'waivers.yaml', ...NOW]);
  expect(code).toBe(0);
  expect(out).not.toContain('WaiverIsUsed');
  expect(run(['check', 'other.json', '--waivers', 'waivers.yaml', ...NOW]).out).toContain('WaiverIsUsed');
});

test('the posture counts those that hold', () => {
  const posture = (file: string) =>
    run(['posture', 'plain.json', '--waivers', file], { env: { SOURCE_DATE_EPOCH: '1795305600' } }).out;
  expect(posture('waivers.yaml')).toMatch(/^waivers +1$/m);
  expect(posture('over.yaml')).toMatch(/^waivers +0$/m);
});

test.each([
  ['missing.yaml', 'missing.yaml: cannot be read (ENOENT), give a file of waivers that exists'],
  ['plain.json', 'plain.json: has no key "Resources", use only $schema, version, waivers'],
])('%s is refused', (file, message) => {
  expect(run(['check', 'plain.json', '--waivers', file])).toEqual({
    code: 2,
    out: '',
    err: `error: ${message}\n`,
  });
});
