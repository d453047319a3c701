import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { classified } from '../../examples/classified';

test('what the documentation says of stores stands in the template, store by store', () => {
  const template = Template.fromStack(classified(new App()));
  const said = Object.values(template.findResources('AWS::DynamoDB::Table')).map(({ Properties }) =>
    Properties.Tags.find(({ Key }: { Key: string }) => Key === 'data:classification'),
  );
  expect(said.map(({ Value }) => Value).sort()).toEqual(['payment-token', 'personal-data']);
});
