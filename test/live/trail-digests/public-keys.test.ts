import { readPublicKeys } from '../../../lib/live/trail-digests';

/**
 * What the documentation shows `aws cloudtrail list-public-keys` to print: keys of AWS, in both forms.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
const DOCUMENTED = {
  publicKeyList: [
    {
      ValidityStartTime: '1436317441.0',
      ValidityEndTime: '1438909441.0',
      Value:
        'MIIBCgKCAQEAn11L2YZ9h7onug2ILi1MWyHiMRsTQjfWE+pHVRLk1QjfWhirG+lpOa8NrwQ/r7Ah5bNL6HepznOU9XTDSfmmnP97mqyc7z/upfZdS/AHhYcGaz7n6Wc/RRBU6VmiPCrAUojuSk6/GjvA8iOPFsYDuBtviXarvuLPlrT9kAd4Lb+rFfR5peEgBEkhlzc5HuWO7S0y+KunqxX6jQBnXGMtxmPBPP0FylgWGNdFtks/4YSKcgqwH0YDcawP9GGGDAeCIqPWIXDLG1jOjRRzWfCmD0iJUkz8vTsn4hq/5ZxRFE7UBAUiVcGbdnDdvVfhF9C3dQiDq3k7adQIziLT0cShgQIDAQAB',
      Fingerprint: '8eba5db5bea9b640d1c96a77256fe7f2',
    },
    {
      ValidityStartTime: '1434589370.0',
      ValidityEndTime: '1437181370.0',
      Value:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqlzPJbvZJ42UdcmLfPUqXYNfOs6I8lCfao/tOs8CmzPOEdtLWugB9xoIUz78qVHdKIqxbaG4jWHfJBiOSSFBM0lt8cdVo4TnRa7oG9io5pysS6DJhBBAeXsicufsiFJR+wrUNh8RSLxL4k6G1+BhLX20tJkZ/erT97tDGBujAelqseGg3vPZbTx9SMfOLN65PdLFudLP7Gat0Z9p5jw/rjpclKfo9Bfc3heeBxWGKwBBOKnFAaN9V57pOaosCvPKmHd9bg7jsQkI9Xp22IzGLsTFJZYVA3KiTAElDMu80iFXPHEq9hKNbt9e4URFam+1utKVEiLkR2disdCmPTK0VQIDAQAB',
      Fingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
    },
  ],
};

test('the keys of the documentation are read, in both of its forms, and have their fingerprints', () => {
  const keys = readPublicKeys(JSON.stringify(DOCUMENTED), 'keys.json');
  expect([...keys.keys()]).toEqual(['8eba5db5bea9b640d1c96a77256fe7f2', '31e8b5433410dfb61a9dc45cc65b22ff']);
  for (const key of keys.values()) {
    expect([key.asymmetricKeyType, key.asymmetricKeyDetails?.modulusLength]).toEqual(['rsa', 2048]);
  }
});

const [first] = DOCUMENTED.publicKeyList;

test.each<[string, string, string]>([
  ['no JSON', 'keys', 'is no JSON, it must be what aws cloudtrail list-public-keys prints as JSON'],
  ['something else', '{"Keys":[]}', 'holds no PublicKeyList, it must be what'],
  ['an empty list', '{"PublicKeyList":[]}', 'holds no key: without times it lists those of now alone'],
  [
    'a key without a value',
    '{"PublicKeyList":[{"Fingerprint":"a"}]}',
    'holds a key without Value or Fingerprint',
  ],
  [
    'a key under the name of another',
    JSON.stringify({ PublicKeyList: [{ ...first, Fingerprint: '31e8b5433410dfb61a9dc45cc65b22ff' }] }),
    'holds the fingerprint 31e8b5433410dfb61a9dc45cc65b22ff for a key that has another one (8eba5db5bea9b640d1c96a77256fe7f2), fetch the keys again',
  ],
  [
    'bytes that are no key',
    JSON.stringify({ PublicKeyList: [{ Value: 'AAAA', Fingerprint: '693e9af84d3dfcc71e640e005bdc5e2e' }] }),
    'holds a key that is not of RSA (693e9af84d3dfcc71e640e005bdc5e2e), fetch the keys again',
  ],
])('%s is refused', (_, text, message) => {
  expect(() => readPublicKeys(text, 'keys.json')).toThrow(`keys.json: ${message}`);
});
