import type { Digest } from '../../../lib/live/trail-digests/digest-file';
import { readDigest } from '../../../lib/live/trail-digests/digest-file';
import { signedText } from '../../../lib/live/trail-digests/signature';

const digest = (more: Partial<Digest>): Digest => ({
  bucket: 'S3-bucket-name',
  key: 'AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/12/111122223333_us-east-2_CloudTrail-Digest_us-east-2_20150812T040131Z.json.gz',
  startTime: '2015-08-12T03:01:31Z',
  endTime: '2015-08-12T04:01:31Z',
  fingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
  previous: undefined,
  files: [],
  ...more,
});

test('the text that is signed is that of the documentation', () => {
  const previous = { key: 'before', hash: '0'.repeat(64), signature: '6e8540b83c3ac86a' };
  const hash = '4ff08d7c6ecd6eb313257e839645d20363ee3784a2328a7d76b99b53cc9bcacd';
  expect(signedText(digest({ previous }), hash)).toBe(
    [
      '2015-08-12T04:01:31Z',
      'S3-bucket-name/AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/12/111122223333_us-east-2_CloudTrail-Digest_us-east-2_20150812T040131Z.json.gz',
      hash,
      '6e8540b83c3ac86a',
    ].join('\n'),
  );
});

/** What the tests of the AWS CLI expect: `test_properly_signs_when_no_previous_signature`. */
test('the text of a first digest ends with null, as the AWS CLI expects it', () => {
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(signedText(digest({ endTime: 'a', bucket: 'b', key: 'c' }), hash)).toBe(`a\nb/c\n${hash}\nnull`);
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html */
const DOCUMENTED = {
  awsAccountId: '111122223333',
  digestStartTime: '2015-08-17T14:01:31Z',
  digestEndTime: '2015-08-17T15:01:31Z',
  digestS3Bucket: 'S3-bucket-name',
  digestS3Object:
    'AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/111122223333_CloudTrail-Digest_us-east-2_your-trail-name_us-east-2_20150817T150131Z.json.gz',
  digestPublicKeyFingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
  digestSignatureAlgorithm: 'SHA256withRSA',
  newestEventTime: '2015-08-17T14:52:27Z',
  oldestEventTime: '2015-08-17T14:42:27Z',
  previousDigestS3Bucket: 'S3-bucket-name',
  previousDigestS3Object:
    'AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/111122223333_CloudTrail-Digest_us-east-2_your-trail-name_us-east-2_20150817T140131Z.json.gz',
  previousDigestHashValue: '97fb791cf91ffc440d274f8190dbdd9aa09c34432aba82739df18b6d3c13df2d',
  previousDigestHashAlgorithm: 'SHA-256',
  previousDigestSignature: `50887ccffad4c002${'0'.repeat(496)}`,
  logFiles: [
    {
      s3Bucket: 'S3-bucket-name',
      s3Object:
        'AWSLogs/111122223333/CloudTrail/us-east-2/2015/08/17/111122223333_CloudTrail_us-east-2_20150817T1445Z_9nYN7gp2eWAJHIfT.json.gz',
      hashValue: '9bb6196fc6b84d6f075a56548feca262bd99ba3c2de41b618e5b6e22c1fc71f6',
      hashAlgorithm: 'SHA-256',
    },
  ],
};

test('the digest of the documentation is read', () => {
  expect(readDigest(JSON.stringify(DOCUMENTED))).toMatchObject({
    endTime: '2015-08-17T15:01:31Z',
    previous: { hash: DOCUMENTED.previousDigestHashValue },
    files: [{ hash: DOCUMENTED.logFiles[0]?.hashValue }],
  });
});

test.each<[object | string, string]>([
  ['{', 'is no JSON object'],
  [{ digestS3Object: undefined }, 'does not say where it lies'],
  [{ digestS3Object: 'a'.repeat(1025) }, 'does not say where it lies'],
  [{ digestEndTime: 'yesterday' }, 'does not say which time it covers'],
  [{ digestPublicKeyFingerprint: 'x' }, 'does not say by which key it is signed'],
  [{ digestSignatureAlgorithm: 'none' }, 'is signed in a way that is not known here'],
  [{ previousDigestSignature: null }, 'names the digest before it in a way that is not known here'],
  [{ previousDigestSignature: 'zz' }, 'names the digest before it in a way that is not known here'],
  [{ logFiles: undefined }, 'names log files in a way that is not known here'],
  [{ logFiles: [{ ...DOCUMENTED.logFiles[0], hashAlgorithm: 'MD5' }] }, 'names log files in a way that'],
])('what is no digest says why: %j', (more, why) => {
  const text = typeof more === 'string' ? more : JSON.stringify({ ...DOCUMENTED, ...more });
  expect(readDigest(text)).toEqual(expect.stringContaining(why));
});
