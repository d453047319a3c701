import type { ResolvedLocation } from '../log-location';
import { lately, NOT_NEGOTIATED, selectConnections } from './connections';
import type { LogSource } from './log-source';

const IDENTITY =
  'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,' +
  'sessioncontext:struct<sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>>>';

/**
 * Calls to AWS, by the record of a trail.
 *
 * `tlsDetails` is there for what clients call; not where a service of AWS calls in the name of somebody. Who calls by a
 * role is counted as the role, not as its sessions, of which there are thousands.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (`tlsDetails`)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html (keys of objects)
 */
export function cloudTrailSource(location: ResolvedLocation, organizationId: string | undefined): LogSource {
  const name = 'cloudtrail';
  const organization = organizationId === undefined ? '' : `${organizationId}/`;
  return {
    name,
    table: {
      name,
      description: 'Calls to AWS, of which only what tells who called, and over which version of TLS',
      columns: {
        eventversion: 'string',
        useridentity: IDENTITY,
        eventtime: 'string',
        eventsource: 'string',
        eventname: 'string',
        awsregion: 'string',
        sourceipaddress: 'string',
        useragent: 'string',
        eventid: 'string',
        eventtype: 'string',
        recipientaccountid: 'string',
        vpcendpointid: 'string',
        tlsdetails:
          'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string,keyexchange:string>',
      },
      format: {
        serializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe',
        parameters: {},
        // Takes the records out of the list that each file is.
        inputFormat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
      },
      location,
      folder: `AWSLogs/${organization}\${account}/CloudTrail/\${region}`,
      levels: [
        { name: 'account', values: location.accounts },
        { name: 'region', values: location.regions },
      ],
    },
    namesKeyExchange: true,
    namesUserAgent: true,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal:
            'coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.principalid, useridentity.invokedby)',
          client: 'sourceipaddress',
          userAgent: 'useragent',
          server: 'coalesce(tlsdetails.clientprovidedhostheader, eventsource)',
          version: 'tlsdetails.tlsversion',
          withoutVersion: NOT_NEGOTIATED,
          cipherSuite: 'tlsdetails.ciphersuite',
          keyExchange: 'tlsdetails.keyexchange',
          always: undefined,
        },
        [lately(days), 'tlsdetails.tlsversion IS NOT NULL'],
      ),
  };
}
