import { ApiAccountLogging } from '../../../lib/constructs/api';
import { resourcesOf, stackIn } from '../support';
import { apiWithRouteIn } from './support';

test('the setting of the account outlives its stack, with the role that it names', () => {
  const stack = stackIn('eu-west-1');
  new ApiAccountLogging(stack, 'ApiLogging');
  for (const type of ['AWS::ApiGateway::Account', 'AWS::IAM::Role']) {
    expect(Object.values(resourcesOf(stack, type))).toMatchObject([{ DeletionPolicy: 'Retain' }]);
  }
});

test('a stage waits for the setting, where the app makes it, and an API makes none of its own', () => {
  const stack = stackIn('eu-west-1');
  const accountLogging = new ApiAccountLogging(stack, 'ApiLogging');
  apiWithRouteIn(stack, { accountLogging });
  const [account = '', ...others] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Account'));
  expect(others).toEqual([]);
  const [stage] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Stage'));
  expect(stage?.DependsOn).toContain(account);
});
