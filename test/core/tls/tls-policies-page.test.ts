import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_TLS_POLICIES, TLS_POLICY_SERVICES, TlsProfile } from '../../../lib/core/tls';
import { render } from '../../../tools/generate/tls-policies';

const page = readFileSync(join(__dirname, '../../../docs/tls-policies.md'), 'utf8');

test('docs/tls-policies.md is what the generator makes of the catalogue', () => {
  expect(page).toBe(render());
});

test('the page names every policy, service and profile', () => {
  const names = [...ALL_TLS_POLICIES, ...TlsProfile.values()].map(({ name }) => name);
  for (const name of [...names, ...TLS_POLICY_SERVICES]) expect(page).toContain(`\`${name}\``);
});
