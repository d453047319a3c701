import { readFileSync } from 'node:fs';
import { lookUpTlsPolicy, parseAddedTlsPolicies } from '../../lib/core/tls';

test('the TLS policy that the documentation adds is taken, and its verdicts say where it comes from', () => {
  const { tlsPolicies } = JSON.parse(readFileSync('examples/added-tls-policy.json', 'utf8')) as {
    tlsPolicies: unknown;
  };
  const added = parseAddedTlsPolicies(tlsPolicies);
  const name = 'ELBSecurityPolicy-TLS13-1-3-Example-2027-01';
  expect(lookUpTlsPolicy('elbv2', name).known).toBe(false);
  expect(lookUpTlsPolicy('elbv2', name, added)).toMatchObject({
    known: true,
    policy: { origin: 'configuration' },
  });
});
