import { App, CfnResource, Fn, Lazy, NestedStack, Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  DataClassification,
  type DataClassificationProps,
  type PersonalDataProps,
} from '../../lib/checks/data-classification';
import { missingFrom } from '../../lib/core/classification';
import { type JsonMap, App as JudgedApp } from '../../lib/judge/template';
import { description } from '../core/classification/arbitrary';
import { holdingsIn } from '../judge/classification/told';

const PERSONAL: PersonalDataProps = {
  categories: ['delivery-address'],
  subjects: ['customers'],
  purposes: ['delivery of orders'],
  lawfulBases: ['contract'],
  retentionDays: 400,
  owner: 'orders@shop.example',
};

/** How many tags that makes. */
const OURS = Object.keys(PERSONAL).length + 1;

const newStack = () => new Stack(new App(), 'Shop', { env: { region: 'eu-west-1' } });

/** What the judge reads back from the template of a stack, by logical id without its hash. */
function readBack(stack: Stack) {
  const json = Template.fromStack(stack).toJSON() as JsonMap;
  const holdings = holdingsIn(new JudgedApp([{ name: 'Shop', json }]));
  return Object.fromEntries(
    holdings.map(({ resource, description: { value }, problems }) => [
      resource.logicalId.replace(/[0-9A-F]{8}$/, ''),
      problems.length > 0 ? problems : value,
    ]),
  );
}

describe('DataClassification', () => {
  test('is read back from the template as it was said', () => {
    const stack = newStack();
    DataClassification.of(new s3.Bucket(stack, 'Orders')).holdsPersonalData({
      ...PERSONAL,
      recipients: ['Müller & Söhne GmbH', 'A+B'],
      transferBases: ['no-transfer'],
    });
    expect(readBack(stack)).toEqual({
      Orders: {
        ...PERSONAL,
        holds: ['personal-data'],
        recipients: ['Müller & Söhne GmbH', 'A+B'],
        transferBases: ['no-transfer'],
      },
    });
  });

  test('is read back whatever was said, from tags and from Metadata', () => {
    fc.assert(
      fc.property(
        description.filter((said) => missingFrom(said).length === 0),
        (said) => {
          const stack = newStack();
          DataClassification.of(stack).set(said);
          new s3.CfnBucket(stack, 'Tagged');
          new CfnResource(stack, 'Plain', { type: 'AWS::SQS::Queue' });
          expect(readBack(stack)).toEqual({ Tagged: said, Plain: said });
        },
      ),
      { numRuns: 25 },
    );
  });

  test('writes tags as the type has them: list, map, replicas', () => {
    const stack = newStack();
    DataClassification.of(stack).holdsInternalData();
    new s3.CfnBucket(stack, 'List');
    new ssm.CfnParameter(stack, 'Map', { type: 'String', value: 'x' });
    new dynamodb.TableV2(stack, 'Replicas', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      replicas: [{ region: 'eu-central-1' }],
    });
    const template = Template.fromStack(stack);
    const list = [{ Key: 'data:classification', Value: 'internal' }];
    template.hasResourceProperties('AWS::S3::Bucket', { Tags: list });
    template.hasResourceProperties('AWS::SSM::Parameter', { Tags: { 'data:classification': 'internal' } });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Tags: list }, { Tags: list }],
    });
    expect(readBack(stack)).toEqual({
      List: { holds: ['internal'] },
      Map: { holds: ['internal'] },
      Replicas: { holds: ['internal'] },
    });
  });

  test('writes Metadata where a type has no tags', () => {
    const stack = newStack();
    DataClassification.of(stack).holdsInternalData();
    new CfnResource(stack, 'Plain', { type: 'AWS::SQS::Queue' });
    Template.fromStack(stack).hasResource('AWS::SQS::Queue', {
      Metadata: { SecureTransmissionData: { 'data:classification': 'internal' } },
      Properties: Match.absent(),
    });
  });

  test('spends one tag on a domain of OpenSearch, which takes ten, and says the rest in Metadata', () => {
    const stack = newStack();
    const domain = new opensearch.CfnDomain(stack, 'Search', {});
    DataClassification.of(domain).holdsPersonalData(PERSONAL);
    for (let i = 0; i < 9; i += 1) Tags.of(domain).add(`own-${i}`, 'x');
    const tags = Template.fromStack(stack).findResources('AWS::OpenSearchService::Domain').Search?.Properties
      .Tags;
    expect(tags).toHaveLength(10);
    expect(readBack(stack)).toEqual({ Search: { ...PERSONAL, holds: ['personal-data'] } });
  });

  test('says nothing of what keeps no data, of roles, keys and the stack itself', () => {
    const stack = newStack();
    DataClassification.of(stack).holdsInternalData();
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Tags: Match.absent() });
    expect(stack.tags.tagValues()).toEqual({});
  });
});

