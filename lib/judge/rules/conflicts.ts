import { type DataDescription, isAboutPersons } from '../../core/classification';

/** Days for which the record of who did what has to be there (PCI DSS 10.5.1). */
export const SHORTEST_HISTORY = 365;

/** Days after which a log is forgotten that says nothing else of itself: a year, and a month to close it. */
export const LONGEST_HISTORY = 400;

/** Data that lives no longer than this is not worth a copy, which would outlive it. */
const SHORT_LIFE_DAYS = 1;

/** The longest that databases of AWS keep backups of their own. */
const LONGEST_AUTOMATIC_BACKUP = 35;

/**
 * The word of `data:categories` for keys whose destruction erases what they encrypt: a token vault keeps one for each
 * person. A copy of them would bring back what was erased.
 */
export const ERASURE_KEYS = 'erasure-keys';

/** What is known of the thing that requirements disagree about. */
export interface Situation {
  /** What it holds; absent where nobody says, or what is said is wrong. */
  readonly holds?: DataDescription | undefined;
  /** Days of history that are asked for, and allowed. @default - 365 and 400 */
  readonly history?: { readonly least: number; readonly most: number };
  /** It is the record of who did what: a trail, and the logs that prove access. */
  readonly isAuditRecord?: boolean;
  /** What AWS services that write logs to it take: a customer's key. @default true - no such log comes */
  readonly writersTakeKeys?: boolean;
  /** What they take: Object Lock. @default true - no such log comes */
  readonly writersTakeLock?: boolean;
  /** Logs of others come to it. */
  readonly isLogTarget?: boolean;
  /** Days after which its entries are erased by themselves. */
  readonly livesDays?: number | undefined;
  /** Its data can be erased by destroying a key that protects nothing else. */
  readonly isErasedByKey?: boolean;
  /** Clients have to show certificates. */
  readonly asksForCertificates?: boolean;
  /** It answers plaintext with a redirect to TLS and nothing else. */
  readonly onlyRedirects?: boolean;
}

/** What becomes of the requirement that asks for more. */
export interface Ruling {
  readonly conflict: ConflictId;
  /** `stands`: it is asked as it is. `bounded`: it is asked within bounds. `yields`: it is not asked. */
  readonly ruling: 'stands' | 'bounded' | 'yields';
  /** Days, for what is kept. */
  readonly least?: number;
  readonly most?: number;
  /** Why, as findings show it: no full stop. */
  readonly because: string;
}

/** One case, in the order in which they are asked. */
interface Case {
  readonly when: (situation: Situation) => boolean;
  readonly ruling: Ruling['ruling'];
  readonly bounds?: (situation: Situation) => Pick<Ruling, 'least' | 'most'>;
  readonly because: string;
}

/** Two requirements that cannot both be met as they are written. */
export interface Conflict {
  /** What the one asks for, and who. */
  readonly asks: string;
  readonly askedBy: readonly string[];
  /** What the other asks for, and who. */
  readonly against: string;
  readonly againstBy: readonly string[];
  /** The first that holds decides; where none does, the requirement stands. */
  readonly cases: readonly Case[];
}

const holdsPersons = ({ holds }: Situation) => holds !== undefined && isAboutPersons(holds);
const holdsAuthenticationData = ({ holds }: Situation) =>
  holds?.holds.includes('sensitive-authentication-data') === true;
const keepsErasureKeys = ({ holds }: Situation) => holds?.categories?.includes(ERASURE_KEYS) === true;
const retention = ({ holds }: Situation) => holds?.retentionDays;
const historyOf = ({ history = { least: SHORTEST_HISTORY, most: LONGEST_HISTORY } }: Situation) => history;

