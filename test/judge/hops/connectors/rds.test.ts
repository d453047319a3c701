import { rds } from '../../../../lib/judge/hops/connectors/rds';
import {
  DATABASE_ENGINES,
  engineNamed,
  oldestOf,
  splitFamily,
} from '../../../../lib/judge/hops/connectors/rds/engines';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const factsAbout = (properties: JsonMap, type = 'DBInstance') =>
  factsOf(rds, { Db: { Type: `AWS::RDS::${type}`, Properties: properties } });

test.each([
  ['postgres16', 'postgres', '16'],
  ['aurora-postgresql16', 'aurora-postgresql', '16'],
  ['aurora-mysql8.0', 'aurora-mysql', '8.0'],
  ['sqlserver-se-15.0', 'sqlserver-se', '15.0'],
  ['oracle-ee-cdb-19', 'oracle-ee-cdb', '19'],
])('takes family %s apart', (family, engine, version) => {
  expect(splitFamily(family)).toEqual({ engine, version });
});

test('every engine says where its defaults were read, and when', () => {
  for (const { name, source, reviewed } of DATABASE_ENGINES) {
    expect([name, source.length > 10, /^\d{4}-\d\d-\d\d$/.test(reviewed)]).toEqual([name, true, true]);
  }
});

test('says why Oracle, Db2 and custom engines cannot be told', () => {
  expect(engineNamed('oracle-se2')).toEqual({ why: expect.stringContaining('plaintext') });
  expect(engineNamed('db2-ae')).toEqual({ why: expect.stringContaining('DB2COMM') });
  expect(engineNamed('custom-oracle-ee')).toEqual({ why: expect.stringContaining('RDS Custom') });
});

test('the oldest version of a list counts, and an unknown one makes it unknown', () => {
  expect(oldestOf('TLSv1.3, TLSv1.2')).toBe('TLSv1.2');
  expect(oldestOf('TLSv1')).toBe('TLSv1.0');
  expect(oldestOf('TLSv1.2,SSLv9')).toBeUndefined();
});

test('a public database is reached from the internet, any other from the VPC', () => {
  const from = (properties: JsonMap) => hopsOf(factsAbout(properties), 'rds.database')[0]?.from.what;
  expect(from({ Engine: 'mysql', PubliclyAccessible: true })).toBe('internet');
  expect(from({ Engine: 'mysql', PubliclyAccessible: false })).toBe('vpc');
  expect(from({ Engine: 'mysql' })).toBe('vpc');
});

test('IAM is named where clients may use it', () => {
  const means = (properties: JsonMap) =>
    hopsOf(factsAbout(properties), 'rds.database')[0]?.clientAuthentication.value;
  expect(means({ Engine: 'mysql', EnableIAMDatabaseAuthentication: true })).toBe('iam');
  expect(means({ Engine: 'mysql' })).toBe('token');
});

test('a database is a store, and neither a proxy nor an instance of a cluster at hand is', () => {
  const kinds = (facts: ReturnType<typeof factsAbout>) => facts.map(({ fact }) => fact);
  expect(kinds(factsAbout({ Engine: 'mysql' }))).toEqual(['hop', 'store']);
  expect(kinds(factsAbout({ Engine: 'aurora-mysql' }, 'DBCluster'))).toEqual(['hop', 'store']);
  expect(kinds(factsAbout({}, 'DBProxy'))).toEqual(['hop']);
  const member = factsOf(rds, {
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      Properties: { Engine: 'aurora-mysql', DBClusterIdentifier: 'c' },
    },
    Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } },
  });
  expect(member.map(({ resource }) => resource.logicalId)).toEqual(['Cluster', 'Cluster']);
});
