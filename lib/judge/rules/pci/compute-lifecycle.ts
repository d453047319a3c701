import type { Cursor } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, type Verdict } from '../rule';

/** When each version of something ends, by its name; without a date where its maker has not told one. */
export interface Lifecycle {
  /** When somebody last read the source. */
  readonly reviewed: string;
  readonly source: string;
  readonly ends: Readonly<Record<string, string | undefined>>;
}

/** The runtimes of Lambda, with the day on which security updates end. */
export const LAMBDA_RUNTIMES: Lifecycle = {
  reviewed: '2026-11-22',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  ends: {
    'nodejs26.x': undefined,
    'nodejs24.x': '2028-04-30',
    'nodejs22.x': '2027-04-30',
    'nodejs20.x': '2026-04-30',
    'nodejs18.x': '2025-09-01',
    'nodejs16.x': '2024-06-12',
    'nodejs14.x': '2023-12-04',
    'nodejs12.x': '2023-03-31',
    'nodejs10.x': '2021-07-30',
    'nodejs8.10': '2020-03-06',
    'nodejs6.10': '2019-08-12',
    'nodejs4.3': '2020-03-05',
    'nodejs4.3-edge': '2020-03-05',
    nodejs: '2016-10-31',
    'python3.15': undefined,
    'python3.14': '2029-06-30',
    'python3.13': '2029-06-30',
    'python3.12': '2028-10-31',
    'python3.11': '2027-06-30',
    'python3.10': '2026-10-31',
    'python3.9': '2025-12-15',
    'python3.8': '2024-10-14',
    'python3.7': '2023-12-04',
    'python3.6': '2022-07-18',
    'python2.7': '2021-07-15',
    java25: '2029-06-30',
    java21: '2029-06-30',
    'java17.al2023': '2029-06-30',
    'java11.al2023': '2029-06-30',
    'java8.al2023': '2029-06-30',
    java17: '2027-06-30',
    java11: '2027-06-30',
    'java8.al2': '2027-06-30',
    java8: '2024-01-08',
    dotnet10: '2028-11-14',
    dotnet9: '2026-11-10',
    dotnet8: '2026-11-10',
    dotnet7: '2024-05-14',
    dotnet6: '2024-12-20',
    'dotnet5.0': '2022-05-10',
    'dotnetcore3.1': '2023-04-03',
    'dotnetcore2.1': '2022-01-05',
    'dotnetcore2.0': '2019-05-30',
    'dotnetcore1.0': '2019-06-27',
    'ruby4.0': '2029-03-31',
    'ruby3.4': '2028-03-31',
    'ruby3.3': '2027-03-31',
    'ruby3.2': '2026-03-31',
    'ruby2.7': '2023-12-07',
    'ruby2.5': '2021-07-30',
    'go1.x': '2024-01-08',
    'provided.al2023': '2029-06-30',
    'provided.al2': '2026-07-31',
    provided: '2024-01-08',
  },
};

/** The versions of Kubernetes on EKS, with the end of standard support; those that are older have long ended. */
export const KUBERNETES_VERSIONS: Lifecycle = {
  reviewed: '2026-11-22',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  ends: {
    '1.37': undefined,
    '1.36': '2027-08-02',
    '1.35': '2027-03-27',
    '1.34': '2026-12-02',
    '1.33': '2026-07-29',
    '1.32': '2026-03-23',
    '1.31': '2025-11-26',
    '1.30': '2025-07-23',
    '1.29': '2025-03-23',
    '1.28': '2024-11-26',
    '1.27': '2024-07-24',
    '1.26': '2024-06-11',
    '1.25': '2024-05-01',
    '1.24': '2024-01-31',
    '1.23': '2023-10-11',
    '1.22': '2023-06-04',
    '1.21': '2023-02-16',
  },
};

/**
 * Whether the version at a place still gets security updates. Where nobody said what day it is, the day of the table's
 * last review counts: what had ended by then has ended.
 */
export function isMaintained(at: Cursor, { reviewed, ends }: Lifecycle, now: Date | undefined): Verdict {
  const reading = at.string();
  if (reading.state === 'unresolved') return unknown(at, reading.why);
  if (reading.state === 'absent') return { verdict: 'notApplicable' };
  const name = reading.value;
  if (!Object.hasOwn(ends, name)) return unknown(at, `${name} is not in our table of ${reviewed}`);
  const end = ends[name];
  const today = now === undefined ? reviewed : now.toISOString().slice(0, 10);
  if (end === undefined || today < end) return COMPLIANT;
  return violation(at, name, 'one that gets security updates', `it got them until ${end}`);
}
