import { EDGE_BEANSTALK_ROWS } from '../../../../lib/judge/rules/pci/edge-beanstalk';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const ENVIRONMENT = 'AWS::ElasticBeanstalk::Environment';

const settings = (Value: Json): JsonMap => ({
  OptionSettings: [
    { Namespace: 'aws:elasticbeanstalk:managedactions', OptionName: 'ManagedActionsEnabled', Value },
  ],
});
const madeFrom = (properties: JsonMap): JsonMap => ({
  ...one(ENVIRONMENT, { TemplateName: { Ref: 'From' } }),
  From: { Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate', Properties: properties },
});

describe('BeanstalkUpdatesItsPlatform', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes managed updates', one(ENVIRONMENT, settings('true')), []],
    ['passes those of the template that it is made from', madeFrom(settings('true')), []],
    [
      'fails updates that are off',
      one(ENVIRONMENT, settings('false')),
      ['info violation It.Properties.OptionSettings.0.Value: false'],
    ],
    [
      'fails the default',
      one(ENVIRONMENT),
      ['info violation It.Properties.OptionSettings: no ManagedActionsEnabled'],
    ],
    [
      'cannot tell a parameter',
      one(ENVIRONMENT, settings(HIDDEN)),
      ['info unknown It.Properties.OptionSettings.0.Value'],
    ],
    [
      'cannot tell a template from elsewhere',
      one(ENVIRONMENT, { TemplateName: 'base' }),
      ['info unknown It.Properties.TemplateName'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EDGE_BEANSTALK_ROWS, 'BeanstalkUpdatesItsPlatform', resources)).toEqual(expected);
  });
});
