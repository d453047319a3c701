import type { PackRule } from '../../packs/pack';
import { each, isOneOf, propertyRow } from '../property';
import { ACCESS, EXPOSURE } from './requirements';
import { keepsControl } from './s3-policy-control';
import { blocksPublicAccess, isNotPublic } from './s3-public-access';

const BUCKET = 'AWS::S3::Bucket';

/** Rules on who reaches buckets, with their levels. */
export const S3_EXPOSURE_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'BucketIsNotPublic',
    title: 'a bucket lets in nobody whom it does not know',
    risk: 'Everybody on the internet reads, lists or overwrites objects; names of buckets are found by trying.',
    fix: 'Remove the statement that allows Principal "*", or narrow it by a condition on aws:SourceVpce, aws:PrincipalOrgID or the like; leave AccessControl out; and turn PublicAccessBlockConfiguration on. CDK: no publicReadAccess and no grantPublicAccess; serve pages by S3BucketOrigin.withOriginAccessControl(bucket).',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['S3.2', 'S3.3'],
      cwe: ['CWE-284'],
      awsConfig: ['S3_BUCKET_PUBLIC_READ_PROHIBITED', 'S3_BUCKET_PUBLIC_WRITE_PROHIBITED'],
    },
    resourceTypes: [BUCKET],
    test: isNotPublic,
  }),
  propertyRow('warning', {
    id: 'BucketBlocksPublicAccess',
    title: 'a bucket cannot be made public',
    risk: 'One statement too wide, or one object with a public list, and everybody on the internet reads it.',
    fix: 'Leave PublicAccessBlockConfiguration out, since new buckets block public access by themselves, or set all of BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy and RestrictPublicBuckets to true: what a written block leaves out is off. CDK: blockPublicAccess: BlockPublicAccess.BLOCK_ALL, which is the default; BLOCK_ACLS leaves policies open unless @aws-cdk/aws-s3:publicAccessBlockedByDefault is set.',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['S3.8'],
      cwe: ['CWE-284'],
      awsConfig: ['S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'],
    },
    resourceTypes: [BUCKET],
    test: blocksPublicAccess,
  }),
  propertyRow('warning', {
    id: 'AccessPointBlocksPublicAccess',
    title: 'an access point of S3 cannot be made public',
    risk: 'One statement too wide in its policy, and everybody on the internet comes to the objects by it.',
    fix: 'Leave PublicAccessBlockConfiguration out, since access points block public access by themselves, or set all four of its settings to true; they cannot be changed later, so that a new access point is made. CDK: CfnAccessPoint.publicAccessBlockConfiguration, CfnMultiRegionAccessPoint.publicAccessBlockConfiguration.',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['S3.19', 'S3.24'],
      cwe: ['CWE-284'],
      awsConfig: ['S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS'],
    },
    resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
    test: blocksPublicAccess,
  }),
  propertyRow('warning', {
    id: 'BucketPolicyKeepsControl',
    title: 'the policy of a bucket hands its control to no other account',
    risk: 'An account that may change the policy, the lists or the encryption of the bucket lets in whom it likes, and locks its owner out.',
    fix: 'Take s3:PutBucketPolicy, s3:DeleteBucketPolicy, s3:PutBucketAcl, s3:PutObjectAcl and s3:PutEncryptionConfiguration, and patterns such as s3:* and s3:Put*, out of statements for principals of other accounts. CDK: grantRead and grantPut on the bucket, which name what is needed, instead of a PolicyStatement with s3:*.',
    references: {
      pciDss: [...ACCESS, '7.2.6'],
      gdpr: ['32(1)(b)', '32(4)'],
      securityHub: ['S3.6'],
      cwe: ['CWE-732'],
      awsConfig: ['S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED'],
    },
    resourceTypes: ['AWS::S3::BucketPolicy'],
    test: keepsControl,
  }),
  propertyRow('info', {
    id: 'BucketIsOpenedByPoliciesOnly',
    title: 'access to a bucket is decided by policies, not by lists on each object',
    risk: 'Lists on objects let in, or shut out, whom no policy shows: who put an object may keep its owner from it.',
    fix: 'Leave OwnershipControls out, since new buckets have no lists, or set ObjectOwnership to BucketOwnerEnforced. CDK: objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED; accessControl turns lists on again.',
    references: {
      pciDss: ACCESS,
      gdpr: ['32(1)(b)'],
      securityHub: ['S3.12'],
      cwe: ['CWE-284'],
      awsConfig: ['S3_BUCKET_ACL_PROHIBITED'],
    },
    resourceTypes: [BUCKET],
    test: each('OwnershipControls.Rules', isOneOf('ObjectOwnership', ['BucketOwnerEnforced'])),
  }),
];
