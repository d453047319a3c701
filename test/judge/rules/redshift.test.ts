import { collectFacts } from '../../../lib/judge/hops';
import { redshift } from '../../../lib/judge/hops/connectors/redshift';
import { REDSHIFT_RULES } from '../../../lib/judge/rules/redshift';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const requiresTls = ruleNamed(REDSHIFT_RULES, 'RedshiftRequiresTls');
const serverlessRequiresTls = ruleNamed(REDSHIFT_RULES, 'RedshiftServerlessRequiresTls');
const PARAMETERS = { Parameters: { Value: { Type: 'String' }, Values: { Type: 'CommaDelimitedList' } } };

const group = (parameters: Json | undefined, family = 'redshift-1.0') => ({
  Type: 'AWS::Redshift::ClusterParameterGroup',
  Properties: { ParameterGroupFamily: family, ...(parameters !== undefined && { Parameters: parameters }) },
});
const cluster = (name?: Json): JsonMap => ({
  Type: 'AWS::Redshift::Cluster',
  Properties: name === undefined ? {} : { ClusterParameterGroupName: name },
});
const requireSsl = (value: Json) => [
  { ParameterName: 'query_group', ParameterValue: 'x' },
  { ParameterName: 'require_ssl', ParameterValue: value },
];

describe('RedshiftRequiresTls', () => {
  const words = (parameters: Json | undefined, family?: string) =>
    wordsOf(
      requiresTls,
      factsOf(redshift, { C: cluster({ Ref: 'Group' }), Group: group(parameters, family) }, PARAMETERS),
    );

  test('passes a group that sets require_ssl, as text or as a boolean', () => {
    expect(words(requireSsl('true'))).toEqual(['compliant']);
    expect(words(requireSsl(true))).toEqual(['compliant']);
  });

  test('fails a group that turns it off, at the entry', () => {
    expect(words(requireSsl('false'))).toEqual([
      'violation at Properties.Parameters.1.ParameterValue: false',
    ]);
  });

  test('judges a group that says nothing by its family', () => {
    expect(words([])).toEqual(['violation at Properties.Parameters: []']);
    expect(words(undefined)).toEqual(['violation at Properties.Parameters: absent']);
    expect(words(undefined, 'redshift-2.0')).toEqual(['compliant']);
    expect(words(undefined, 'redshift-9.0')).toEqual(['unknown at Properties.Parameters']);
  });

  test('passes a cluster without a group, since new clusters get a default group that requires TLS', () => {
    expect(wordsOf(requiresTls, factsOf(redshift, { C: cluster() }))).toEqual(['compliant']);
  });

  test('judges default groups by their names', () => {
    expect(wordsOf(requiresTls, factsOf(redshift, { C: cluster('default.redshift-1.0') }))).toEqual([
      'violation at Properties.ClusterParameterGroupName: default.redshift-1.0',
    ]);
    expect(wordsOf(requiresTls, factsOf(redshift, { C: cluster('default.redshift-2.0') }))).toEqual([
      'compliant',
    ]);
  });

  test('follows a group into another stack, where cdk-nag fails it', () => {
    const app = (value: string) =>
      new App([
        {
          name: 'Groups',
          region: 'eu-west-1',
          json: {
            Resources: { Group: group(requireSsl(value)) },
            Outputs: { G: { Value: { Ref: 'Group' }, Export: { Name: 'G' } } },
          },
        },
        {
          name: 'Warehouse',
          region: 'eu-west-1',
          json: { Resources: { C: cluster({ 'Fn::ImportValue': 'G' }) } },
        },
      ]);
    const judge = (value: string) => wordsOf(requiresTls, collectFacts(app(value), [redshift]).all);
    expect(judge('true')).toEqual(['compliant']);
    expect(judge('false')).toEqual(['violation at Properties.Parameters.1.ParameterValue: false']);
  });

  test('cannot tell a hidden value, name or list, nor a group that no template makes', () => {
    expect(words(requireSsl({ Ref: 'Value' }))).toEqual([
      'unknown at Properties.Parameters.1.ParameterValue',
    ]);
    expect(words([{ ParameterName: { Ref: 'Value' }, ParameterValue: 'true' }])).toEqual([
      'unknown at Properties.Parameters.0.ParameterName',
    ]);
    expect(words({ Ref: 'Values' })).toEqual(['unknown at Properties.Parameters']);
    expect(wordsOf(requiresTls, factsOf(redshift, { C: cluster('elsewhere') }))).toEqual([
      'unknown at Properties.ClusterParameterGroupName',
    ]);
  });
});

describe('RedshiftServerlessRequiresTls', () => {
  const words = (parameters: Json | undefined) =>
    wordsOf(
      serverlessRequiresTls,
      factsOf(
        redshift,
        {
          W: {
            Type: 'AWS::RedshiftServerless::Workgroup',
            Properties: parameters === undefined ? {} : { ConfigParameters: parameters },
          },
        },
        PARAMETERS,
      ),
    );
  const entry = (value: Json) => [{ ParameterKey: 'require_ssl', ParameterValue: value }];

  test('passes a workgroup that requires TLS', () => {
    expect(words(entry('true'))).toEqual(['compliant']);
  });

  test('fails a workgroup that does not, and one that does not say, since it accepts both by default', () => {
    expect(words(entry('false'))).toEqual([
      'violation at Properties.ConfigParameters.0.ParameterValue: false',
    ]);
    expect(words(undefined)).toEqual(['violation at Properties.ConfigParameters: absent']);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(words(entry({ Ref: 'Value' }))).toEqual([
      'unknown at Properties.ConfigParameters.0.ParameterValue',
    ]);
    expect(words({ Ref: 'Values' })).toEqual(['unknown at Properties.ConfigParameters']);
  });
});
