/**
 * Which resource types of CloudFormation are judged, which are not yet, and which need no judging.
 *
 * Every type of the aws-cdk-lib that we test with stands in one of three tables, by name. The tables have no
 * wildcard and so need no lock file of known names beside them: a type that AWS adds, to whatever service, is in
 * no table, counts as *not judged* until somebody has decided about it, and fails a test as soon as we upgrade.
 */
import { JUDGED } from './judged';
import { NEITHER } from './neither';
import { NOT_YET } from './not-yet';
import { type Carries, typesOf } from './row';

/** What is known about a resource type. */
export interface TypeCoverage {
  /** Carries, accepts, opens or configures the transmission of data over a network, or may do so. */
  readonly traffic: boolean;
  /** Keeps data at rest, or may do so. */
  readonly store: boolean;
  /** Whether a connector turns it into facts. */
  readonly judged: boolean;
  /** Whether somebody has decided about this type. */
  readonly listed: boolean;
  /** Why it is not judged: what it carries, or why it need not be. */
  readonly note?: string;
}

const CUSTOM_RESOURCE = 'custom resource: what it makes is not in the template';

const COVERAGE: readonly (readonly [type: string, coverage: TypeCoverage])[] = [
  ...JUDGED.flatMap(([service, carries, ...types]) =>
    typesOf(service, types).map((type) => [type, covered(carries, { judged: true })] as const),
  ),
  ...NOT_YET.flatMap(([service, carries, note, ...types]) =>
    typesOf(service, types).map((type) => [type, covered(carries, { judged: false, note })] as const),
  ),
  ...Object.entries(NEITHER).flatMap(([note, rows]) =>
    rows.flatMap(([service, ...types]) =>
      typesOf(service, types).map((type) => [type, covered('neither', { judged: false, note })] as const),
    ),
  ),
];

const BY_TYPE: ReadonlyMap<string, TypeCoverage> = new Map(COVERAGE);

/** The types of all tables, as often as they stand there. */
export const LISTED_TYPES: readonly string[] = COVERAGE.map(([type]) => type);

/**
 * What is known about a resource type. A type that is not listed may carry anything, so that nobody passes it
 * silently: those of other parties, custom resources, and what is newer than our tables.
 */
export function classify(type: string): TypeCoverage {
  const coverage = BY_TYPE.get(type);
  if (coverage !== undefined) return coverage;
  const unlisted = { traffic: true, store: true, judged: false, listed: false };
  return type.startsWith('Custom::') ? { ...unlisted, note: CUSTOM_RESOURCE } : unlisted;
}

function covered(
  carries: Carries | 'neither',
  rest: Pick<TypeCoverage, 'judged'> & Partial<Pick<TypeCoverage, 'note'>>,
): TypeCoverage {
  return {
    traffic: carries === 'traffic' || carries === 'both',
    store: carries === 'store' || carries === 'both',
    listed: true,
    ...rest,
  };
}
