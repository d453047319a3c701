import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AuditTrail, type AuditTrailProps } from '../../../lib/constructs/audit-trail';
import { existingKey } from '../../_fixtures/construct-samples/construct-sample';
import { rendered, resourcesOf, stackIn } from '../support';

function define(props: AuditTrailProps = {}) {
  const stack = stackIn('eu-west-1');
  return { stack, trail: new AuditTrail(stack, 'Trail', props) };
}

const AUDITOR = 'arn:aws:iam::111122223333:role/auditor';

function denial(stack: Stack): Record<string, unknown> | undefined {
  const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
  const statements: Record<string, unknown>[] = key?.Properties.KeyPolicy.Statement;
  return statements.find(({ Sid }) => Sid === 'AuditorsAloneDecrypt');
}

function exempted(stack: Stack): unknown {
  const { Condition: condition } = denial(stack) ?? {};
  return (condition as { ArnNotLike: Record<string, unknown> }).ArnNotLike['aws:PrincipalArn'];
}

describe('who may decrypt', () => {
  test('is decided by IAM policies where no auditors are named', () => {
    expect(denial(define().stack)).toBeUndefined();
  });

  test('are the auditors alone, and services, which read for nobody', () => {
    const { stack } = define({ auditors: [new iam.ArnPrincipal(AUDITOR)] });
    expect(denial(stack)).toEqual({
      Sid: 'AuditorsAloneDecrypt',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:Decrypt', 'kms:ReEncryptFrom'],
      Resource: '*',
      Condition: {
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
        ArnNotLike: { 'aws:PrincipalArn': [AUDITOR] },
      },
    });
  });

  test('are those whom a grant lets in, too, each once', () => {
    const { stack, trail } = define({ auditors: [new iam.ArnPrincipal(AUDITOR)] });
    const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    for (let time = 0; time < 2; time++) trail.grantRead(role).assertSuccess();
    expect(exempted(stack)).toEqual([AUDITOR, { 'Fn::GetAtt': ['ReaderF7BF189D', 'Arn'] }]);
  });

  test('is nobody where the list is empty', () => {
    const { stack } = define({ auditors: [] });
    expect(exempted(stack)).toEqual(['arn:*:iam::*:role/aws-reserved/nobody']);
  });

  test.each<[string, iam.IPrincipal, string]>([
    ['an account', new iam.AccountPrincipal('111122223333'), ':iam::111122223333:root'],
    ['a service', new iam.ServicePrincipal('athena.amazonaws.com'), '{"Service":["athena.amazonaws.com"]}'],
    ['everybody', new iam.StarPrincipal(), '["*"]'],
    ['a pattern', new iam.ArnPrincipal('arn:aws:iam::111122223333:role/*'), 'role/*'],
  ])('is never %s', (_, principal, got) => {
    expect(() => define({ auditors: [principal] })).toThrow(
      "Stack/Trail: 'auditors' must be roles or users, got ",
    );
    expect(() => define({ auditors: [principal] })).toThrow(got);
  });

  test('cannot be limited by a key whose policy is not extended', () => {
    const stack = stackIn('eu-west-1');
    expect(() => new AuditTrail(stack, 'Trail', { encryptionKey: existingKey(stack), auditors: [] })).toThrow(
      "Stack/Trail: 'auditors' must be left out with an imported 'encryptionKey', whose policy is not extended, name them in its own policy or let the trail make a key",
    );
  });
});

