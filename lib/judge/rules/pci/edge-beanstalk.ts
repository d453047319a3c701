import type { PackRule } from '../../packs/pack';
import { propertyRow } from '../property';
import { beanstalkOption } from './compute-beanstalk';

/** Rules on environments of Elastic Beanstalk beside those on their logs, with their levels. */
export const EDGE_BEANSTALK_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'BeanstalkUpdatesItsPlatform',
    title: 'an Elastic Beanstalk environment installs updates of its platform by itself',
    risk: 'Holes of the operating system and the runtime that everybody knows stay open until somebody thinks of it.',
    fix: 'Add to OptionSettings the Namespace aws:elasticbeanstalk:managedactions with OptionName ManagedActionsEnabled and Value true. CDK: there is no L2 construct; optionSettings of CfnEnvironment.',
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ElasticBeanstalk.2'],
      cwe: ['CWE-1104'],
      awsConfig: ['ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED'],
    },
    resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
    test: beanstalkOption('aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled'),
  }),
];
