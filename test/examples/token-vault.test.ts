import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Surroundings, tokenVault } from '../../examples/token-vault';
import { findingsOf } from '../constructs/judged';
import { FLAGS } from '../constructs/support';
import { networkIn } from '../constructs/token-vault/support';

const surroundings = (stack: Stack): Surroundings => {
  const role = (id: string) =>
    new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return {
    network: networkIn(stack),
    checkout: role('Checkout'),
    support: role('Support'),
    settlement: role('Settlement'),
    privacy: role('Privacy'),
    operator: role('Operator'),
  };
};

test('a vault with four callers takes twenty lines, and no rule objects', () => {
  const stack = tokenVault(new App({ context: FLAGS }), surroundings);
  Template.fromStack(stack).resourceCountIs('AWS::DynamoDB::Table', 3);
  expect(findingsOf(stack)).toEqual([]);
  const source = readFileSync(path.join(__dirname, '../../examples/token-vault.ts'), 'utf8');
  const [, region = ''] = source.split(/\/\/ #(?:end)?region vault\n/);
  expect(region.trim().split('\n').length).toBeLessThanOrEqual(20);
});
