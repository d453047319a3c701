import { ACCOUNTS } from './accounts';
import { APIS } from './apis';
import { CARD_NUMBERS } from './card-numbers';
import { CLASSIC_LOAD_BALANCERS } from './classic-load-balancer';
import { personalData } from './classified';
import { CLUSTERS } from './clusters';
import { CONNECTIONS } from './connections';
import { CREDENTIALS } from './credentials';
import { DATABASES } from './databases';
import { EDGE } from './edge';
import { ENGINES } from './engines';
import { distribution, functionUrl, loadBalancer } from './entry';
import { EXCHANGE } from './exchange';
import { FINDINGS } from './findings';
import { build, leastPrivilege, signIn } from './identity';
import { NETWORKS } from './networks';
import { OVERSIGHT } from './oversight';
import type { PassingCode } from './passing-code';
import { PAYMENT } from './payment';
import { PERSONS } from './persons';
import {
  container,
  documentDatabase,
  gradualRelease,
  machine,
  partners,
  queries,
  services,
  warehouse,
} from './platform';
import { auditTrail, backups, keysAndLogs, messages } from './records';
import { RESIDENCY } from './residency';
import { apiBehindDomain, brokers, search, stateMachine } from './services';
import { bucket, dataStores, streamAndDisk } from './stores';
import { TRANSMISSION } from './transmission';
import { VIEWERS } from './viewers';

export type { PassingCode } from './passing-code';

/** All of it. */
export const PASSING_CODE: readonly PassingCode[] = [
  { title: 'A load balancer', file: 'entry.ts', sample: 'loadBalancer', build: loadBalancer },
  {
    title: 'A distribution',
    file: 'entry.ts',
    sample: 'distribution',
    build: distribution,
    region: 'us-east-1',
  },
  { title: 'A function with an address', file: 'entry.ts', sample: 'functionUrl', build: functionUrl },
  { title: 'An API behind a domain', file: 'services.ts', sample: 'apiBehindDomain', build: apiBehindDomain },
  { title: 'A bucket', file: 'stores.ts', sample: 'bucket', build: bucket },
  { title: 'A database, a cache and a table', file: 'stores.ts', sample: 'dataStores', build: dataStores },
  { title: 'A stream and a disk', file: 'stores.ts', sample: 'streamAndDisk', build: streamAndDisk },
  { title: 'A search domain', file: 'services.ts', sample: 'search', build: search },
  { title: 'Kafka brokers', file: 'services.ts', sample: 'brokers', build: brokers },
  { title: 'Messages', file: 'records.ts', sample: 'messages', build: messages },
  {
    title: 'A trail, and people who hear of alarms',
    file: 'records.ts',
    sample: 'auditTrail',
    build: auditTrail,
  },
  { title: 'Keys, a secret and a log', file: 'records.ts', sample: 'keysAndLogs', build: keysAndLogs },
  { title: 'Backups', file: 'records.ts', sample: 'backups', build: backups },
  { title: 'A workflow', file: 'services.ts', sample: 'stateMachine', build: stateMachine },
  { title: 'Sign-in', file: 'identity.ts', sample: 'signIn', build: signIn },
  { title: 'A role', file: 'identity.ts', sample: 'leastPrivilege', build: leastPrivilege },
  { title: 'A build and its images', file: 'identity.ts', sample: 'build', build: build },
  { title: 'Personal data', file: 'classified.ts', sample: 'personalData', build: personalData },
  { title: 'A container and its files', file: 'platform.ts', sample: 'container', build: container },
  { title: 'A machine', file: 'platform.ts', sample: 'machine', build: machine },
  { title: 'A release step by step', file: 'platform.ts', sample: 'gradualRelease', build: gradualRelease },
  { title: 'A document database', file: 'platform.ts', sample: 'documentDatabase', build: documentDatabase },
  { title: 'A warehouse', file: 'platform.ts', sample: 'warehouse', build: warehouse },
  { title: 'Queries', file: 'platform.ts', sample: 'queries', build: queries },
  { title: 'Files, mail and devices', file: 'platform.ts', sample: 'partners', build: partners },
  { title: 'Services that call each other', file: 'platform.ts', sample: 'services', build: services },
  ...APIS,
  ...CLASSIC_LOAD_BALANCERS,
  ...CLUSTERS,
  ...DATABASES,
  ...TRANSMISSION,
  ...PERSONS,
  ...FINDINGS,
  ...CARD_NUMBERS,
  ...VIEWERS,
  ...CREDENTIALS,
  ...CONNECTIONS,
  ...NETWORKS,
  ...ENGINES,
  ...EXCHANGE,
  ...PAYMENT,
  ...ACCOUNTS,
  ...RESIDENCY,
  ...OVERSIGHT,
  ...EDGE,
];
