import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ViewerTrustStore, type ViewerTrustStoreProps } from '../../../lib/constructs/distribution';
import { TrustMaterialBucket } from '../../../lib/constructs/mutual-tls';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';

const TRUST_STORE = 'AWS::CloudFront::TrustStore';
const CA_CERTIFICATES = { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' };
const REASON = 'Certificates of the devices end after a day, and their authority has no responder.';

function define(region = 'us-east-1', props: Partial<ViewerTrustStoreProps> = {}) {
  const stack = stackIn(region);
  const { bucket } = new TrustMaterialBucket(stack, 'Material');
  const store = new ViewerTrustStore(stack, 'Partners', {
    bucket,
    caCertificates: CA_CERTIFICATES,
    ...props,
  });
  return { stack, bucket, store };
}

describe('ViewerTrustStore', () => {
  test('trusts one version of a bundle, and asks whether certificates are revoked', () => {
    const { stack, bucket } = define();
    rendered(stack).hasResource(TRUST_STORE, {
      Metadata: Match.absent(),
      Properties: {
        Name: 'Stack-Partners-2FBFA4BC',
        CaCertificatesBundleSource: {
          CaCertificatesBundleS3Location: {
            Bucket: stack.resolve(bucket.bucketName),
            Key: CA_CERTIFICATES.key,
            Region: 'us-east-1',
            Version: CA_CERTIFICATES.version,
          },
        },
        UseClientCertificateOCSPEndpoint: true,
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('has one error by cdk-nag, on the bucket of public certificates', () => {
    // Nobody reads what is secret there: who may write is recorded by CloudTrail.
    expect(nagErrorsOf(define().stack)).toEqual(['AwsSolutions-S1']);
  });

  test('asks for no revocations where a reason says why, in the template too', () => {
    const { stack } = define('us-east-1', { withoutRevocationChecksReason: REASON });
    rendered(stack).hasResource(TRUST_STORE, {
      Metadata: { SecureTransmission: { withoutRevocationChecks: REASON } },
      Properties: Match.objectLike({ UseClientCertificateOCSPEndpoint: false }),
    });
  });

  test('is known by the id that CloudFront gave it', () => {
    const { stack, store } = define();
    const imported = ViewerTrustStore.fromViewerTrustStoreAttributes(stack, 'Imported', {
      trustStoreId: 'ts_1',
    });
    expect(imported.trustStoreId).toBe('ts_1');
    const [id, ...others] = Object.keys(resourcesOf(stack, TRUST_STORE));
    expect(stack.resolve(store.trustStoreId)).toEqual({ 'Fn::GetAtt': [id, 'Id'] });
    expect(others).toEqual([]);
  });

  test('takes a bundle of a bucket in another region, and one that is not known yet', () => {
    const stack = stackIn('us-east-1');
    const value = (id: string) => new CfnParameter(stack, id).valueAsString;
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Material', {
      bucketName: 'material',
      region: 'eu-west-1',
    });
    const caCertificates = { key: value('Key'), version: value('Version') };
    new ViewerTrustStore(stack, 'Partners', { bucket, caCertificates });
    rendered(stack).hasResourceProperties(TRUST_STORE, {
      CaCertificatesBundleSource: {
        CaCertificatesBundleS3Location: {
          Bucket: 'material',
          Region: 'eu-west-1',
          Key: { Ref: 'Key' },
          Version: { Ref: 'Version' },
        },
      },
    });
  });
});

describe('ViewerTrustStore refuses', () => {
  test('another region', () => {
    expect(() => define('eu-west-1')).toThrow(
      "Stack/Partners: the stack of a trust store of viewers must be in us-east-1, got eu-west-1, set 'env: { region: 'us-east-1' }' on it",
    );
  });

  test('a bucket that keeps no versions', () => {
    const stack = stackIn('us-east-1');
    const bucket = new s3.Bucket(stack, 'Material');
    expect(
      () => new ViewerTrustStore(stack, 'Partners', { bucket, caCertificates: CA_CERTIFICATES }),
    ).toThrow(
      "Stack/Partners: 'bucket' must keep versions, so that one that never changes can be named, 'Stack/Material' keeps none, use a TrustMaterialBucket",
    );
  });

  test.each([
    ['', '""'],
    ['null', '"null"'],
    ['latest', '"latest"'],
    [undefined as unknown as string, 'none'],
  ])('the version %j, which changes with every write', (version, got) => {
    expect(() => define('us-east-1', { caCertificates: { key: 'a.pem', version } })).toThrow(
      `Stack/Partners: 'caCertificates' must have a version, as S3 gave it out on upload, got ${got}, or whoever writes the object decides whom the distribution trusts`,
    );
  });

  test.each([
    ['', 0],
    ['k'.repeat(1025), 1025],
  ])('a key of %d bytes', (key, bytes) => {
    expect(() => define('us-east-1', { caCertificates: { key, version: '1' } })).toThrow(
      `Stack/Partners: 'caCertificates' must have a key of 1 to 1024 bytes, got ${bytes}`,
    );
  });

  test('to be without revocations for no reason', () => {
    expect(() => define('us-east-1', { withoutRevocationChecksReason: 'slow' })).toThrow(
      "Stack/Partners: 'withoutRevocationChecksReason' must be a sentence of 20 to 500 characters",
    );
  });
});
