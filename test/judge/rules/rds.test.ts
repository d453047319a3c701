import { collectFacts } from '../../../lib/judge/hops';
import { rds } from '../../../lib/judge/hops/connectors/rds';
import { RDS_PACK_ROWS, RDS_RULES } from '../../../lib/judge/rules/rds';
import { App, type JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const requiresTls = ruleNamed(RDS_RULES, 'DatabaseRequiresTls');
const requiresTls12 = ruleNamed(RDS_RULES, 'DatabaseRequiresTls12');
const proxyRequiresTls = ruleNamed(RDS_RULES, 'DatabaseProxyRequiresTls');

const instance = (properties: JsonMap) => ({ Db: { Type: 'AWS::RDS::DBInstance', Properties: properties } });
const group = (parameters: JsonMap, family = 'mysql8.0', more: JsonMap = {}) => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Family: family, Description: 'd', Parameters: parameters, ...more },
});
const withGroup = (engine: string, parameters: JsonMap, family: string, version?: string) => ({
  ...instance({
    Engine: engine,
    DBParameterGroupName: { Ref: 'Group' },
    ...(version === undefined ? {} : { EngineVersion: version }),
  }),
  Group: group(parameters, family),
});
const words = (resources: JsonMap, parts = {}, of = requiresTls) =>
  wordsOf(of, factsOf(rds, resources, parts));

