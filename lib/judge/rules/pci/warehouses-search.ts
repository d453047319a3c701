import type { PackRule } from '../../packs/pack';
import { allOf, isPresent, isTrue, type PropertyTest, propertyRow } from '../property';
import { ACCESS } from './requirements';

const DOMAINS = ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'];

/** A log is written where it is on and has a place; one finding where it is not there at all. */
function publishes(log: string): PropertyTest {
  const path = `LogPublishingOptions.${log}`;
  return (properties, context) =>
    properties.at(...path.split('.')).isPresent
      ? allOf(isTrue(`${path}.Enabled`), isPresent(`${path}.CloudWatchLogsLogGroupArn`, 'a log group'))(
          properties,
          context,
        )
      : isPresent(path, 'a log group')(properties, context);
}

/** Rules on OpenSearch and Elasticsearch domains, with their levels. */
export const SEARCH_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'SearchDomainIsInVpc',
    title: 'an OpenSearch domain is reached from its network only',
    risk: 'The endpoint answers everybody on the internet: one access policy too wide, and documents are read, changed or held to ransom.',
    fix: 'Set VPCOptions with SubnetIds and SecurityGroupIds (a domain with a public endpoint is replaced). CDK: vpc on Domain, without which the endpoint is public.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.2', '1.4.4', 'A1.1.3'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['Opensearch.2', 'ES.2'],
      cwe: ['CWE-668'],
      awsConfig: ['OPENSEARCH_IN_VPC_ONLY', 'ELASTICSEARCH_IN_VPC_ONLY'],
    },
    resourceTypes: DOMAINS,
    test: isPresent('VPCOptions.SubnetIds', 'subnets of a network'),
  }),
  propertyRow('warning', {
    id: 'SearchDomainControlsAccess',
    title: 'an OpenSearch domain decides access by index, document and field',
    risk: 'Who may ask the domain at all may read every index, and nothing knows people from each other.',
    fix: 'Set AdvancedSecurityOptions.Enabled to true, with encryption at rest, between nodes and of clients. CDK: fineGrainedAccessControl on Domain.',
    references: {
      pciDss: [...ACCESS, '7.2.6'],
      gdpr: ['32(1)(b)', '32(4)'],
      securityHub: ['Opensearch.7'],
      cwe: ['CWE-285'],
      awsConfig: ['OPENSEARCH_ACCESS_CONTROL_ENABLED'],
    },
    resourceTypes: DOMAINS,
    test: isTrue('AdvancedSecurityOptions.Enabled'),
  }),
  propertyRow('warning', {
    id: 'SearchDomainLogsAudit',
    title: 'an OpenSearch domain logs who asked for what',
    risk: 'After a leak nobody can tell who logged in, and which documents were read.',
    fix: 'Set LogPublishingOptions.AUDIT_LOGS with Enabled true and CloudWatchLogsLogGroupArn; it needs AdvancedSecurityOptions. CDK: logging: { auditLogEnabled: true } with fineGrainedAccessControl on Domain.',
    references: {
      pciDss: ['10.2.1', '10.2.2', '10.5.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['Opensearch.5', 'ES.5'],
      cwe: ['CWE-778'],
      awsConfig: ['OPENSEARCH_AUDIT_LOGGING_ENABLED'],
    },
    resourceTypes: DOMAINS,
    test: publishes('AUDIT_LOGS'),
  }),
  propertyRow('warning', {
    id: 'SearchDomainLogsErrors',
    title: 'an OpenSearch domain writes its errors to CloudWatch Logs',
    risk: 'Attempts that failed, and a domain that is about to fail, show in logs that nobody can read.',
    fix: 'Set LogPublishingOptions.ES_APPLICATION_LOGS with Enabled true and CloudWatchLogsLogGroupArn. CDK: logging: { appLogEnabled: true } on Domain.',
    references: {
      pciDss: ['10.2.1', '10.5.1'],
      gdpr: ['32(1)(d)'],
      securityHub: ['Opensearch.4', 'ES.4'],
      cwe: ['CWE-778'],
      awsConfig: ['OPENSEARCH_LOGS_TO_CLOUDWATCH', 'ELASTICSEARCH_LOGS_TO_CLOUDWATCH'],
    },
    resourceTypes: DOMAINS,
    test: publishes('ES_APPLICATION_LOGS'),
  }),
];
