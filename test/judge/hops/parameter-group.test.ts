import { rds } from '../../../lib/judge/hops/connectors/rds';
import { RDS_RULES } from '../../../lib/judge/rules/rds';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const group = (parameters: JsonMap | string, family: string) => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Family: family, Description: 'd', Parameters: parameters },
});
const withGroup = (engine: string, parameters: JsonMap, family: string, version?: string) => ({
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: engine,
      DBParameterGroupName: { Ref: 'Group' },
      ...(version === undefined ? {} : { EngineVersion: version }),
    },
  },
  Group: group(parameters, family),
});
const words = (resources: JsonMap) =>
  wordsOf(ruleNamed(RDS_RULES, 'DatabaseRequiresTls'), factsOf(rds, resources));

test('follows a replica that names its source by an ARN, as the construct of CDK does', () => {
  const arn = { 'Fn::Sub': 'arn:aws:rds:${AWS::Region}:${AWS::AccountId}:db:${Db}' };
  const resources = (value: string) => ({
    ...withGroup('mysql', { require_secure_transport: value }, 'mysql8.0'),
    Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: arn } },
  });
  expect(words(resources('1'))).toEqual(['compliant', 'compliant']);
  expect(words(resources('0'))).toEqual(
    Array(2).fill('violation at Properties.Parameters.require_secure_transport: 0'),
  );
});

test('reads parameters that stand as JSON in a string', () => {
  const resources = withGroup('postgres', {}, 'postgres16', '16.4');
  const Parameters = '{"rds.force_ssl":"0"}';
  const asText = { ...resources, Group: group(Parameters, 'postgres16') };
  expect(words(asText)).toEqual(['violation at Properties.Parameters.rds.force_ssl: 0']);
});