describe('DatabaseRequiresTls', () => {
  test.each([
    ['mysql', 'require_secure_transport', '1', 'mysql8.0'],
    ['aurora-mysql', 'require_secure_transport', 'ON', 'aurora-mysql8.0'],
    ['mariadb', 'require_secure_transport', 'ON', 'mariadb10.11'],
    ['postgres', 'rds.force_ssl', '1', 'postgres13'],
    ['sqlserver-se', 'rds.force_ssl', '1', 'sqlserver-se-15.0'],
  ])('passes %s whose group sets %s to %s', (engine, parameter, value, family) => {
    expect(words(withGroup(engine, { [parameter]: value }, family))).toEqual(['compliant']);
  });

  test.each([
    ['mysql', 'require_secure_transport', '0', 'mysql8.0'],
    ['mariadb', 'require_secure_transport', 'OFF', 'mariadb11.8'],
    // Explicitly off beats the default of version 15.
    ['postgres', 'rds.force_ssl', '0', 'postgres16'],
    ['sqlserver-web', 'rds.force_ssl', 0, 'sqlserver-web-15.0'],
  ])('fails %s whose group sets %s to %s, at the parameter', (engine, parameter, value, family) => {
    expect(words(withGroup(engine, { [parameter]: value }, family))).toEqual([
      `violation at Properties.Parameters.${parameter}: ${value}`,
    ]);
  });

  test('fails a group that says nothing, where the family is off by default, at the missing parameter', () => {
    expect(words(withGroup('mysql', { max_connections: '10' }, 'mysql8.4'))).toEqual([
      'violation at Properties.Parameters.require_secure_transport: absent',
    ]);
  });

  test.each([
    ['postgres', '14.9', 'violation at Properties.DBParameterGroupName: absent'],
    ['postgres', '15', 'compliant'],
    ['postgres', '15.2', 'compliant'],
    ['postgres', '9.6', 'violation at Properties.DBParameterGroupName: absent'],
    ['mariadb', '11.4.2', 'violation at Properties.DBParameterGroupName: absent'],
    ['mariadb', '11.8', 'compliant'],
    ['mysql', '8.4.3', 'violation at Properties.DBParameterGroupName: absent'],
    ['sqlserver-ex', '16.00', 'violation at Properties.DBParameterGroupName: absent'],
  ])('judges %s %s without a group by the default of its version', (engine, version, expected) => {
    expect(words(instance({ Engine: engine, EngineVersion: version }))).toEqual([expected]);
  });

  test.each([
    ['aurora-postgresql', '16.6', 'violation at Properties.DBClusterParameterGroupName: absent'],
    ['aurora-postgresql', '17.4', 'compliant'],
    [
      'aurora-mysql',
      '8.0.mysql_aurora.3.08.0',
      'violation at Properties.DBClusterParameterGroupName: absent',
    ],
    ['aurora-mysql', '8.4.7', 'compliant'],
  ])('judges a cluster of %s %s by a default that differs from that of RDS', (engine, version, expected) => {
    const cluster = {
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: engine, EngineVersion: version } },
    };
    expect(words(cluster)).toEqual([expected]);
  });

  test('cannot tell PostgreSQL without a version, since the default depends on it', () => {
    expect(words(instance({ Engine: 'postgres' }))).toEqual(['unknown at Properties.EngineVersion']);
  });

  test('needs no version where every version is off by default', () => {
    expect(words(instance({ Engine: 'mysql' }))).toEqual([
      'violation at Properties.DBParameterGroupName: absent',
    ]);
  });

  test('takes the family of a default group that is named for the version', () => {
    const db = (name: string) => instance({ Engine: 'postgres', DBParameterGroupName: name });
    expect(words(db('default.postgres16'))).toEqual(['compliant']);
    expect(words(db('default.postgres13'))).toEqual([
      'violation at Properties.DBParameterGroupName: default.postgres13',
    ]);
  });

  test('cannot tell a group that no template makes', () => {
    expect(words(instance({ Engine: 'mysql', DBParameterGroupName: 'made-by-hand' }))).toEqual([
      'unknown at Properties.DBParameterGroupName',
    ]);
  });

  test('finds a group by its literal name, without regard to case', () => {
    const resources = {
      ...instance({ Engine: 'mysql', DBParameterGroupName: 'Strict' }),
      Other: group({ require_secure_transport: '0' }, 'mysql8.0', { DBParameterGroupName: 'lax' }),
      Group: group({ require_secure_transport: '1' }, 'mysql8.0', { DBParameterGroupName: 'strict' }),
    };
    expect(words(resources)).toEqual(['compliant']);
  });

  const crossStack = (value: string) =>
    new App([
      {
        name: 'Groups',
        stackName: 'Groups',
        region: 'eu-west-1',
        json: {
          Resources: { Group: group({ require_secure_transport: value }) },
          Outputs: { G: { Value: { Ref: 'Group' }, Export: { Name: 'Groups:G' } } },
        },
      },
      {
        name: 'Data',
        stackName: 'Data',
        region: 'eu-west-1',
        json: {
          Resources: instance({ Engine: 'mysql', DBParameterGroupName: { 'Fn::ImportValue': 'Groups:G' } }),
        },
      },
    ]);

  test('follows a group into another stack, to pass it and to fail it there', () => {
    const judge = (value: string) => wordsOf(requiresTls, collectFacts(crossStack(value), [rds]).all);
    expect(judge('1')).toEqual(['compliant']);
    expect(judge('0')).toEqual(['violation at Properties.Parameters.require_secure_transport: 0']);
  });

  test('points at the group in the other stack', () => {
    const [hop] = collectFacts(crossStack('0'), [rds]).all;
    expect(hop?.fact === 'hop' && hop.protocol.resource.template.name).toBe('Groups');
  });

  test('does not take a group of another region that has the same name', () => {
    const app = new App([
      {
        name: 'Far',
        region: 'us-east-1',
        json: {
          Resources: {
            G: group({ require_secure_transport: '1' }, 'mysql8.0', { DBParameterGroupName: 'strict' }),
          },
        },
      },
      {
        name: 'Near',
        region: 'eu-west-1',
        json: { Resources: instance({ Engine: 'mysql', DBParameterGroupName: 'strict' }) },
      },
    ]);
    expect(wordsOf(requiresTls, collectFacts(app, [rds]).all)).toEqual([
      'unknown at Properties.DBParameterGroupName',
    ]);
  });

  test('cannot tell a value that a parameter without default decides', () => {
    const parts = { Parameters: { Force: { Type: 'String' } } };
    expect(
      words(withGroup('mysql', { require_secure_transport: { Ref: 'Force' } }, 'mysql8.0'), parts),
    ).toEqual(['unknown at Properties.Parameters.require_secure_transport']);
    expect(words(instance({ Engine: { Ref: 'Force' }, EngineVersion: '16' }), parts)).toEqual([
      'unknown at Properties.Engine',
    ]);
    expect(words(instance({ Engine: 'postgres', EngineVersion: { Ref: 'Force' } }), parts)).toEqual([
      'unknown at Properties.EngineVersion',
    ]);
  });

  test('cannot tell a value that is neither on nor off', () => {
    expect(words(withGroup('mysql', { require_secure_transport: 'maybe' }, 'mysql8.0'))).toEqual([
      'unknown at Properties.Parameters.require_secure_transport',
    ]);
  });

  test('judges each assignment of a condition on its own', () => {
    const resources = withGroup(
      'mysql',
      { require_secure_transport: { 'Fn::If': ['Prod', '1', '0'] } },
      'mysql8.0',
    );
    const parts = {
      Parameters: { Stage: { Type: 'String', Default: 'prod' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    expect([...words(resources, parts)].sort()).toEqual([
      'compliant',
      'violation at Properties.Parameters.require_secure_transport: 0',
    ]);
  });

  test.each(['oracle-ee', 'db2-se', 'custom-sqlserver-ee', 'mystery'])(
    'cannot tell %s, which has no parameter that refuses plaintext',
    (engine) => {
      expect(words(instance({ Engine: engine, EngineVersion: '19' }))).toEqual([
        'unknown at Properties.Engine',
      ]);
    },
  );

  test('says nothing twice: an instance of a cluster is judged at its cluster', () => {
    const resources = {
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        Properties: { Engine: 'aurora-postgresql', EngineVersion: '16.4' },
      },
      ...instance({ Engine: 'aurora-postgresql', DBClusterIdentifier: { Ref: 'Cluster' } }),
    };
    expect(words(resources)).toHaveLength(1);
  });

  test('cannot tell an instance whose cluster is not at hand', () => {
    expect(words(instance({ Engine: 'aurora-postgresql', DBClusterIdentifier: 'elsewhere' }))).toEqual([
      'unknown at Properties.DBClusterIdentifier',
    ]);
  });

  test("gives a replica without a group its source's", () => {
    const replica = (value: string) => ({
      ...withGroup('mysql', { require_secure_transport: value }, 'mysql8.0'),
      Replica: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { SourceDBInstanceIdentifier: { Ref: 'Db' } },
      },
    });
    expect(words(replica('1'))).toEqual(['compliant', 'compliant']);
    expect(words(replica('0'))).toHaveLength(2);
    expect(words(instance({ SourceDBInstanceIdentifier: 'elsewhere' }))).toEqual([
      'unknown at Properties.SourceDBInstanceIdentifier',
    ]);
  });

  test('ends where replicas name each other', () => {
    const circle = {
      A: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'B' } } },
      B: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'A' } } },
    };
    expect(words(circle)).toEqual(['unknown at Properties.Engine', 'unknown at Properties.Engine']);
  });

  test('cannot tell a restored database that names no engine', () => {
    expect(words(instance({ DBSnapshotIdentifier: 'snap' }))).toEqual(['unknown at Properties.Engine']);
  });
});

