import { documentDb } from '../../../lib/judge/hops/connectors/documentdb';
import { DOCUMENTDB_RULES } from '../../../lib/judge/rules/documentdb';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const requiresTls = ruleNamed(DOCUMENTDB_RULES, 'DocumentDbRequiresTls');
const requiresTls12 = ruleNamed(DOCUMENTDB_RULES, 'DocumentDbRequiresTls12');
const PARAMETERS = { Parameters: { Value: { Type: 'String' } } };

const facts = (parameters?: JsonMap, name: JsonMap | string = { Ref: 'Group' }) =>
  factsOf(
    documentDb,
    {
      Cluster: {
        Type: 'AWS::DocDB::DBCluster',
        Properties: parameters === undefined ? {} : { DBClusterParameterGroupName: name },
      },
      ...(parameters !== undefined && {
        Group: {
          Type: 'AWS::DocDB::DBClusterParameterGroup',
          Properties: { Name: 'strict', Family: 'docdb5.0', Parameters: parameters },
        },
      }),
    },
    PARAMETERS,
  );

test.each(['tls1.2+', 'tls1.3+', 'fips-140-3'])('passes tls: %s on both rungs', (tls) => {
  expect(wordsOf(requiresTls, facts({ tls }))).toEqual(['compliant']);
  expect(wordsOf(requiresTls12, facts({ tls }))).toEqual(['compliant']);
});

test('fails tls: enabled on versions alone, since it still accepts TLS 1.0', () => {
  expect(wordsOf(requiresTls, facts({ tls: 'enabled' }))).toEqual(['compliant']);
  expect(wordsOf(requiresTls12, facts({ tls: 'enabled' }))).toEqual([
    'violation at Properties.Parameters.tls: enabled',
  ]);
});

test('fails tls: disabled, and says nothing more about versions', () => {
  expect(wordsOf(requiresTls, facts({ tls: 'disabled' }))).toEqual([
    'violation at Properties.Parameters.tls: disabled',
  ]);
  expect(wordsOf(requiresTls12, facts({ tls: 'disabled' }))).toEqual([]);
});

test.each([
  ['a group that says nothing', facts({}), 'Properties.Parameters.tls'],
  ['no group', facts(), 'Properties.DBClusterParameterGroupName'],
])('gives %s the default, which requires TLS and accepts TLS 1.0', (_, found, path) => {
  expect(wordsOf(requiresTls, found)).toEqual(['compliant']);
  expect(wordsOf(requiresTls12, found)).toEqual([`violation at ${path}: absent`]);
});

test('finds the group by its literal name', () => {
  expect(wordsOf(requiresTls, facts({ tls: 'disabled' }, 'strict'))).toEqual([
    'violation at Properties.Parameters.tls: disabled',
  ]);
});

test('cannot tell a group that no template makes, nor a value that is hidden or new', () => {
  expect(wordsOf(requiresTls, facts({}, 'elsewhere'))).toEqual([
    'unknown at Properties.DBClusterParameterGroupName',
  ]);
  expect(wordsOf(requiresTls, facts({ tls: { Ref: 'Value' } }))).toEqual([
    'unknown at Properties.Parameters.tls',
  ]);
  expect(wordsOf(requiresTls, facts({ tls: 'tls1.4+' }))).toEqual(['unknown at Properties.Parameters.tls']);
});