describe('inheritance', () => {
  test('goes down through constructs, Stages and nested stacks, and the nearest wins whole', () => {
    const app = new App();
    const stack = new Stack(new Stage(new Stage(app, 'All'), 'Prod'), 'Shop');
    DataClassification.of(app).holdsPersonalData({ ...PERSONAL, recipients: ['Parcels Ltd'] });
    const orders = new Construct(stack, 'Orders');
    DataClassification.of(orders).holdsCardholderData({ owner: 'payments team' });
    new s3.CfnBucket(stack, 'Outside');
    new s3.CfnBucket(orders, 'Inside');
    const exempt = new s3.CfnBucket(orders, 'Nearest');
    DataClassification.of(exempt).holdsNone('holds only the style sheets of the shop');
    const nested = new NestedStack(stack, 'Nested');
    new s3.CfnBucket(nested, 'Below');
    expect(readBack(stack)).toEqual({
      Outside: { ...PERSONAL, holds: ['personal-data'], recipients: ['Parcels Ltd'] },
      OrdersInside: { holds: ['cardholder-data'], owner: 'payments team' },
      OrdersNearest: { holds: ['none'], reason: 'holds only the style sheets of the shop' },
    });
    expect(readBack(nested)).toMatchObject({ Below: { holds: ['personal-data'] } });
  });

  test('refuses a Stage that it cannot reach, in place of forgetting it', () => {
    const app = new App();
    DataClassification.of(app).holdsInternalData();
    new Stage(app, 'Late');
    const own = new Stage(app, 'Own');
    DataClassification.of(own).holdsInternalData();
    expect(() => app.synth()).toThrow(
      "'holds' must be said after Stages are made, got Late made later, say it then, or of the Stage",
    );
    expect(() => app.synth()).not.toThrow('got Own');
  });

  test('does not depend on the order in which it was said', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Orders');
    DataClassification.of(bucket).holdsCredentials();
    DataClassification.of(stack).holdsPersonalData(PERSONAL);
    expect(readBack(stack)).toEqual({ Orders: { holds: ['credentials'] } });
  });

  test('reaches stores that are made after it was said', () => {
    const stack = newStack();
    const part = new Construct(stack, 'Part');
    DataClassification.of(stack).holdsInternalData();
    new s3.CfnBucket(part, 'Late');
    expect(readBack(stack)).toEqual({ PartLate: { holds: ['internal'] } });
  });

  test('writes on what it was said of itself, though its type is none of a store', () => {
    const stack = newStack();
    const code = new lambda.CfnFunction(stack, 'Code', { code: {}, role: 'r' });
    DataClassification.of(code).holdsCredentials();
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Tags: [{ Key: 'data:classification', Value: 'credentials' }],
    });
  });
});

