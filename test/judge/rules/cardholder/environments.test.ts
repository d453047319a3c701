import { environmentNamed } from '../../../../lib/judge/rules/cardholder/environment-name';
import type { JsonMap, TemplateSource } from '../../../../lib/judge/template';
import { HIDDEN, holding, saysOfStacks } from './support';

const cards = { Type: 'AWS::DynamoDB::Table', Properties: { Tags: holding('cardholder-data') } };
const stack = (name: string, Resources: JsonMap, more: Partial<TemplateSource> = {}): TemplateSource => ({
  name,
  stackName: name.replaceAll('/', '-'),
  region: 'eu-west-1',
  json: { Parameters: { Hidden: { Type: 'String' } }, Resources },
  ...more,
});

describe('the name of an environment', () => {
  test.each(['Prod/Vault', 'shop-prod', 'ShopProduction', 'live', 'Prod/TestPage'])(
    '%s is production',
    (name) => {
      expect(environmentNamed(name)).toBe('production');
    },
  );

  test.each([
    'Dev/Vault',
    'shop-test',
    'ShopStaging',
    'NonProd/Vault',
    'pre-prod',
    'PreProduction',
    'qa2',
    'Test/ProdLikeData',
  ])('%s is before production', (name) => {
    expect(environmentNamed(name)).toBe('pre-production');
  });

  test.each(['Vault', 'Product', 'Latest', 'Contest/Devices', '', '__proto__'])('%p says nothing', (name) => {
    expect(environmentNamed(name)).toBeUndefined();
  });
});

describe('LiveCardNumbersStayInProduction', () => {
  const says = (...sources: readonly TemplateSource[]) =>
    saysOfStacks('LiveCardNumbersStayInProduction', sources);

  test('fails account data before production, also in nested stacks', () => {
    const found = ['warning violation It.Properties.Tags: cardholder-data in Test/Vault'];
    expect(says(stack('Test/Vault', { It: cards }))).toEqual(found);
    const Nested = { Type: 'AWS::CloudFormation::Stack' };
    const parent = { name: 'Test/Shop', logicalId: 'Nested' };
    expect(says(stack('Test/Shop', { Nested }), stack('Vault', { It: cards }, { parent }))).toHaveLength(1);
  });

  test('takes the word of a tag before that of a name', () => {
    const tagged = (environment: string) => ({
      It: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: holding('cardholder-data', { environment }) } },
    });
    expect(says(stack('Vault', tagged('test')))).toHaveLength(1);
    expect(says(stack('Test/Vault', tagged('production')))).toEqual([]);
    expect(says(stack('Test/Vault', tagged('blue')))).toHaveLength(1);
  });

  test('passes it in production, where nobody says, and other data anywhere', () => {
    expect(says(stack('Prod/Vault', { It: cards }))).toEqual([]);
    expect(says(stack('Vault', { It: cards }))).toEqual([]);
    expect(
      says(
        stack('Test/Vault', {
          It: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: holding('internal') } },
        }),
      ),
    ).toEqual([]);
  });
});

describe('CardholderEnvironmentHasOwnAccount', () => {
  const says = (...sources: readonly TemplateSource[]) =>
    saysOfStacks('CardholderEnvironmentHasOwnAccount', sources);
  const prod = (account?: string) =>
    stack('Prod/Vault', { It: cards }, account === undefined ? {} : { account });
  const test_ = (account?: string) => stack('Test/Vault', {}, account === undefined ? {} : { account });

  test('fails production in the account of a test', () => {
    expect(says(prod('111122223333'), test_('111122223333'))).toEqual([
      'warning violation It.Properties: in the account of Test/Vault',
    ]);
  });

  test('passes accounts of their own, and production alone', () => {
    expect(says(prod('111122223333'), test_('444455556666'))).toEqual([]);
    expect(says(prod())).toEqual([]);
  });

  test('cannot tell where one of them is bound to no account', () => {
    expect(says(prod(), test_('444455556666'))).toEqual(['warning unknown It.Properties']);
    expect(says(prod('111122223333'), test_())).toEqual(['warning unknown It.Properties']);
  });
});

describe('PreproductionUsesNothingOfProduction', () => {
  const says = (...sources: readonly TemplateSource[]) =>
    saysOfStacks('PreproductionUsesNothingOfProduction', sources);
  const Outputs = { Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'key' } } };
  const prod = stack('Prod/Vault', {}, { json: { Resources: { Key: { Type: 'AWS::KMS::Key' } }, Outputs } });
  const uses = { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } } };

  test('fails references into production', () => {
    expect(says(prod, stack('Test/Shop', { It: uses }))).toEqual([
      'warning violation It.Properties.KmsMasterKeyId: Key of Prod/Vault',
    ]);
  });

  test('passes references to other things before production, and to itself', () => {
    const Key = { Type: 'AWS::KMS::Key', Properties: {} };
    const It = {
      Type: 'AWS::SQS::Queue',
      Properties: {
        KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['It', 'Arn'] } },
      },
    };
    expect(says(prod, stack('Test/Shop', { It, Key }))).toEqual([]);
  });

  test('passes references from production, and where nobody says', () => {
    expect(says(prod, stack('Prod/Shop', { It: uses }))).toEqual([]);
    expect(says(prod, stack('Shop', { It: uses }))).toEqual([]);
  });

  test('fails copies of production by their names', () => {
    const copy = (name: JsonMap | string) => ({
      It: { Type: 'AWS::RDS::DBInstance', Properties: { DBSnapshotIdentifier: name } },
    });
    expect(says(stack('Test/Shop', copy('shop-prod-2026-11-01')))).toEqual([
      'warning violation It.Properties.DBSnapshotIdentifier: shop-prod-2026-11-01',
    ]);
    expect(says(stack('Test/Shop', copy('shop-masked')))).toEqual([]);
    expect(says(stack('Test/Shop', copy(HIDDEN)))).toEqual([
      'warning unknown It.Properties.DBSnapshotIdentifier',
    ]);
  });
});
