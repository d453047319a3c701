import { describe as sentence } from '../../lib/judge/describe';
import type { Finding } from '../../lib/judge/judgement';
import { SUPPORTING_PACK } from '../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { resourceCanBeJudged } from '../../lib/judge/rules/resource-can-be-judged';
import { appOf } from './support';

const [resource] = appOf({ It: { Type: 'AWS::S3::Bucket' } }).resourcesOfType('AWS::S3::Bucket');

function said(parts: Partial<Finding>): string {
  if (resource === undefined) throw new RangeError('the app has no bucket');
  return sentence({
    pack: 'Pack',
    rule: { ...resourceCanBeJudged, title: 'all is well' },
    level: 'error',
    verdict: 'violation',
    resource,
    path: 'Properties.A.B',
    got: 'x',
    want: 'y',
    detail: undefined,
    when: undefined,
    ...parts,
  });
}

describe('the sentence of a finding', () => {
  test('names the property, what stands there, and what should', () => {
    expect(said({})).toBe('all is well: A.B is x, but must be y');
    expect(said({ detail: 'since z', when: 'Stage = test' })).toBe(
      'all is well: A.B is x (since z), but must be y (when Stage = test)',
    );
  });

  test('says of nothing that it is had, not that it is', () => {
    expect(said({ got: 'no policy', want: 'a Deny' })).toBe(
      'all is well: A.B has no policy, but must have a Deny',
    );
  });

  test('shows empty text', () => {
    expect(said({ got: '' })).toBe('all is well: A.B is empty, but must be y');
  });

  test('does not name the whole of a resource', () => {
    expect(said({ path: 'Properties', got: 'no policy', want: 'one' })).toBe(
      'all is well: it has no policy, but must have one',
    );
    expect(said({ path: 'Properties', verdict: 'unknown', detail: 'it is hidden' })).toBe(
      'all is well: cannot be told, since it is hidden',
    );
  });

  test('says why something cannot be told', () => {
    expect(said({ verdict: 'unknown', detail: 'parameter P has no default' })).toBe(
      'all is well: cannot be told from A.B, since parameter P has no default',
    );
    expect(said({ verdict: 'failed', detail: 'the rule failed: x' })).toBe(
      'all is well: not judged, the rule failed: x',
    );
  });
});

describe.each(
  [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules].map(({ rule }) => [rule.id, rule] as const),
)('the texts of %s', (_, { title, risk, fix }) => {
  test('has a title that states the good state: lower case at the start, no full stop', () => {
    // Names keep their capitals.
    expect(title).toMatch(
      /^([a-z]|(SSH|ECS|SES|VPC Lattice|CloudFront|EventBridge|Kafka|Database Migration Service|Service Connect) )/,
    );
    expect(title).not.toMatch(/[.!]$/);
  });

  test('has a risk and a fix in full sentences', () => {
    for (const text of [risk, fix]) {
      expect(text).toMatch(/^[A-Z]/);
      expect(text).toMatch(/[.]$/);
      expect(text).not.toMatch(/ {2}|[^.]\.\.$|undefined/);
    }
  });

  test('has a fix that says how it is done in CDK', () => {
    expect(fix).toMatch(/CDK: /);
  });
});
