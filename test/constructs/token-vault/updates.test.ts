import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PrivateApi } from '../../../lib/constructs/private-api';
import type { TokenVaultProps } from '../../../lib/constructs/token-vault';
import { existingKey, existingTopic } from '../../_fixtures/construct-samples/construct-sample';
import { rendered, vpcIn } from '../support';
import { TENANTS, vaultStack } from './support';

type Make = (stack: Stack) => Partial<TokenVaultProps>;

const none: Make = () => ({});
const templates = new Map<Make, object>();

function templateOf(props: Make): object {
  const template = templates.get(props) ?? rendered(vaultStack(props)).toJSON();
  templates.set(props, template);
  return template;
}

/** What nobody gets back: where rows, keys, erasures and records are. */
const KEPT = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
];

/** What an update takes the place of, or away. */
function lost(before: object, after: object): string[] {
  const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  const losses = [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN];
  const found: string[] = [];
  fullDiff({ ...before }, { ...after }).resources.forEachDifference((id, change) => {
    if (losses.includes(change.changeImpact))
      found.push(`${change.newResourceType ?? change.oldResourceType} ${id}`);
  });
  // A version of a function is never changed: the alias goes on to the next one.
  return found.filter((each) => !each.startsWith('AWS::Lambda::Version ')).sort();
}

describe('an update replaces nothing', () => {
  test.each<[string, Make, Make]>([
    ['fewer days of recovery', none, () => ({ backupDays: 1 })],
    [
      'a tenant',
      none,
      () => ({ tenants: { ...TENANTS, market: { grantees: { payouts: ['reveal-full'] } } } }),
    ],
    [
      'a right',
      none,
      () => ({
        tenants: { shop: { grantees: { ...TENANTS.shop?.grantees, support: ['reveal-masked', 'erase'] } } },
      }),
    ],
    ['a type', none, () => ({ types: [{ name: 'iban', kind: 'text', format: 'random', searchable: true }] })],
    ['the mark of a restore', none, () => ({ restoreMark: '2026-11-22' })],
    ['a canary', none, () => ({ canaryTokens: ['a'.repeat(43)] })],
    ['more at a time', none, () => ({ concurrency: { create: 200 } })],
    ['other thresholds', none, () => ({ thresholds: { revealsPerGrantee: 5, creations: 5 } })],
    ['another owner', none, () => ({ owner: 'treasury@shop.example' })],
    [
      'administrators',
      none,
      (stack) => ({
        administrators: [new iam.Role(stack, 'A', { assumedBy: new iam.AccountRootPrincipal() })],
      }),
    ],
  ])('that brings %s', (_, before, after) => {
    expect(lost(templateOf(before), templateOf(after))).toEqual([]);
  });

  test.each<[string, Make]>([
    ['a topic of one’s own', (stack) => ({ alarmTopic: existingTopic(stack) })],
    ['an API in front', (stack) => ({ api: new PrivateApi(stack, 'Api', { vpc: vpcIn(stack) }) })],
    ['a key of one’s own for logs and the ledger', (stack) => ({ encryptionKey: existingKey(stack) })],
  ])('that holds data, where it brings %s', (_, after) => {
    const losses = lost(templateOf(none), templateOf(after)).filter(
      (each) => !/ VaultKey[0-9A-F]{8}$/.test(each),
    );
    expect(losses.filter((each) => KEPT.some((type) => each.startsWith(`${type} `)))).toEqual([]);
  });
});

test('another name changes what is derived, and no table: the documentation says so', () => {
  expect(
    lost(
      templateOf(none),
      templateOf(() => ({ vaultName: 'other' })),
    ),
  ).toEqual([]);
});