const CONFLICT_TABLE = {
  replication: {
    asks: 'objects are copied to another bucket',
    askedBy: [
      'PCI DSS 10.3.3',
      'AWS Config S3_BUCKET_REPLICATION_ENABLED',
      'cdk-nag S3BucketReplicationEnabled',
    ],
    against: 'personal data stays where protection is adequate, and copies are erased with it',
    againstBy: ['GDPR 44', 'GDPR 17(1)'],
    cases: [
      {
        when: holdsAuthenticationData,
        ruling: 'yields',
        because: 'nobody keeps sensitive authentication data, so nobody copies it (PCI DSS 3.3.1)',
      },
      {
        when: holdsPersons,
        ruling: 'bounded',
        because:
          'a copy of personal data lies in the same region, or in one that Chapter V of the GDPR allows for it: no copy at all breaks nothing',
      },
    ],
  },
  'log-retention': {
    asks: 'logs are there for a year',
    askedBy: ['PCI DSS 10.5.1', 'Security Hub CloudWatch.16'],
    against: 'personal data is kept no longer than needed',
    againstBy: ['GDPR 5(1)(e)'],
    cases: [
      {
        when: (situation) =>
          situation.isAuditRecord !== true &&
          holdsPersons(situation) &&
          (retention(situation) ?? historyOf(situation).least) < historyOf(situation).least,
        ruling: 'yields',
        bounds: (situation) => ({ most: retention(situation) ?? historyOf(situation).most }),
        because:
          'it is a log of an application with personal data, which says after how many days that has to be gone, and not the record of who did what',
      },
      {
        when: () => true,
        ruling: 'bounded',
        bounds: (situation) => {
          const { least, most } = historyOf(situation);
          return { least, most: Math.max(least, retention(situation) ?? most) };
        },
        because:
          'a year of history is asked for by law and standard (GDPR 17(3)(b) lets it stay), and nothing beyond what the log says it needs',
      },
    ],
  },
  immutability: {
    asks: 'nobody can remove objects for some time',
    askedBy: [
      'PCI DSS 10.3.4',
      'AWS Config S3_BUCKET_DEFAULT_LOCK_ENABLED',
      'cdk-nag S3BucketDefaultLockEnabled',
    ],
    against: 'data of a person is erased when the person asks',
    againstBy: ['GDPR 17(1)'],
    cases: [
      {
        when: ({ writersTakeLock }) => writersTakeLock === false,
        ruling: 'yields',
        because: 'the service that writes the log refuses locked buckets, and the log would stay empty',
      },
      {
        when: ({ isAuditRecord }) => isAuditRecord === true,
        ruling: 'stands',
        because: 'the record of who did what is kept by legal obligation (GDPR 17(3)(b))',
      },
      {
        when: (situation) => holdsPersons(situation) && situation.isErasedByKey === true,
        ruling: 'stands',
        because: 'destroying the key erases what no one can remove',
      },
      {
        when: holdsPersons,
        ruling: 'bounded',
        bounds: (situation) => {
          const most = retention(situation);
          return most === undefined ? {} : { most };
        },
        because:
          'personal data has to be erased on request: a lock in COMPLIANCE mode may last no longer than the data is needed, GOVERNANCE mode leaves a way, and so does a key of its own',
      },
    ],
  },
  versions: {
    asks: 'a bucket keeps what is overwritten or removed',
    askedBy: [
      'PCI DSS 10.3.4',
      'AWS Config S3_BUCKET_VERSIONING_ENABLED',
      'cdk-nag S3BucketVersioningEnabled',
    ],
    against: 'what is erased is gone',
    againstBy: ['GDPR 17(1)', 'GDPR 5(1)(e)'],
    cases: [
      {
        when: holdsPersons,
        ruling: 'bounded',
        bounds: (situation) => ({ most: retention(situation) ?? LONGEST_AUTOMATIC_BACKUP }),
        because: 'old versions of personal data end with the data itself',
      },
    ],
  },
  backups: {
    asks: 'a store can be restored: backup plans and point-in-time recovery',
    askedBy: ['GDPR 32(1)(c)', 'AWS Config DYNAMODB_PITR_ENABLED', 'Security Hub DynamoDB.2'],
    against: 'what is erased is gone, and what must not be kept is in no copy',
    againstBy: ['GDPR 17(1)', 'PCI DSS 3.3.1'],
    cases: [
      {
        when: holdsAuthenticationData,
        ruling: 'yields',
        because: 'a backup would keep sensitive authentication data, which nobody may (PCI DSS 3.3.1)',
      },
      {
        when: keepsErasureKeys,
        ruling: 'yields',
        because: 'a restored key would bring back what was erased by destroying it',
      },
      {
        when: ({ livesDays }) => livesDays !== undefined && livesDays <= SHORT_LIFE_DAYS,
        ruling: 'yields',
        because: 'its entries live no longer than a day, and a backup would outlive them',
      },
      {
        when: holdsPersons,
        ruling: 'bounded',
        bounds: (situation) => ({ most: retention(situation) ?? LONGEST_AUTOMATIC_BACKUP }),
        because:
          'what is erased is in backups until they end, so that they may be kept no longer than the data itself',
      },
    ],
  },
  'request-logging': {
    asks: 'every request and every step of a workflow is logged',
    askedBy: [
      'PCI DSS 10.2.1',
      'AWS Config API_GW_EXECUTION_LOGGING_ENABLED',
      'STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED',
    ],
    against: 'no more data is processed than needed, and no card number gets into a log',
    againstBy: ['GDPR 5(1)(c)', 'PCI DSS 3.3.1', 'PCI DSS 3.4.1'],
    cases: [
      {
        when: () => true,
        ruling: 'bounded',
        because: 'that a request came, from whom and when, is logged; what was in it is not',
      },
    ],
  },
  'log-target-encryption': {
    asks: 'a bucket is encrypted with a key of KMS',
    askedBy: ['PCI DSS 3.5.1', 'AWS Config S3_DEFAULT_ENCRYPTION_KMS', 'Security Hub S3.17'],
    against: 'logs arrive',
    againstBy: ['PCI DSS 10.2.1', 'GDPR 32(1)(d)'],
    cases: [
      {
        when: ({ writersTakeKeys }) => writersTakeKeys === false,
        ruling: 'yields',
        because: 'the service that writes the log takes keys of Amazon S3 only, and the log would stay empty',
      },
    ],
  },
  'log-target-logging': {
    asks: 'a bucket logs who asks for its objects',
    askedBy: ['PCI DSS 10.2.1', 'AWS Config S3_BUCKET_LOGGING_ENABLED', 'Security Hub S3.9'],
    against: 'a log ends',
    againstBy: ['AWS: a bucket that logs to itself logs its own logging'],
    cases: [
      {
        when: ({ isLogTarget }) => isLogTarget === true,
        ruling: 'yields',
        because: 'each entry of the log would make another; data events of the trail tell who read it',
      },
    ],
  },
  'client-certificates': {
    asks: 'a domain of API Gateway has an enhanced TLS policy',
    askedBy: ['PCI DSS 4.2.1', 'Security Hub APIGateway.11'],
    against: 'clients prove who they are with certificates',
    againstBy: ['PCI DSS 8.3.1', 'AWS: no mutual TLS on a domain with an enhanced policy'],
    cases: [
      {
        when: ({ asksForCertificates }) => asksForCertificates === true,
        ruling: 'yields',
        because:
          'API Gateway takes no enhanced TLS policy on a domain with mutual TLS; TLS_1_2 is the best there',
      },
    ],
  },
  'redirect-listener': {
    asks: 'no listener of a load balancer speaks HTTP',
    askedBy: ['Security Hub ELB.18'],
    against: 'clients that come in clear are sent on to TLS',
    againstBy: ['Security Hub ELB.1', 'AWS Config ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK'],
    cases: [
      {
        when: ({ onlyRedirects }) => onlyRedirects === true,
        ruling: 'yields',
        because: 'it serves nothing but the redirect, which ELB.1 asks for',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Conflict>>;

/** What requirements disagree about. */
export type ConflictId = keyof typeof CONFLICT_TABLE;

/** Requirements that pull apart, and who gives way in which case. */
export const CONFLICTS: Readonly<Record<ConflictId, Conflict>> = CONFLICT_TABLE;