describe('DatabaseRequiresTls12', () => {
  const floor = (resources: JsonMap) => words(resources, {}, requiresTls12);

  test.each([
    [
      'mysql',
      { tls_version: 'TLSv1.1,TLSv1.2' },
      'mysql5.7',
      'Properties.Parameters.tls_version: TLSv1.1,TLSv1.2',
    ],
    [
      'postgres',
      { ssl_min_protocol_version: 'TLSv1' },
      'postgres16',
      'Properties.Parameters.ssl_min_protocol_version: TLSv1',
    ],
    [
      'sqlserver-se',
      { 'rds.tls10': 'enabled' },
      'sqlserver-se-15.0',
      'Properties.Parameters.rds.tls10: enabled',
    ],
    [
      'sqlserver-se',
      { 'rds.tls10': 'disabled', 'rds.tls11': 'enabled' },
      'sqlserver-se-15.0',
      'Properties.Parameters.rds.tls11: enabled',
    ],
  ])('fails %s with %j', (engine, parameters, family, at) => {
    expect(floor(withGroup(engine, parameters, family))).toEqual([`violation at ${at}`]);
  });

  test.each([
    ['mysql', { tls_version: 'TLSv1.2,TLSv1.3' }, 'mysql5.7'],
    ['mariadb', { tls_version: 'TLSv1.3' }, 'mariadb10.11'],
    ['postgres', { ssl_min_protocol_version: 'TLSv1.2' }, 'postgres16'],
    ['sqlserver-se', { 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' }, 'sqlserver-se-15.0'],
  ])('passes %s with %j', (engine, parameters, family) => {
    expect(floor(withGroup(engine, parameters, family))).toEqual(['compliant']);
  });

  test('knows that MySQL from 8.0.28 on has nothing older, whatever the group says', () => {
    expect(floor(withGroup('mysql', { tls_version: 'TLSv1' }, 'mysql8.0', '8.0.28'))).toEqual(['compliant']);
    expect(floor(withGroup('mysql', { tls_version: 'TLSv1' }, 'mysql8.0', '8.0.27'))).toHaveLength(1);
    expect(floor(withGroup('mysql', { tls_version: 'TLSv1' }, 'mysql8.0', '8.0.27'))).not.toEqual([
      'compliant',
    ]);
  });

  test('cannot tell a version that nobody knows', () => {
    expect(floor(withGroup('mysql', { tls_version: 'TLSv1.2,TLSv9' }, 'mysql5.7'))).toEqual([
      'unknown at Properties.Parameters.tls_version',
    ]);
  });

  test('leaves it to DatabaseStatesTls12 where neither template nor documentation names a version', () => {
    expect(floor(instance({ Engine: 'postgres', EngineVersion: '16' }))).toEqual([]);
  });

  test('knows what the default group of an engine offers, which nobody can change', () => {
    expect(floor(instance({ Engine: 'mysql', EngineVersion: '5.7.44' }))).toEqual([
      'violation at Properties.DBParameterGroupName: absent',
    ]);
    expect(floor(instance({ Engine: 'mysql', DBParameterGroupName: 'default.mysql5.7' }))).toEqual([
      'violation at Properties.DBParameterGroupName: default.mysql5.7',
    ]);
    expect(floor(instance({ Engine: 'mariadb', EngineVersion: '10.11.8' }))).toEqual(['compliant']);
    expect(floor(instance({ Engine: 'sqlserver-se', EngineVersion: '15.00.4073.23.v1' }))).toEqual([
      'violation at Properties.DBParameterGroupName: absent',
    ]);
    expect(floor(instance({ Engine: 'sqlserver-se', EngineVersion: '16.00.4245.2' }))).toEqual(['compliant']);
    expect(floor(instance({ Engine: 'sqlserver-se' }))).toEqual(['unknown at Properties.EngineVersion']);
  });

  test('fails a group that hides the version', () => {
    const hidden = { ssl_min_protocol_version: { Ref: 'Tls' } };
    expect(
      words(
        withGroup('postgres', hidden, 'postgres16'),
        { Parameters: { Tls: { Type: 'String' } } },
        requiresTls12,
      ),
    ).toEqual(['unknown at Properties.Parameters.ssl_min_protocol_version']);
  });
});

describe('DatabaseStatesTls12', () => {
  const states = (resources: JsonMap) => words(resources, {}, ruleNamed(RDS_RULES, 'DatabaseStatesTls12'));
  const cluster = (properties: JsonMap): JsonMap => ({
    Db: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', ...properties } },
  });

  test('fails RDS for PostgreSQL, of which AWS says only what it supports', () => {
    expect(states(instance({ Engine: 'postgres', EngineVersion: '16' }))).toEqual([
      'violation at Properties.DBParameterGroupName: absent',
    ]);
    expect(states(withGroup('postgres', { 'rds.force_ssl': '1' }, 'postgres16'))).toEqual([
      'violation at Properties.Parameters.ssl_min_protocol_version: absent',
    ]);
  });

  test('passes a group that states it, be it too old: that is a fault of another kind', () => {
    const stating = (version: string) =>
      states(
        withGroup('postgres', { 'rds.force_ssl': '1', ssl_min_protocol_version: version }, 'postgres16'),
      );
    expect(stating('TLSv1.2')).toEqual(['compliant']);
    expect(stating('TLSv1')).toEqual(['compliant']);
  });

  test('knows that Aurora PostgreSQL begins with TLS 1.2 from 14 on, and nothing of those before', () => {
    const of = (version: string) =>
      states({
        ...cluster({ EngineVersion: version, DBClusterParameterGroupName: { Ref: 'Group' } }),
        Group: {
          Type: 'AWS::RDS::DBClusterParameterGroup',
          Properties: {
            Family: `aurora-postgresql${version.split('.')[0]}`,
            Description: 'd',
            Parameters: { 'rds.force_ssl': '1' },
          },
        },
      });
    expect(of('14.9')).toEqual(['compliant']);
    expect(of('16.4')).toEqual(['compliant']);
    expect(of('13.12')).toEqual(['violation at Properties.Parameters.ssl_min_protocol_version: absent']);
    expect(states(cluster({ EngineVersion: '17.2' }))).toEqual(['compliant']);
  });

  test('is not asked of a database that takes plaintext too: that comes first', () => {
    expect(states(instance({ Engine: 'postgres', EngineVersion: '14' }))).toEqual([]);
  });

  test('is not asked where the template hides the version: not knowing is an error there', () => {
    const hidden = { 'rds.force_ssl': '1', ssl_min_protocol_version: { Ref: 'Tls' } };
    const parts = { Parameters: { Tls: { Type: 'String' } } };
    expect(
      words(withGroup('postgres', hidden, 'postgres16'), parts, ruleNamed(RDS_RULES, 'DatabaseStatesTls12')),
    ).toEqual([]);
  });
});

describe('DatabaseProxyRequiresTls', () => {
  const proxy = (properties: JsonMap) =>
    words({ Proxy: { Type: 'AWS::RDS::DBProxy', Properties: properties } }, PARAMETER, proxyRequiresTls);
  const PARAMETER = { Parameters: { Tls: { Type: 'String' } } };

  test('passes a proxy that requires TLS', () => {
    expect(proxy({ RequireTLS: true })).toEqual(['compliant']);
    expect(proxy({ RequireTLS: 'true' })).toEqual(['compliant']);
  });

  test('fails a proxy that does not, and one that does not say', () => {
    expect(proxy({ RequireTLS: false })).toEqual(['violation at Properties.RequireTLS: false']);
    expect(proxy({})).toEqual(['violation at Properties.RequireTLS: absent']);
  });

  test('cannot tell a proxy that a parameter decides', () => {
    expect(proxy({ RequireTLS: { Ref: 'Tls' } })).toEqual(['unknown at Properties.RequireTLS']);
  });
});

test('what lets data travel in clear or below TLS 1.2 is an error, and so is not knowing', () => {
  expect(RDS_PACK_ROWS.map(({ rule, level, unknown }) => [rule.id, level, unknown])).toEqual([
    ['DatabaseRequiresTls', 'error', 'error'],
    ['DatabaseRequiresTls12', 'error', 'error'],
    ['DatabaseStatesTls12', 'warning', 'warning'],
    ['DatabaseProxyRequiresTls', 'error', 'error'],
  ]);
});
