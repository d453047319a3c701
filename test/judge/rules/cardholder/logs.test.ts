import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, holding, IF, saysOf, tags } from './support';

const identifier = (name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:dataprotection::aws:data-identifier/${name}`]],
});
const masking = (...names: readonly string[]): JsonMap => ({
  Name: 'mask',
  Version: '2021-06-01',
  Statement: [
    {
      Sid: 'audit',
      DataIdentifier: names.map(identifier),
      Operation: { Audit: { FindingsDestination: {} } },
    },
    { Sid: 'redact', DataIdentifier: names.map(identifier), Operation: { Deidentify: { MaskConfig: {} } } },
  ],
});
const BOTH = masking('CreditCardNumber', 'CreditCardSecurityCode');

describe('LogGroupMasksCardNumbers', () => {
  const Cards = { Type: 'AWS::DynamoDB::Table', Properties: { Tags: holding('cardholder-data') } };
  const group = (properties: JsonMap) => ({ It: { Type: 'AWS::Logs::LogGroup', Properties: properties } });
  const says = (properties: JsonMap, others: JsonMap = { Cards }) =>
    saysOf('LogGroupMasksCardNumbers', { ...group(properties), ...others });

  test('passes a group that masks numbers and codes', () => {
    expect(says({ DataProtectionPolicy: BOTH })).toEqual([]);
  });

  test('passes a policy for the whole account, and not one for some groups of it', () => {
    const text = JSON.stringify(BOTH).replaceAll(JSON.stringify({ Ref: 'AWS::Partition' }), '"aws"');
    const PolicyDocument = text.replaceAll(/\{"Fn::Join":\["",\["arn:","aws","(.*?)"\]\]\}/g, '"arn:aws$1"');
    const Account = {
      Type: 'AWS::Logs::AccountPolicy',
      Properties: { PolicyType: 'DATA_PROTECTION_POLICY', PolicyDocument },
    };
    expect(says({}, { Cards, Account })).toEqual([]);
    const some = {
      ...Account,
      Properties: { ...Account.Properties, SelectionCriteria: 'LogGroupName NOT IN ["a"]' },
    };
    expect(says({}, { Cards, Account: some })).toHaveLength(1);
    const nonsense = { ...Account, Properties: { ...Account.Properties, PolicyDocument: '{' } };
    expect(says({}, { Cards, Account: nonsense })).toHaveLength(1);
  });

  test.each<[string, JsonMap, string]>([
    ['nothing', {}, 'absent'],
    [
      'numbers alone',
      { DataProtectionPolicy: masking('CreditCardNumber') },
      'without CreditCardSecurityCode',
    ],
    [
      'addresses',
      { DataProtectionPolicy: masking('Address') },
      'without CreditCardNumber and CreditCardSecurityCode',
    ],
    [
      'nothing and counts',
      {
        DataProtectionPolicy: {
          Statement: [
            {
              DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/CreditCardNumber'],
              Operation: { Audit: {} },
            },
          ],
        },
      },
      'without CreditCardNumber and CreditCardSecurityCode',
    ],
  ])('fails a group beside card numbers that masks %s', (_, properties, got) => {
    expect(says(properties)).toEqual([`warning violation It.Properties.DataProtectionPolicy: ${got}`]);
  });

  test('cannot tell hidden policies and identifiers', () => {
    const found = ['warning unknown It.Properties.DataProtectionPolicy'];
    expect(says({ DataProtectionPolicy: HIDDEN })).toEqual(found);
    const Statement = [{ DataIdentifier: [HIDDEN], Operation: { Deidentify: {} } }];
    expect(says({ DataProtectionPolicy: { Statement } })).toEqual(found);
  });

  test('asks groups of the environment, and none where no account data is', () => {
    expect(says({ Tags: tags({ 'pci:scope': 'cde' }) }, {})).toHaveLength(1);
    expect(says({}, {})).toEqual([]);
    expect(
      says({}, { Orders: { Type: 'AWS::S3::Bucket', Properties: { Tags: holding('personal-data') } } }),
    ).toEqual([]);
  });

  test('asks no group that hands its entries on', () => {
    expect(says({ LogGroupClass: 'DELIVERY' })).toEqual([]);
  });

  test('says in which case', () => {
    expect(says({ DataProtectionPolicy: IF(BOTH, { Ref: 'AWS::NoValue' }) })).toEqual([
      'warning violation It.Properties.DataProtectionPolicy: absent (Stack.Stage = (any other value))',
    ]);
  });
});

describe('ApiStageLogsNoBodies', () => {
  const says = (Type: string, properties: JsonMap) =>
    saysOf('ApiStageLogsNoBodies', { It: { Type, Properties: properties } });
  const setting = (DataTraceEnabled: JsonMap | boolean | string) => ({
    ResourcePath: '/*',
    HttpMethod: '*',
    DataTraceEnabled,
  });
  const STAGE = 'AWS::ApiGateway::Stage';
  const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

  test('passes stages without data tracing', () => {
    expect(says(STAGE, {})).toEqual([]);
    expect(says(STAGE, { MethodSettings: [setting(false), setting('false')] })).toEqual([]);
    expect(says(DEPLOYMENT, { StageDescription: { DataTraceEnabled: true } })).toEqual([]);
  });

  test('fails a stage, a method, and a stage that a deployment makes', () => {
    expect(says(STAGE, { MethodSettings: [setting(false), setting(true)] })).toEqual([
      'warning violation It.Properties.MethodSettings.1.DataTraceEnabled: true',
    ]);
    expect(says(DEPLOYMENT, { StageName: 'live', StageDescription: { DataTraceEnabled: 'true' } })).toEqual([
      'warning violation It.Properties.StageDescription.DataTraceEnabled: true',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(says(STAGE, { MethodSettings: [setting(HIDDEN)] })).toEqual([
      'warning unknown It.Properties.MethodSettings.0.DataTraceEnabled',
    ]);
    expect(says(STAGE, { MethodSettings: HIDDEN })).toEqual(['warning unknown It.Properties.MethodSettings']);
  });
});

describe.each<[string, string, (on: JsonMap | boolean | string) => JsonMap, JsonMap, string]>([
  [
    'GraphQlLogOmitsContent',
    'AWS::AppSync::GraphQLApi',
    (on) => ({ LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: on } }),
    { LogConfig: { FieldLogLevel: 'NONE' } },
    'LogConfig.ExcludeVerboseContent',
  ],
])('%s', (id, Type, made, off, path) => {
  const says = (properties: JsonMap) => saysOf(id, { It: { Type, Properties: properties } });

  test('passes a log without content, and an API without a log', () => {
    expect(says(made(true))).toEqual([]);
    expect(says(off)).toEqual([]);
    expect(says({})).toEqual([]);
  });

  test('fails a log with content, which is the default', () => {
    expect(says(made(false))).toEqual([`warning violation It.Properties.${path}: false`]);
    expect(says({ LogConfig: { FieldLogLevel: 'ALL' } })).toEqual([
      `warning violation It.Properties.${path}: absent`,
    ]);
    expect(says(made(IF(true, false)))).toEqual([
      `warning violation It.Properties.${path}: false (Stack.Stage = (any other value))`,
    ]);
  });

  test('cannot tell a parameter', () => {
    expect(says(made(HIDDEN))).toEqual([`warning unknown It.Properties.${path}`]);
  });
});

describe('StateMachineLogOmitsData', () => {
  const says = (LoggingConfiguration: JsonMap) =>
    saysOf('StateMachineLogOmitsData', {
      It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { LoggingConfiguration } },
    });
  const PATH = 'It.Properties.LoggingConfiguration.IncludeExecutionData';

  test('passes logs without data, and no log', () => {
    expect(says({ Level: 'ALL', IncludeExecutionData: false })).toEqual([]);
    expect(says({ Level: 'ERROR' })).toEqual([]);
    expect(says({ Level: 'OFF', IncludeExecutionData: true })).toEqual([]);
    expect(says({ IncludeExecutionData: true })).toEqual([]);
  });

  test('fails logs with data, as CDK writes them, and cannot tell a parameter', () => {
    expect(says({ Level: 'ERROR', IncludeExecutionData: true })).toEqual([`warning violation ${PATH}: true`]);
    expect(says({ Level: 'ERROR', IncludeExecutionData: HIDDEN })).toEqual([`warning unknown ${PATH}`]);
  });
});

describe('WafLogOmitsCredentials', () => {
  const header = (Name: string | JsonMap) => ({ SingleHeader: { Name } });
  const says = (RedactedFields: JsonMap[] | JsonMap | undefined, acl: JsonMap = {}) =>
    saysOf('WafLogOmitsCredentials', {
      It: {
        Type: 'AWS::WAFv2::LoggingConfiguration',
        Properties: {
          ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
          ...(RedactedFields === undefined ? {} : { RedactedFields }),
        },
      },
      Acl: { Type: 'AWS::WAFv2::WebACL', Properties: acl },
    });
  const protect = (FieldType: string, ...FieldKeys: readonly string[]) => ({
    Action: 'SUBSTITUTION',
    Field: { FieldType, ...(FieldKeys.length === 0 ? {} : { FieldKeys: [...FieldKeys] }) },
  });
  const masks = (...DataProtections: readonly JsonMap[]) => ({
    DataProtectionConfig: { DataProtections: [...DataProtections] },
  });

  test('passes credentials that are redacted, or masked wherever AWS WAF keeps requests', () => {
    expect(says([header('Authorization'), header('cookie'), { QueryString: {} }])).toEqual([]);
    expect(
      says(undefined, masks(protect('SINGLE_HEADER', 'authorization'), protect('SINGLE_COOKIE'))),
    ).toEqual([]);
    expect(says([header('authorization')], masks(protect('SINGLE_HEADER', 'Cookie')))).toEqual([]);
  });

  test('fails logs with either', () => {
    expect(says(undefined)).toEqual(['warning violation It.Properties.RedactedFields: absent']);
    expect(says([header('authorization')])).toEqual([
      'warning violation It.Properties.RedactedFields: without cookie',
    ]);
    expect(says([header('authorization')], masks(protect('SINGLE_COOKIE', 'session')))).toEqual([
      'warning violation It.Properties.RedactedFields: without cookie',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(says(HIDDEN)).toEqual(['warning unknown It.Properties.RedactedFields']);
    expect(says([header(HIDDEN)])).toEqual(['warning unknown It.Properties.RedactedFields']);
  });
});
