import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WatchStack } from '../../examples/tls-probe';
import { TransmissionChecks } from '../../lib/checks';
import { existingTopic, REGION } from '../_fixtures/construct-samples/construct-sample';
import { synthesised } from '../checks/synthesised';

const env = { region: REGION };

function build(app: App): WatchStack {
  return new WatchStack(app, 'Watch', { env, alarms: existingTopic(new Stack(app, 'Around', { env })) });
}

test('the sample of the documentation asks two hosts every six hours, and tells of seven things', () => {
  const template = Template.fromStack(build(new App()));
  template.resourceCountIs('AWS::CloudWatch::Alarm', 7);
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(6 hours)' });
});

test('our pack has nothing to tell of it', () => {
  expect(synthesised(build, (app: App) => [new TransmissionChecks(app)]).findings).toEqual([]);
});
