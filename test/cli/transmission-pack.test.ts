import path from 'node:path';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { run } from './support';

/** The command line with the pack that is shipped. */
const FIXTURE = path.resolve(__dirname, '../_fixtures/cli/plain-listener.yaml');

test('check finds the listener in clear, on its line', () => {
  const { code, out } = run(['check', FIXTURE, '--format', 'json']);
  const { findings } = JSON.parse(out).targets[0];
  expect(code).toBe(1);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'ListenerIsEncrypted',
      logicalId: 'Listener',
      template: expect.objectContaining({ line: 11 }),
    }),
  );
});

test('posture shows the listener in clear, and the targets behind it', () => {
  const { code, out } = run(['posture', FIXTURE]);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}Listener port 80 +IN CLEAR\n {4}-> Targets +encrypted/m);
});

test('rules lists every rule, and explain explains it', () => {
  const listed = run(['rules']).out.trimEnd().split('\n');
  expect(listed).toHaveLength(TRANSMISSION_PACK.rules.length);
  for (const { rule } of TRANSMISSION_PACK.rules) {
    const { code, out } = run(['explain', rule.id]);
    expect(code).toBe(0);
    for (const word of rule.fix.split(' ')) expect(out).toContain(word);
  }
});

test('explain tells that nothing accepts what is said about waivers', () => {
  expect(run(['explain', 'WaiverIsCurrent']).out).toMatch(/^acknowledge +nothing does/m);
  expect(run(['explain', 'ListenerIsEncrypted']).out).toMatch(/^acknowledge +TransmissionChecks::/m);
});
