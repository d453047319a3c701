import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { loadAssembly, loadTemplateFile } from '../../../lib/judge/load';

test('a stack into which nothing was put does not keep the others of its assembly from being judged', () => {
  const app = new App();
  const imports = new Stack(app, 'Imports');
  Topic.fromTopicArn(imports, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');
  new CfnTopic(new Stack(app, 'Shop'), 'Topic');
  const { directory } = app.synth();
  expect(loadAssembly(directory).map(({ name }) => name)).toEqual(['Imports', 'Shop']);
  expect(() => loadTemplateFile(join(directory, 'Imports.template.json'))).toThrow(/has no Resources/);
});