describe('the typed ways to say it', () => {
  test.each<[string, (it: DataClassification) => unknown]>([
    ['personal-data', (it) => it.holdsPersonalData(PERSONAL)],
    ['pseudonymised-personal-data', (it) => it.holdsPseudonymisedPersonalData(PERSONAL)],
    [
      'special-category-data',
      (it) => it.holdsSpecialCategoryData({ ...PERSONAL, specialCategoryConditions: ['public-health'] }),
    ],
    ['cardholder-data', (it) => it.holdsCardholderData()],
    ['sensitive-authentication-data', (it) => it.holdsSensitiveAuthenticationData({ retentionDays: 1 })],
    ['payment-token', (it) => it.holdsPaymentTokens()],
    ['credentials', (it) => it.holdsCredentials()],
    ['internal', (it) => it.holdsInternalData({ owner: 'platform team' })],
    ['public', (it) => it.holdsPublicData()],
    ['none', (it) => it.holdsNone('only files that a build makes anew')],
    ['criminal-offence-data', (it) => it.set({ ...PERSONAL, holds: ['criminal-offence-data'] })],
  ])('say %s', (word, say) => {
    const stack = newStack();
    say(DataClassification.of(new s3.CfnBucket(stack, 'It')));
    expect(readBack(stack)).toMatchObject({ It: { holds: [word] } });
  });

  test('take a construct for the erasure handler, and write its path', () => {
    const stack = newStack();
    const eraser = new lambda.Function(stack, 'Eraser', {
      code: lambda.Code.fromInline('exports.handler = () => {}'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
    DataClassification.of(new s3.CfnBucket(stack, 'It')).holdsPersonalData({
      ...PERSONAL,
      erasureHandler: eraser,
    });
    expect(readBack(stack)).toMatchObject({ It: { erasureHandler: 'Shop/Eraser' } });
  });
});

describe('nonsense', () => {
  const say = (props: object) => () => {
    const stack = newStack();
    DataClassification.of(new s3.CfnBucket(stack, 'It')).set({
      holds: ['personal-data'],
      ...PERSONAL,
      ...props,
    } as DataClassificationProps);
  };

  test.each<[string, object, string]>([
    ['an unknown word', { holds: ['secret'] }, `Shop/It: 'holds' must be of cardholder-data`],
    [
      'a property that is none',
      { purpose: ['x'] },
      "Shop/It: 'purpose' must be one of holds, reason, categories",
    ],
    ['an owner that is none', { owner: 'tbd' }, `Shop/It: 'owner' must say something, got "tbd"`],
    ['a contradiction', { holds: ['public'] }, "Shop/It: 'subjects' must be left out where 'public' is held"],
    [
      'a record without purposes',
      { purposes: undefined },
      "Shop/It: 'purposes' must be given with personal data, got nothing, say it",
    ],
    [
      'special categories without a condition',
      { holds: ['special-category-data'] },
      "Shop/It: 'specialCategoryConditions' must be given with personal data",
    ],
    [
      'an unresolved owner',
      { owner: Fn.importValue('Owner') },
      "Shop/It: 'owner' must be known at synthesis, got an unresolved value, give a literal",
    ],
    [
      'an unresolved item',
      { recipients: ['a', Lazy.string({ produce: () => 'b' })] },
      "Shop/It: 'recipients' must be known at synthesis",
    ],
    [
      'an unresolved list',
      { subjects: Fn.split(',', Fn.importValue('Subjects')) },
      "Shop/It: 'subjects' must be known at synthesis",
    ],
    [
      'an unresolved number',
      { retentionDays: Token.asNumber({ Ref: 'Days' }) },
      "Shop/It: 'retentionDays' must be known at synthesis",
    ],
    [
      'an unresolved handler',
      { erasureHandler: Fn.importValue('Eraser') },
      "Shop/It: 'erasureHandler' must be known at synthesis",
    ],
    [
      'a handler of another app',
      { erasureHandler: new Construct(new App(), 'Eraser') },
      "Shop/It: 'erasureHandler' must be of the same app, got a construct of another, give the name of what erases there",
    ],
  ])('is refused: %s', (_, props, message) => {
    expect(say(props)).toThrow(message);
  });

  test('is refused: none without a sentence', () => {
    expect(() => DataClassification.of(new s3.CfnBucket(newStack(), 'It')).holdsNone('empty')).toThrow(
      `Shop/It: 'reason' must be a sentence of at least 20 characters that says why nothing is held, got "empty"`,
    );
  });

  test('is refused: two answers of one construct', () => {
    const it = DataClassification.of(new s3.CfnBucket(newStack(), 'It')).holdsCardholderData();
    expect(() => it.holdsCredentials()).toThrow(
      "Shop/It: 'holds' must be said once of a construct, got it again, name all that is held in one set()",
    );
  });

  test('leaves nothing behind where it was refused', () => {
    const stack = newStack();
    const it = DataClassification.of(new s3.CfnBucket(stack, 'It'));
    expect(() => it.set({ holds: [] })).toThrow();
    it.holdsCredentials();
    expect(readBack(stack)).toEqual({ It: { holds: ['credentials'] } });
  });

  test('is told at synthesis: a construct without a store below it', () => {
    const stack = newStack();
    const part = new Construct(stack, 'Part');
    new iam.Role(part, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    DataClassification.of(part).holdsCredentials();
    expect(() => Template.fromStack(stack)).toThrow(
      "'holds' must be said of something that keeps data, got a construct without a data store below it, say it of the store",
    );
  });

  test('is not: a stack or app without a store, or a construct whose stores say something themselves', () => {
    const stack = newStack();
    DataClassification.of(stack.node.root).holdsInternalData();
    const part = new Construct(stack, 'Part');
    DataClassification.of(part).holdsCredentials();
    DataClassification.of(new s3.CfnBucket(part, 'It')).holdsPublicData();
    expect(readBack(stack)).toEqual({ PartIt: { holds: ['public'] } });
  });

  test('is told at synthesis: more tags than AWS takes', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'It');
    DataClassification.of(bucket).holdsPersonalData(PERSONAL);
    for (let i = 0; i <= 50 - OURS; i += 1) Tags.of(bucket).add(`own-${i}`, 'x');
    expect(() => Template.fromStack(stack)).toThrow(
      `Shop/It must have at most 50 tags, got 51, ${OURS} of them on what it holds, remove others`,
    );
  });

  test('is not: as many tags as AWS takes', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'It');
    DataClassification.of(bucket).holdsPersonalData(PERSONAL);
    for (let i = 0; i < 50 - OURS; i += 1) Tags.of(bucket).add(`own-${i}`, 'x');
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });
});
