import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, wanted } from './predicates';
import type { Rule } from './rule';

/** Rules on Firehose streams, with their levels. */
export const FIREHOSE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'FirehoseDestinationIsEncrypted',
      title: 'a Firehose stream reaches its destination encrypted',
      risk: 'Whoever is on the path between Firehose and the destination reads and changes records, and the access key that goes with them.',
      fix: "Let the destination's address (EndpointConfiguration.Url, HECEndpoint, AccountUrl, ClusterEndpoint) begin with https://, and ClusterJDBCURL with jdbc:redshift:// without ssl=false. CDK: HttpEndpoint takes endpointConfig.url; other destinations than S3 have L1 only (CfnDeliveryStream).",
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::KinesisFirehose::DeliveryStream'],
      hops: ['firehose.destination'],
      judge: wanted(isEncrypted('an address that begins with https://'), [
        /\.ClusterJDBCURL$/,
        'an address that begins with jdbc:redshift:// and has no ssl=false',
      ]),
    }),
  },
];

/** Rules on Firehose streams. */
export const FIREHOSE_RULES: readonly Rule[] = FIREHOSE_PACK_ROWS.map(({ rule }) => rule);
