import type { Level } from '../packs/pack';
import type { RuleParameters } from '../rules/parameters';
import type { PackName, ProfileName } from './names';

/** Levels of some rules, with the reason why they are others than usual. */
export interface LevelChange {
  /** Why: lower case, no full stop. */
  readonly because: string;
  readonly level: Level;
  readonly rules: readonly string[];
}

/** What is asked of one kind of app, as data. */
export interface Profile {
  /** What it is for: lower case, no full stop. */
  readonly about: string;
  /** The packs that it is made of; the first that has a rule tells what it finds. */
  readonly packs: readonly PackName[];
  /** Rules that are graver here. A level that is graver anyway stays, so that no profile loosens by these. */
  readonly tightens: readonly LevelChange[];
  /** Rules of TLS floors that are lighter here, with a second name and for a quarter at most. @default - none */
  readonly loosens?: LevelChange;
  /** Parameters that are others here. What somebody writes goes before them. @default - none */
  readonly parameters?: Partial<RuleParameters>;
}

const FORWARD_SECRECY = [
  'ApiDomainIsForwardSecret',
  'ApiEndpointIsForwardSecret',
  'ClassicListenerTlsPolicyIsForwardSecret',
  'DistributionTlsPolicyIsForwardSecret',
  'ListenerTlsPolicyIsForwardSecret',
  'OpenSearchTlsPolicyIsForwardSecret',
  'TransferServerTlsPolicyIsForwardSecret',
];

const POST_QUANTUM = [
  'ApiDomainIsPostQuantum',
  'ApiEndpointIsPostQuantum',
  'DistributionTlsPolicyIsPostQuantum',
  'ListenerTlsPolicyIsPostQuantum',
];

/** Floors of what clients connect to. Between parts of an app nobody has to wait for a client that is old. */
const FLOORS_OF_CLIENTS = [
  'ApiDomainRequiresTls12',
  'ApiEndpointRequiresTls12',
  'ClassicListenerRequiresTls12',
  'DistributionRequiresTls12',
  'IotDomainRequiresTls12',
  'ListenerRequiresTls12',
  'TransferServerRequiresTls12',
];

/** Every profile. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  pci: {
    about: 'an app that PCI DSS v4.0.1 holds for, at the levels of the rules',
    packs: ['pci-dss-401', 'transmission'],
    tightens: [],
  },
  gdpr: {
    about: 'an app that holds data of persons, at the levels of the rules',
    packs: ['gdpr', 'transmission'],
    tightens: [],
  },
  both: {
    about: 'an app that PCI DSS v4.0.1 holds for and that holds data of persons',
    packs: ['pci-dss-401', 'gdpr', 'transmission'],
    tightens: [],
  },
  'cardholder-data-environment': {
    about: 'stacks that store, process or transmit card numbers: what is a warning elsewhere stops a release',
    packs: ['pci-dss-401', 'transmission'],
    tightens: [
      {
        because:
          'card numbers that are recorded today must not be readable when a key is lost (PCI DSS 4.2.1)',
        level: 'error',
        rules: FORWARD_SECRECY,
      },
      {
        because: 'only trusted keys and certificates are accepted (PCI DSS 4.2.1)',
        level: 'error',
        rules: [
          'ApiIntegrationIsAuthenticated',
          'ClassicBackendIsAuthenticated',
          'DmsEndpointVerifiesServer',
          'LatticeTargetsAreAuthenticated',
          'ListenerRejectsExpiredClientCertificates',
          'ListenerVerifiesClientCertificates',
          'VpcLinkVerifiesServerName',
        ],
      },
      {
        because: 'card numbers are never sent by mail or text message (PCI DSS 4.2.2)',
        level: 'error',
        rules: ['SubscriptionAvoidsMailAndSms'],
      },
      {
        because: 'the scope is known store by store (PCI DSS 12.5.2)',
        level: 'error',
        rules: ['DataStoreIsClassified'],
      },
      {
        because:
          'keys end with their cryptoperiod, and a year of history is there (PCI DSS 3.7.4, 10.2.1, 10.5.1)',
        level: 'error',
        rules: ['KeyRotatesWithinAYear', 'LogRetentionCoversAYear', 'TrailCoversEveryRegion'],
      },
      {
        because: 'card numbers get into addresses, and from there into logs (PCI DSS 3.4.1)',
        level: 'warning',
        rules: ['LogOmitsQueryStrings'],
      },
      {
        because:
          'each certificate stands in the inventory for the names that it is used for (PCI DSS 4.2.1.1)',
        level: 'warning',
        rules: ['CertificateIsNotExportable', 'CertificateIsNotWildcard'],
      },
    ],
  },
  'public-site': {
    about: 'what anybody on the internet reaches: browsers, search engines and who looks for holes',
    packs: ['gdpr', 'transmission'],
    tightens: [
      {
        because: 'a browser that was not told so comes by HTTP first, and whoever is on the path answers',
        level: 'error',
        rules: ['DistributionSendsHsts', 'ListenerSendsHsts'],
      },
      {
        because: 'customers read what is published, and who finds a hole needs an address that holds',
        level: 'error',
        rules: ['PublishedStatementIsCurrent', 'SecurityTxtIsNotExpired'],
      },
      {
        because:
          'what is public is recorded by others, and an address is impersonated where its zone lets it be',
        level: 'warning',
        rules: [
          ...POST_QUANTUM,
          'CertificateIsLoggedTransparently',
          'SecurityTxtExpiresWithinAYear',
          'SecurityTxtIsRenewedInTime',
          'ZoneIsSigned',
        ],
      },
    ],
    parameters: {
      // Logs of a site hold the addresses of its visitors, which are personal data (GDPR, recital 30).
      maskedIdentifiers: ['EmailAddress', 'Name', 'Address', 'IpAddress'],
    },
  },
  'legacy-clients': {
    about: 'an app whose clients cannot speak TLS 1.2 yet, for a quarter at most, with a second name',
    // PCI DSS 4.2.1 leaves no way for a whole app: a waiver for one terminal does (appendix A2).
    packs: ['gdpr', 'transmission'],
    tightens: [],
    loosens: {
      because:
        'somebody has weighed it, answers for it until a day, and said what protects the data meanwhile',
      level: 'warning',
      rules: FLOORS_OF_CLIENTS,
    },
  },
};
