import { ENVIRONMENT_ROWS } from '../../../../lib/judge/rules/gdpr/environments';
import { MINIMISATION_ROWS } from '../../../../lib/judge/rules/gdpr/minimisation';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { appOfStacks, found, HIDDEN, resource, store, tags } from './support';

describe('LogMasksPersonalData', () => {
  const RULE = 'LogMasksPersonalData';
  const GROUP = 'AWS::Logs::LogGroup';
  const IDS = ['EmailAddress', 'Name', 'Address'];
  const policy = (ids: readonly Json[], operation = 'Deidentify'): JsonMap => ({
    Statement: [
      { DataIdentifier: ids, Operation: { Audit: { FindingsDestination: {} } } },
      { DataIdentifier: ids, Operation: { [operation]: { MaskConfig: {} } } },
    ],
  });
  const arn = (id: string) => `arn:aws:dataprotection::aws:data-identifier/${id}`;
  const says = (DataProtectionPolicy?: JsonMap['x']) =>
    found(MINIMISATION_ROWS, RULE, {
      It: store(GROUP, DataProtectionPolicy === undefined ? {} : { DataProtectionPolicy }),
    });

  test.each<[string, JsonMap['x']]>([
    ['names of identifiers', policy(IDS)],
    ['ARNs', policy(IDS.map(arn))],
    [
      'ARNs of any partition',
      policy(
        IDS.map((id) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:dataprotection::aws:data-identifier/${id}` })),
      ),
    ],
    ['text', JSON.stringify(policy(IDS))],
  ])('passes a policy with %s', (_, value) => {
    expect(says(value)).toEqual([]);
  });

  test('fails none, one that only looks, and one that masks less', () => {
    expect(says()).toEqual(['warning violation It.DataProtectionPolicy: absent']);
    expect(says(policy(IDS, 'Audit'))).toEqual([
      'warning violation It.DataProtectionPolicy: without EmailAddress, Name, Address',
    ]);
    expect(says(policy(['EmailAddress']))).toEqual([
      'warning violation It.DataProtectionPolicy: without Name, Address',
    ]);
    expect(says('{')).toEqual(['warning violation It.DataProtectionPolicy: a policy without statements']);
  });

  test('cannot tell a hidden policy, or hidden identifiers', () => {
    expect(says(HIDDEN)).toEqual(['warning unknown It.DataProtectionPolicy']);
    expect(says({ Statement: [{ DataIdentifier: HIDDEN, Operation: { Deidentify: {} } }] })).toHaveLength(1);
  });

  test.each<[string, JsonMap]>([
    ['AWS::CloudTrail::Trail', { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['It', 'Arn'] } }],
    ['AWS::WAFv2::LoggingConfiguration', { LogDestinationConfigs: [{ 'Fn::GetAtt': ['It', 'Arn'] }] }],
    ['AWS::EC2::FlowLog', { LogGroupName: { Ref: 'It' } }],
  ])('asks nothing of what %s writes', (type, properties) => {
    expect(found(MINIMISATION_ROWS, RULE, { It: store(GROUP), Writer: resource(type, properties) })).toEqual(
      [],
    );
  });

  test('asks nothing of logs of other things', () => {
    expect(found(MINIMISATION_ROWS, RULE, { It: resource(GROUP) })).toEqual([]);
  });
});

describe('UserPoolAsksForFewAttributes', () => {
  const RULE = 'UserPoolAsksForFewAttributes';
  const says = (...Schema: readonly JsonMap[]) =>
    found(MINIMISATION_ROWS, RULE, { It: resource('AWS::Cognito::UserPool', { Schema }) });

  test('passes what is needed, and what nobody has to say', () => {
    expect(
      says({ Name: 'email', Required: true }, { Name: 'birthdate', Required: false }, { Name: 'gender' }),
    ).toEqual([]);
  });

  test('fails an attribute that everybody has to give', () => {
    expect(says({ Name: 'email', Required: true }, { Name: 'birthdate', Required: true })).toEqual([
      'info violation It.Schema.1.Required: true for birthdate',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(says({ Name: 'birthdate', Required: HIDDEN })).toEqual(['info unknown It.Schema.0.Required']);
    expect(says({ Name: HIDDEN, Required: true })).toEqual(['info unknown It.Schema.0.Name']);
    const it = resource('AWS::Cognito::UserPool', { Schema: HIDDEN });
    expect(found(MINIMISATION_ROWS, RULE, { It: it })).toEqual(['info unknown It.Schema']);
  });
});

describe('TestEnvironmentHoldsNoPersonalData', () => {
  const RULE = 'TestEnvironmentHoldsNoPersonalData';
  const DATABASE = 'AWS::RDS::DBInstance';
  const in_ = (environment: string, changes: Parameters<typeof tags>[0] = {}, key = 'environment') =>
    found(ENVIRONMENT_ROWS, RULE, {
      It: resource(DATABASE, { Tags: [...tags(changes), { Key: key, Value: environment }] }),
    });
  const named = (name: string, it = store(DATABASE)) =>
    found(ENVIRONMENT_ROWS, RULE, appOfStacks({ name, resources: { It: it } }));

  test('passes production, pseudonyms, and what does not say where it is', () => {
    expect(in_('production')).toEqual([]);
    expect(in_('test', { holds: ['pseudonymised-personal-data'] })).toEqual([]);
    expect(named('Prod/Orders')).toEqual([]);
    expect(named('Orders')).toEqual([]);
  });

  test.each(['test', 'Staging', 'DEV', 'qa'])('fails personal data in %s', (environment) => {
    expect(in_(environment)).toEqual(['warning violation It.Tags: personal-data before production']);
    expect(in_(environment, {}, 'shop:Stage')).toHaveLength(1);
    expect(named(`${environment}/Orders`)).toHaveLength(1);
  });

  test('takes a tag for nearer than the name of a stack', () => {
    const it = resource(DATABASE, { Tags: [...tags(), { Key: 'env', Value: 'prod' }] });
    expect(named('Test/Orders', it)).toEqual([]);
  });

  test('leaves account data to another rule', () => {
    const changes = {
      holds: ['personal-data', 'cardholder-data'],
      categories: ['primary-account-number'],
    } as const;
    expect(named('Test/Orders', store(DATABASE, {}, changes))).toEqual([]);
  });
});
