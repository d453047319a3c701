import type { PackRule } from '../packs/pack';
import { defineRule, hopRule } from './define';
import { deniesPlaintext, deniesTlsBelow } from './denials';
import { isEncrypted } from './predicates';
import { NOT_APPLICABLE, type Rule } from './rule';

const BUCKET = 'AWS::S3::Bucket';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

/** Rules on S3 buckets, with their levels. */
export const S3_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'BucketDeniesPlaintext',
      title: 'the policy of a bucket denies every request that does not use TLS',
      risk: 'The endpoints of S3 answer plain HTTP too: a client that uses it shows objects and signed requests to whoever is on the path. Encryption at rest does not help, and nor does TLS of the services that write logs to the bucket.',
      fix: 'Add a statement to the PolicyDocument of its AWS::S3::BucketPolicy: Effect Deny, Principal "*", Action s3:*, Resource the ARN of the bucket and the ARN with /*, and Condition Bool aws:SecureTransport false and nothing else, since every further condition lets requests through. CDK: enforceSSL: true on the Bucket; left out there is none.',
      references: {
        pciDss: ['4.2.1', '2.2.7', '1.2.5', '2.2.5', '8.3.2'],
        awsConfig: ['S3_BUCKET_SSL_REQUESTS_ONLY'],
        gdpr: ['32(1)(a)'],
        securityHub: ['S3.5'],
        cwe: ['CWE-319'],
      },
      resourceTypes: [BUCKET, BUCKET_POLICY],
      reads: 'plaintext-denial',
      hops: ['s3.bucket'],
      judge: deniesPlaintext(
        'a Deny of s3:* on the bucket and its objects for aws:SecureTransport false alone',
      ),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'BucketRequiresTls12',
      title: 'the policy of a bucket states the lowest version of TLS',
      risk: 'None today: all endpoints of S3 require TLS 1.2 since February 2024. The statement keeps the demand visible in the template, and can ask for TLS 1.3.',
      fix: 'Add a statement with Effect Deny and Condition NumericLessThan s3:TlsVersion 1.2, beside the one for aws:SecureTransport: requests in clear have no version, so that it does not deny them. CDK: minimumTLSVersion: 1.2 with enforceSSL: true.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [BUCKET, BUCKET_POLICY],
      reads: 'plaintext-denial',
      hops: ['s3.bucket'],
      judge: deniesTlsBelow('TLSv1.2', 'a Deny for s3:TlsVersion below 1.2'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'WebsiteEndpointIsNotUsed',
      title: 'a bucket serves no website endpoint in clear',
      risk: 'Website endpoints of S3 know no TLS: pages and scripts can be read and changed on their way, and a changed script reads what is typed into the page.',
      fix: 'Remove WebsiteConfiguration and put CloudFront in front of the bucket, or let RedirectAllRequestsTo redirect with Protocol https. CDK: no websiteIndexDocument; S3BucketOrigin.withOriginAccessControl(bucket).',
      references: { pciDss: ['4.2.1', '2.2.7', '6.4.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [BUCKET],
      hops: ['s3.bucket'],
      judge: (hop, context) =>
        hop.label === 'website'
          ? isEncrypted('left out, or a redirect of everything to https')(hop, context)
          : NOT_APPLICABLE,
    }),
  },
];

/** Rules on S3 buckets. */
export const S3_RULES: readonly Rule[] = S3_PACK_ROWS.map(({ rule }) => rule);
