import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { page, render } from '../../tools/generate/guard-verdicts';
import { GUARD_VERDICTS } from '../_fixtures/guard-verdicts';
import { type Difference, differences } from './differences';

// Off for all other tests, since it takes seconds.
process.env.CDK_VALIDATION = 'true';

const PLANTED = 'Planted';

const keyOf = ({ rule, role }: Pick<Difference, 'rule' | 'role'>) => `${rule} ${role}`;
const sorted = (keys: readonly string[]) => [...new Set(keys)].sort();

describe('the templates of every construct and of the baseline', () => {
  let found: readonly Difference[] = [];

  beforeAll(() => {
    found = differences((app) => {
      const stack = new Stack(app, PLANTED);
      new CfnResource(stack, 'Misspelt', { type: 'AWS::SQS::Queue', properties: { QueueNam: 'orders' } });
      new CfnResource(stack, 'Bare', { type: 'AWS::S3::Bucket' });
    });
  }, 120_000);

  const ours = () => found.filter(({ stack }) => stack !== PLANTED).map(keyOf);

  test('are seen by both validators: each finds a fault that is planted beside them', () => {
    const planted = found.filter(({ stack }) => stack === PLANTED).map(keyOf);
    expect(planted).toEqual(
      expect.arrayContaining(['F3002 Misspelt', 's3_bucket_default_encryption_kms_check Bare']),
    );
  });

  test('have no finding that the table does not explain', () => {
    const explained = GUARD_VERDICTS.flatMap(({ rule, where }) => where.map((role) => keyOf({ rule, role })));
    expect(sorted(ours()).filter((key) => !explained.includes(key))).toEqual([]);
  });

  test('have every finding that the table explains', () => {
    const explained = GUARD_VERDICTS.flatMap(({ rule, where }) => where.map((role) => keyOf({ rule, role })));
    expect(sorted(explained).filter((key) => !ours().includes(key))).toEqual([]);
  });
});

describe('the table', () => {
  test('explains each finding once', () => {
    const keys = GUARD_VERDICTS.flatMap(({ rule, where }) => where.map((role) => keyOf({ rule, role })));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('gives each reason a source', () => {
    const without = GUARD_VERDICTS.filter(({ source, why }) => !/^https:\/\/\S+$/.test(source) || why === '');
    expect(without.map(({ rule }) => rule)).toEqual([]);
  });

  test('is what the page shows', () => {
    expect(readFileSync(path.resolve(__dirname, '../..', page), 'utf8')).toBe(render());
  });
});
