import { GDPR_PACK } from '../../lib/judge/packs/gdpr';
import { PCI_DSS_401_PACK } from '../../lib/judge/packs/pci-dss-401';
import { run } from './support';

const rules = [...PCI_DSS_401_PACK.rules, ...GDPR_PACK.rules].map(({ rule }) => rule);

/** What `explain` prints behind a name, on one line. */
function told(id: string, name: string): string | undefined {
  const { code, out } = run(['explain', id]);
  expect(code).toBe(0);
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${name} `));
  if (at === -1) return undefined;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !line.startsWith(' '));
  return [(lines[at] ?? '').slice(name.length), ...rest.slice(0, end)].map((line) => line.trim()).join(' ');
}

test('explain names the rules of AWS Config that ask the same of what is deployed', () => {
  const id = 'ListenerRuleForwardsOnlyTls';
  expect(told(id, 'AWS Config')).toBe('ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK');
  expect(told(id, 'Security Hub')).toBe('ELB.1');
});

test('explain names all of them, on as many lines as it takes', () => {
  const [most] = [...rules].sort(
    (one, other) => (other.references.awsConfig?.length ?? 0) - (one.references.awsConfig?.length ?? 0),
  );
  const named = most?.references.awsConfig ?? [];
  expect(named.length).toBeGreaterThan(1);
  expect(told(most?.id ?? '', 'AWS Config')).toBe(named.join(', '));
});

test('explain says nothing of AWS Config where no rule of it asks the same', () => {
  const without = rules.find(({ references }) => references.awsConfig === undefined);
  expect(told(without?.id ?? '', 'AWS Config')).toBeUndefined();
});
