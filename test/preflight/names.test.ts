import type { JsonMap } from '../../lib/judge/template';
import { NAMED_TYPES } from '../../lib/preflight/name-table';
import { newNames } from '../../lib/preflight/names';
import { lines, stackOf, stacksOf } from './support';

const bucket = (name: unknown, more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::S3::Bucket',
  ...more,
  Properties: { BucketName: name as string },
});
const record = (name: string, type: string, more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { Name: name, Type: type, HostedZoneId: 'Z1', ...more },
});

describe('a name that a template gives', () => {
  test('comes with the command that looks for it', () => {
    const resources = {
      Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { TrailName: 'Audit' } },
      Www: record('www.example.com.', 'A'),
      Cdn: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: { Aliases: ['www.example.com'] } },
      },
    };
    expect(newNames(stackOf(resources)).found.map(({ name, check }) => [name, check])).toEqual([
      ['Audit', 'aws cloudtrail describe-trails --trail-name-list Audit --region eu-west-1'],
      [
        'www.example.com',
        `aws cloudfront list-distributions --query "DistributionList.Items[?Aliases.Items[?@=='www.example.com']].Id" --output text`,
      ],
      [
        'www.example.com',
        'aws route53 list-resource-record-sets --hosted-zone-id Z1 --start-record-name www.example.com. --start-record-type A --max-items 1',
      ],
    ]);
  });

  test('holds what the deployment fills in, and is then not looked for', () => {
    const app = stackOf({ B: bucket({ 'Fn::Sub': 'logs-${AWS::AccountId}-${AWS::Region}' }) });
    expect(newNames(app).found).toEqual([
      {
        type: 'AWS::S3::Bucket',
        name: 'logs-${AWS::AccountId}-eu-west-1',
        stack: 'Shop',
        region: 'eu-west-1',
      },
    ]);
  });

  test('that is made from another resource or a parameter cannot be foretold', () => {
    const resources = {
      T: { Type: 'AWS::SNS::Topic' },
      A: bucket({ 'Fn::Join': ['-', ['x', { Ref: 'T' }]] }),
      B: bucket({ Ref: 'P' }),
    };
    expect(
      newNames(stackOf(resources, { sections: { Parameters: { P: { Type: 'String' } } } })).found,
    ).toEqual([]);
  });

  test('cannot smuggle a command into the one that people paste', () => {
    const [found] = newNames(stackOf({ B: bucket("a';rm -rf ~;'") })).found;
    expect(found?.check).toBe(`aws s3api head-bucket --bucket 'a'\\'';rm -rf ~;'\\'''`);
  });
});

describe('a name that the app gives twice', () => {
  test('blocks, wherever in the world for a bucket', () => {
    const app = stacksOf({
      A: { resources: { B: bucket('logs') } },
      B: { resources: { B: bucket('logs') }, region: 'us-east-1' },
    });
    expect(lines(newNames(app).obstacles)).toEqual([
      'blocks names B/B: takes the name logs (AWS::S3::Bucket), which A/B takes as well',
    ]);
  });

  test('is fine in two regions for what is of a region', () => {
    const resources = { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } } };
    const app = (region: string) => stacksOf({ A: { resources }, B: { resources, region } });
    expect(newNames(app('us-east-1')).obstacles).toEqual([]);
    expect(newNames(app('eu-west-1')).obstacles).toHaveLength(1);
  });

  test('is fine where conditions decide which of the two exists', () => {
    const sections = {
      Conditions: { P: { 'Fn::Equals': [{ Ref: 'S' }, 'x'] }, N: { 'Fn::Not': [{ Condition: 'P' }] } },
      Parameters: { S: { Type: 'String' } },
    };
    const resources = { A: bucket('logs', { Condition: 'P' }), B: bucket('logs', { Condition: 'N' }) };
    expect(newNames(stackOf(resources, { sections })).obstacles).toEqual([]);
  });

  test('is fine for records of another type, or with identifiers', () => {
    const fine = { A: record('x.example.com', 'A'), B: record('x.example.com', 'AAAA') };
    const weighted = {
      A: record('x.example.com', 'A', { SetIdentifier: 'one' }),
      B: record('x.example.com.', 'A', { SetIdentifier: 'two' }),
    };
    expect([newNames(stackOf(fine)).obstacles, newNames(stackOf(weighted)).obstacles]).toEqual([[], []]);
    const twice = { A: record('x.example.com', 'A'), B: record('X.example.com.', 'A') };
    expect(newNames(stackOf(twice)).obstacles).toHaveLength(1);
  });
});

test('the table has no type twice, and each property is one of its type', () => {
  const db = require('./registry') as typeof import('./registry');
  expect(new Set(NAMED_TYPES.map(({ type }) => type)).size).toBe(NAMED_TYPES.length);
  for (const { type, property } of NAMED_TYPES) {
    expect([type, db.propertiesOf(type)]).toEqual([type, expect.arrayContaining([property.split('.')[0]])]);
  }
});
