import {
  isMaintained,
  KUBERNETES_VERSIONS,
  LAMBDA_RUNTIMES,
  type Lifecycle,
} from '../../../../lib/judge/rules/pci/compute-lifecycle';
import { World } from '../../../../lib/judge/template';
import { appOf } from '../../support';

const TABLE: Lifecycle = {
  reviewed: '2026-11-22',
  source: 'https://example.com',
  ends: { one: '2026-01-01', two: '2027-01-01', three: undefined },
};

function verdictOn(Version: string | undefined, now?: string): string {
  const app = appOf({ It: { Type: 'AWS::X::Y', Properties: Version === undefined ? {} : { Version } } });
  const [resource] = app.resourcesOfType('AWS::X::Y');
  if (resource === undefined) throw new RangeError('there is no resource');
  const at = new World(app).view(resource).at('Version');
  const verdict = isMaintained(at, TABLE, now === undefined ? undefined : new Date(now));
  if (verdict.verdict === 'violation') return `violation, ${verdict.detail}`;
  return verdict.verdict === 'unknown' ? `unknown, ${verdict.why}` : verdict.verdict;
}

describe('a version', () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ['that has ended is found, with the day', 'one', '2026-12-01', 'violation, it got them until 2026-01-01'],
    ['passes on the day before its end', 'two', '2026-12-31', 'compliant'],
    ['is found on the day of its end', 'two', '2027-01-01', 'violation, it got them until 2027-01-01'],
    ['without an end passes', 'three', '2030-01-01', 'compliant'],
    [
      'is held against the last review where nobody says the day',
      'one',
      undefined,
      'violation, it got them until 2026-01-01',
    ],
    ['that ends after the last review passes where nobody says the day', 'two', undefined, 'compliant'],
    [
      'that the table does not know cannot be told',
      'four',
      '2026-12-01',
      'unknown, four is not in our table of 2026-11-22',
    ],
    [
      'by the name of what every object has cannot be told',
      'constructor',
      undefined,
      'unknown, constructor is not in our table of 2026-11-22',
    ],
    ['that is not said is not asked', undefined, '2026-12-01', 'notApplicable'],
  ])('%s', (_title, version, now, expected) => {
    expect(verdictOn(version, now)).toBe(expected);
  });
});

test.each([
  ['Lambda', LAMBDA_RUNTIMES],
  ['Kubernetes', KUBERNETES_VERSIONS],
])('the table of %s has days that exist, and says when it was reviewed', (_name, { reviewed, ends }) => {
  for (const day of [reviewed, ...Object.values(ends)].filter((one) => one !== undefined)) {
    expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
  }
});
