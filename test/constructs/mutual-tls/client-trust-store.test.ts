import { Fn, type Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ClientTrustStore,
  type ClientTrustStoreProps,
  type PinnedObject,
  TrustMaterialBucket,
} from '../../../lib/constructs/mutual-tls';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';

const TRUST_STORE = 'AWS::ElasticLoadBalancingV2::TrustStore';
const REVOCATION = 'AWS::ElasticLoadBalancingV2::TrustStoreRevocation';
const AUTHORITIES: PinnedObject = { key: 'partners.pem', version: 'v1' };

function define(stack: Stack, props: Partial<ClientTrustStoreProps> = {}): ClientTrustStore {
  const bucket = props.bucket ?? new TrustMaterialBucket(stack, 'Trust').bucket;
  return new ClientTrustStore(stack, 'Partners', { caCertificates: AUTHORITIES, ...props, bucket });
}

describe('ClientTrustStore', () => {
  test('holds the bundle in the version that is named, and revokes nothing', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    rendered(stack).hasResourceProperties(TRUST_STORE, {
      CaCertificatesBundleS3Bucket: { Ref: bucket },
      CaCertificatesBundleS3Key: 'partners.pem',
      CaCertificatesBundleS3ObjectVersion: 'v1',
    });
    rendered(stack).resourceCountIs(REVOCATION, 0);
  });

  test('revokes by lists in the versions that are named', () => {
    const stack = stackIn('eu-west-1');
    const { trustStoreArn } = define(stack, {
      revocationLists: [
        { key: 'one.crl', version: 'v2' },
        { key: 'two.crl', version: 'v3' },
      ],
    });
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    const list = { RevocationType: 'CRL', S3Bucket: { Ref: bucket } };
    rendered(stack).hasResourceProperties(REVOCATION, {
      TrustStoreArn: stack.resolve(trustStoreArn),
      RevocationContents: [
        { ...list, S3Key: 'one.crl', S3ObjectVersion: 'v2' },
        { ...list, S3Key: 'two.crl', S3ObjectVersion: 'v3' },
      ],
    });
  });

  test('takes a bucket of another app, and values that are not known yet', () => {
    const stack = stackIn('eu-west-1');
    const bucket = s3.Bucket.fromBucketName(stack, 'Trust', 'trust');
    const caCertificates = { key: Fn.importValue('Key'), version: Fn.importValue('Version') };
    define(stack, { bucket, caCertificates });
    rendered(stack).hasResourceProperties(TRUST_STORE, {
      CaCertificatesBundleS3ObjectVersion: { 'Fn::ImportValue': 'Version' },
    });
  });

  test('of another app is known by its ARN, and so is its region', () => {
    const trustStoreArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/partners/1';
    const imported = ClientTrustStore.fromClientTrustStoreAttributes(stackIn(), 'Imported', {
      trustStoreArn,
    });
    expect([imported.trustStoreArn, imported.env.region]).toEqual([trustStoreArn, 'eu-west-1']);
  });

  test('has no finding by our pack and no error by cdk-nag', () => {
    const stack = stackIn('eu-west-1');
    const trustStore = define(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(trustStore)).toEqual([]);
  });
});

describe('ClientTrustStore refuses', () => {
  test('a bucket that keeps no versions', () => {
    const stack = stackIn('eu-west-1');
    const bucket = new s3.Bucket(stack, 'Plain');
    expect(() => define(stack, { bucket })).toThrow(
      "Stack/Partners: 'bucket' must keep versions, so that one that never changes can be named, 'Stack/Plain' keeps none, use a TrustMaterialBucket",
    );
  });

  test.each<[string | undefined, string]>([
    ['', '""'],
    ['null', '"null"'],
    ['latest', '"latest"'],
    [undefined, 'none'],
  ])('the version %j', (version, got) => {
    const unpinned = { key: 'partners.pem', version } as PinnedObject;
    const message = `must have a version, as S3 gave it out on upload, got ${got}, or whoever writes the object decides whom the load balancer trusts`;
    expect(() => define(stackIn(), { caCertificates: unpinned })).toThrow(
      `Stack/Partners: 'caCertificates' ${message}`,
    );
    expect(() => define(stackIn(), { revocationLists: [AUTHORITIES, unpinned] })).toThrow(
      `Stack/Partners: 'revocationLists[1]' ${message}`,
    );
  });

  test.each([
    ['', 0],
    ['é'.repeat(513), 1026],
  ])('a key of %#', (key, got) => {
    expect(() => define(stackIn(), { caCertificates: { key, version: 'v1' } })).toThrow(
      `Stack/Partners: 'caCertificates' must have a key of 1 to 1024 bytes, got ${got}`,
    );
  });

  test('more lists than a trust store holds', () => {
    const revocationLists = Array.from({ length: 31 }, (_, index) => ({ key: `${index}.crl`, version: 'v' }));
    expect(() => define(stackIn(), { revocationLists })).toThrow(
      "Stack/Partners: 'revocationLists' must hold at most 30 lists, got 31, merge the lists of one authority",
    );
  });
});
