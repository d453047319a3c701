import { neptune } from '../../../lib/judge/hops/connectors/neptune';
import { NEPTUNE_RULES } from '../../../lib/judge/rules/neptune';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (version: JsonMap | string | undefined, enforce?: JsonMap | string, group?: string) =>
  wordsOf(
    ruleNamed(NEPTUNE_RULES, 'NeptuneRequiresTls'),
    factsOf(
      neptune,
      {
        Cluster: {
          Type: 'AWS::Neptune::DBCluster',
          Properties: {
            DBClusterParameterGroupName: group ?? { Ref: 'Group' },
            ...(version !== undefined && { EngineVersion: version }),
          },
        },
        Group: {
          Type: 'AWS::Neptune::DBClusterParameterGroup',
          Properties: {
            Family: 'neptune1',
            Parameters: enforce === undefined ? {} : { neptune_enforce_ssl: enforce },
          },
        },
      },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );

test('passes engines from 1.0.4.0 on and clusters without a version, which answer HTTPS only', () => {
  expect(words('1.0.4.0', '0')).toEqual(['compliant']);
  expect(words('1.4.5.1')).toEqual(['compliant']);
  expect(words(undefined, '0')).toEqual(['compliant']);
});

test('fails an older engine that is told to serve plaintext, at the parameter', () => {
  expect(words('1.0.3.0', '0')).toEqual(['violation at Properties.Parameters.neptune_enforce_ssl: 0']);
});

test('passes an older engine that is told to refuse it, or told nothing', () => {
  expect(words('1.0.3.0', '1')).toEqual(['compliant']);
  expect(words('1.0.3.0')).toEqual(['compliant']);
});

test('cannot tell an older engine whose group is not at hand', () => {
  expect(words('1.0.2.2', '1', 'elsewhere')).toEqual(['unknown at Properties.DBClusterParameterGroupName']);
});

test('cannot tell a hidden version where the parameter would serve plaintext', () => {
  expect(words({ Ref: 'Value' }, '0')).toEqual(['unknown at Properties.EngineVersion']);
  expect(words({ Ref: 'Value' }, '1')).toEqual(['compliant']);
});
