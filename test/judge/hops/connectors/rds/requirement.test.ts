import { rds } from '../../../../../lib/judge/hops/connectors/rds';
import { RDS_RULES } from '../../../../../lib/judge/rules/rds';
import type { JsonMap } from '../../../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../../../support';

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
const floor = (resources: JsonMap) =>
  wordsOf(ruleNamed(RDS_RULES, 'DatabaseRequiresTls12'), factsOf(rds, resources));

test.each([
  ['mysql', '5.7.44', 'mysql5.7', {}, 'violation at Properties.Parameters.tls_version: absent'],
  ['mysql', '5.7.44', 'mysql5.7', { tls_version: 'TLSv1.2' }, 'compliant'],
  ['mariadb', '10.11.8', 'mariadb10.11', {}, 'compliant'],
  [
    'sqlserver-se',
    '15.00.4073.23.v1',
    'sqlserver-se-15.0',
    {},
    'violation at Properties.Parameters.rds.tls10: absent',
  ],
  [
    'sqlserver-se',
    '15.00.4365.2.v1',
    'sqlserver-se-15.0',
    {},
    'violation at Properties.Parameters.rds.tls10: absent',
  ],
  ['sqlserver-se', '15.00.4385.2.v1', 'sqlserver-se-15.0', {}, 'compliant'],
  ['sqlserver-ee', '16.0.4245.2', 'sqlserver-ee-16.0', { 'rds.tls10': 'default' }, 'compliant'],
  ['sqlserver-se', '16.00', 'sqlserver-se-16.0', {}, 'unknown at Properties.EngineVersion'],
  [
    'sqlserver-se',
    '11.00.7493.4.v1',
    'sqlserver-se-11.0',
    {},
    'violation at Properties.Parameters.rds.tls10: absent',
  ],
  [
    'sqlserver-se',
    '16.00',
    'sqlserver-se-16.0',
    { 'rds.tls10': 'of' },
    'unknown at Properties.Parameters.rds.tls10',
  ],
])('knows what %s %s offers by itself', (engine, version, family, parameters, expected) => {
  expect(floor(withGroup(engine, parameters as JsonMap, family, version))).toEqual([expected]);
});