describe('the trail of an organisation', () => {
  const organization = { organizationId: 'o-a1b2c3d4e5', managementAccountId: '999988887777' };
  const TRAIL_ARN = 'arn:aws:cloudtrail:eu-west-1:999988887777:trail/Stack-Trail-FE9DBB82';

  test('records every account, and is owned by the management account', () => {
    const { stack, trail } = define({ organization });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { IsOrganizationTrail: true });
    expect(stack.resolve(trail.trailArn)).toBe(TRAIL_ARN);
  });

  test('may write below the paths of organisation and both accounts, for itself alone', () => {
    const { stack } = define({ organization });
    const policies = Object.values(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    const own = policies.find(({ Properties }) => Properties.Bucket.Ref.startsWith('TrailBucket'));
    const document = own?.Properties.PolicyDocument;
    const paths = { 'Fn::GetAtt': ['TrailBucket7F7024F7', 'Arn'] };
    expect(document.Statement).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: [
        { 'Fn::Join': ['', [paths, '/AWSLogs/', { Ref: 'AWS::AccountId' }, '/*']] },
        { 'Fn::Join': ['', [paths, '/AWSLogs/999988887777/*']] },
        { 'Fn::Join': ['', [paths, '/AWSLogs/o-a1b2c3d4e5/*']] },
      ],
      Condition: {
        ArnLike: { 'aws:SourceArn': TRAIL_ARN },
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    });
    // Every statement names the trail as its owner does: else the bucket of a delegated administrator stays empty.
    const sources = JSON.stringify(document).match(/"aws:SourceArn":"[^"]*"/g);
    expect(new Set(sources)).toEqual(new Set([`"aws:SourceArn":"${TRAIL_ARN}"`]));
    const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(JSON.stringify(key)).toContain(`"kms:EncryptionContext:aws:cloudtrail:arn":["${TRAIL_ARN}"]`);
  });

  test('made in the management account writes below the paths of organisation and account', () => {
    const { stack } = define({ organization: { organizationId: 'o-a1b2c3d4e5' } });
    const policies = JSON.stringify(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    expect(policies).toContain('/AWSLogs/o-a1b2c3d4e5/*');
  });

  test.each([['o-short'], ['O-A1B2C3D4E5'], ['ou-a1b2-c3d4e5f6'], ['o-a1b2c3d4e5/*']])(
    'has no id like %j',
    (organizationId) => {
      expect(() => define({ organization: { organizationId } })).toThrow(
        `Stack/Trail: 'organization.organizationId' must be o- and 10 to 32 lower-case letters and digits, got ${JSON.stringify(organizationId)}, copy it from aws organizations describe-organization`,
      );
    },
  );

  test('has a management account of twelve digits', () => {
    const wrong = { organizationId: 'o-a1b2c3d4e5', managementAccountId: '9999-8888-7777' };
    expect(() => define({ organization: wrong })).toThrow(
      'Stack/Trail: \'organization.managementAccountId\' must be the twelve digits of an account, got "9999-8888-7777", copy it from aws organizations describe-organization',
    );
  });

  test('may be known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const organizationId = new CfnParameter(stack, 'Organization').valueAsString;
    new AuditTrail(stack, 'Trail', { organization: { organizationId } });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::S3::BucketPolicy'))).toContain('{"Ref":"Organization"}');
  });
});

describe('files stay at hand for three months', () => {
  const lifecycle = (stack: Stack) => {
    const [, bucket] = Object.entries(resourcesOf(stack, 'AWS::S3::Bucket')).find(([id]) =>
      id.startsWith('TrailBucket'),
    ) ?? ['', undefined];
    const rules: { Transitions?: { StorageClass: string; TransitionInDays: number }[] }[] =
      bucket?.Properties.LifecycleConfiguration.Rules;
    return rules.flatMap(({ Transitions = [] }) => Transitions);
  };

  test('and are read at once for as long as they are kept, unless an archive is asked for', () => {
    expect(lifecycle(define().stack)).toEqual([{ StorageClass: 'STANDARD_IA', TransitionInDays: 90 }]);
    expect(lifecycle(define({ archiveAfter: Duration.days(180) }).stack)).toEqual([
      { StorageClass: 'STANDARD_IA', TransitionInDays: 90 },
      { StorageClass: 'GLACIER', TransitionInDays: 180 },
    ]);
  });

  test.each([Duration.days(119), Duration.days(30), Duration.hours(24 * 150 + 1)])(
    'not with an archive after %s',
    (archiveAfter) => {
      expect(() => define({ archiveAfter })).toThrow(
        `Stack/Trail: 'archiveAfter' must be whole days, at least 120: PCI DSS 10.5.1 wants three months at hand, and Amazon S3 a month in the class between, got ${archiveAfter.toHumanString()}`,
      );
    },
  );
});
