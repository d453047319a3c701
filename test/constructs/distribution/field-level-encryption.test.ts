import { generateKeyPairSync } from 'node:crypto';
import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  FieldLevelEncryption,
  type FieldLevelEncryptionProps,
  type TlsBehaviorProps,
  TlsOrigin,
} from '../../../lib/constructs/distribution';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';
import { configurationOf, define, someOrigin } from './edge';

const KEY = 'AWS::CloudFront::PublicKey';
const PROFILE = 'AWS::CloudFront::FieldLevelEncryptionProfile';
const CONFIG = 'AWS::CloudFront::FieldLevelEncryptionConfig';
const REASON = 'The page sends its basket as JSON to the same path, without any card number.';
const ALL = cloudfront.AllowedMethods.ALLOW_ALL;

const rsa = (modulusLength: number, publicExponent = 0x10001) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicExponent,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const PAIR = rsa(2048);
const { publicKey: OTHER } = rsa(2048);

function defineIn(
  stack: ReturnType<typeof stackIn>,
  props: Partial<FieldLevelEncryptionProps> = {},
): FieldLevelEncryption {
  return new FieldLevelEncryption(stack, 'Card', {
    publicKey: PAIR.publicKey,
    fields: ['cardNumber', 'cvc*'],
    provider: 'payments',
    ...props,
  });
}

function defined(props?: Partial<FieldLevelEncryptionProps>) {
  const stack = stackIn('us-east-1');
  return { stack, encryption: defineIn(stack, props) };
}

describe('FieldLevelEncryption', () => {
  test('encrypts fields of forms by a public key, and refuses every other body', () => {
    const { stack } = defined();
    const [key] = Object.keys(resourcesOf(stack, KEY));
    const [profile] = Object.keys(resourcesOf(stack, PROFILE));
    rendered(stack).hasResourceProperties(KEY, {
      // Both are unique in the account, so that they begin with the name of the stack.
      PublicKeyConfig: {
        EncodedKey: PAIR.publicKey,
        Name: Match.stringLikeRegexp('^Stack-Card-133BC9E5-[0-9a-f]{16}$'),
        CallerReference: Match.stringLikeRegexp('^Stack-Card-133BC9E5-[0-9a-f]{16}$'),
      },
    });
    rendered(stack).hasResourceProperties(PROFILE, {
      FieldLevelEncryptionProfileConfig: {
        Name: 'Stack-Card-133BC9E5',
        CallerReference: 'Stack-Card-133BC9E5-profile',
        EncryptionEntities: [
          {
            PublicKeyId: { Ref: key },
            ProviderId: 'payments',
            FieldPatterns: ['cardNumber', 'cvc*'],
          },
        ],
      },
    });
    rendered(stack).hasResource(CONFIG, {
      Metadata: Match.absent(),
      Properties: {
        CallerReference: 'Stack-Card-133BC9E5-config',
        ContentTypeProfileConfig: {
          ForwardWhenContentTypeIsUnknown: false,
          ContentTypeProfiles: [
            {
              ContentType: 'application/x-www-form-urlencoded',
              Format: 'URLEncoded',
              ProfileId: { 'Fn::GetAtt': [profile, 'Id'] },
            },
          ],
        },
        QueryArgProfileConfig: { ForwardWhenQueryArgProfileIsUnknown: false, QueryArgProfiles: [] },
      },
    });
  });

  test('makes another key another resource, so that CloudFront has both for a while', () => {
    const [first] = Object.keys(resourcesOf(defined().stack, KEY));
    const [same] = Object.keys(resourcesOf(defined().stack, KEY));
    const [second] = Object.keys(resourcesOf(defined({ publicKey: OTHER }).stack, KEY));
    expect(same).toBe(first);
    expect(second).not.toBe(first);
    const [profile] = Object.keys(resourcesOf(defined().stack, PROFILE));
    expect(Object.keys(resourcesOf(defined({ publicKey: OTHER }).stack, PROFILE))).toEqual([profile]);
  });

  test('takes a key in the form that CloudFront gives back, whatever its line ends', () => {
    const { stack } = defined({ publicKey: `  ${PAIR.publicKey.trim().replaceAll('\n', '\r\n')}` });
    rendered(stack).hasResourceProperties(KEY, {
      PublicKeyConfig: Match.objectLike({ EncodedKey: PAIR.publicKey }),
    });
  });

  test('lets other bodies through where a reason says why, in the template too', () => {
    const { stack } = defined({ otherContentTypesReason: REASON });
    rendered(stack).hasResource(CONFIG, {
      Metadata: { SecureTransmission: { otherContentTypes: REASON } },
      Properties: Match.objectLike({
        ContentTypeProfileConfig: Match.objectLike({ ForwardWhenContentTypeIsUnknown: true }),
      }),
    });
  });

  test('may have a provider that is not known yet', () => {
    const stack = stackIn('us-east-1');
    const provider = new CfnParameter(stack, 'Provider').valueAsString;
    expect(() => defineIn(stack, { provider })).not.toThrow();
  });
});

describe('FieldLevelEncryption refuses', () => {
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  test.each([
    [
      'RSA with 4096 bits',
      rsa(4096).publicKey,
      'must be an RSA key of 2048 bits, which is all that CloudFront takes, got RSA with 4096',
    ],
    [
      'an elliptic curve',
      ec.publicKey,
      'must be an RSA key of 2048 bits, which is all that CloudFront takes, got ec',
    ],
    [
      'a small exponent',
      rsa(2048, 3).publicKey,
      'must have a public exponent of 65537 or more, got 3, make a new pair',
    ],
    [
      'no PEM at all',
      'MIIBIjANBgkqhkiG9w0',
      "must be a public key in PEM that begins with '-----BEGIN PUBLIC KEY-----', give what 'openssl rsa -pubout' prints",
    ],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      "must be a public key in PEM that begins with '-----BEGIN PUBLIC KEY-----', give what 'openssl rsa -pubout' prints",
    ],
    [
      'a broken one',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
      "must be a public key in PEM, got one that cannot be read, give what 'openssl rsa -pubout' prints",
    ],
  ])('%s as a key', (_, publicKey, problem) => {
    expect(() => defined({ publicKey })).toThrow(`Stack/Card: 'publicKey' ${problem}`);
  });

  test.each([
    ['alone', PAIR.privateKey],
    ['after the public one', `${PAIR.publicKey}${PAIR.privateKey}`],
    ['of the older form', PAIR.privateKey.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
  ])('a private key %s, without repeating any of it', (_, publicKey) => {
    let message = '';
    try {
      defined({ publicKey });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(
      "'publicKey' must be a public key, got a private key, which must never stand in source or template: make a new pair, and give what 'openssl rsa -pubout' prints",
    );
    for (const line of PAIR.privateKey.split('\n').slice(1, -2)) expect(message).not.toContain(line);
  });

  test('a key and fields that are not known yet', () => {
    const stack = stackIn('us-east-1');
    const value = new CfnParameter(stack, 'Value').valueAsString;
    expect(() => defineIn(stack, { publicKey: value })).toThrow(
      "Stack/Card: 'publicKey' must be a literal, so that it can be checked, got an unresolved value, read the file at synthesis",
    );
    const other = stackIn('us-east-1');
    const field = new CfnParameter(other, 'Value').valueAsString;
    expect(() => defineIn(other, { fields: [field] })).toThrow(
      "Stack/Card: 'fields' must be literals, so that they can be compared, got an unresolved value",
    );
  });

  test.each([
    [[], "'fields' must hold 1 to 10 names, got 0"],
    [Array.from({ length: 11 }, (_, index) => `field${index}`), "'fields' must hold 1 to 10 names, got 11"],
    [
      ['card number'],
      '\'fields[0]\' must be the name of a field, or its beginning and an asterisk, of letters, digits and []._-, got "card number"',
    ],
    [['*'], "'fields[0]' must be the name of a field"],
    [['a*b'], "'fields[0]' must be the name of a field"],
    [['f'.repeat(129)], "'fields[0]' must be the name of a field"],
    [
      ['card*', 'cvc', 'cardNumber'],
      '\'fields[2]\' must not cover what \'fields[0]\' covers, got "cardNumber" beside "card*", keep the shorter one with its asterisk',
    ],
    [['cardN*', 'card*'], "'fields[1]' must not cover what 'fields[0]' covers"],
    [['cvc', 'cvc'], "'fields[1]' must not cover what 'fields[0]' covers"],
  ])('the fields %j', (fields, message) => {
    expect(() => defined({ fields })).toThrow(`Stack/Card: ${message}`);
  });

  test('takes ten fields that do not cover each other, upper and lower case told apart', () => {
    const fields = ['card', 'Card*', 'cardX', 'address[0].street', 'a-b', 'a_b', 'a.b', 'A', 'B', 'C'];
    expect(() => defined({ fields })).not.toThrow();
  });

  test('a provider with spaces, no sentence as a reason, and another region', () => {
    expect(() => defined({ provider: 'the bank' })).toThrow(
      'Stack/Card: \'provider\' must be a name of 1 to 128 letters, digits and :_-, got "the bank"',
    );
    expect(() => defined({ otherContentTypesReason: 'JSON' })).toThrow(
      "Stack/Card: 'otherContentTypesReason' must be a sentence of 20 to 500 characters",
    );
    expect(() => defineIn(stackIn('eu-west-1'))).toThrow(
      'Stack/Card: the stack of field-level encryption must be in us-east-1, got eu-west-1',
    );
  });
});

describe('a behavior with field-level encryption', () => {
  function withBehavior(behavior: Partial<TlsBehaviorProps>, stack = stackIn('us-east-1')) {
    const fieldLevelEncryption = defineIn(stack);
    define(stack, {
      defaultBehavior: { origin: someOrigin(), allowedMethods: ALL, fieldLevelEncryption, ...behavior },
    });
    return stack;
  }

  test('names the configuration, by path, and no other behavior does', () => {
    const stack = stackIn('us-east-1');
    const fieldLevelEncryption = defineIn(stack);
    const distribution = define(stack, {
      additionalBehaviors: {
        '/pictures/*': { origin: someOrigin() },
        '/pay': { origin: someOrigin(), allowedMethods: ALL, fieldLevelEncryption },
      },
    });
    // What is added past the construct must not take the encryption of another path.
    distribution.distribution.addBehavior('/raw', someOrigin());
    distribution.addBehavior('/pay-later', {
      origin: someOrigin(),
      allowedMethods: ALL,
      fieldLevelEncryption,
    });
    const id = stack.resolve(fieldLevelEncryption.configurationId);
    const { DefaultCacheBehavior, CacheBehaviors } = configurationOf(stack);
    expect(DefaultCacheBehavior).not.toHaveProperty('FieldLevelEncryptionId');
    expect(
      (CacheBehaviors as Record<string, unknown>[]).map((b) => [b.PathPattern, b.FieldLevelEncryptionId]),
    ).toEqual([
      ['/pictures/*', undefined],
      ['/pay', id],
      ['/raw', undefined],
      ['/pay-later', id],
    ]);
  });

  test('may be the default one, over HTTPS only; our pack has no finding', () => {
    const stack = withBehavior({});
    const [config] = Object.keys(resourcesOf(stack, CONFIG));
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: {
        FieldLevelEncryptionId: { 'Fn::GetAtt': [config, 'Id'] },
        ViewerProtocolPolicy: 'https-only',
      },
    });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual(['AwsSolutions-CFR3', 'AwsSolutions-S1']);
  });

  test('is warned of by our pack where other bodies get through', () => {
    const stack = stackIn('us-east-1');
    const fieldLevelEncryption = defineIn(stack, { otherContentTypesReason: REASON });
    define(stack, { defaultBehavior: { origin: someOrigin(), allowedMethods: ALL, fieldLevelEncryption } });
    expect(findingsOf(stack)).toEqual([expect.stringMatching(/^warning .*FieldLevelEncryptionFailsClosed /)]);
  });

  test.each([
    [undefined, 'GET, HEAD'],
    [cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS, 'GET, HEAD, OPTIONS'],
  ])('is refused without all methods', (allowedMethods, got) => {
    expect(() => withBehavior({ allowedMethods })).toThrow(
      `Stack/Edge: 'allowedMethods' must be AllowedMethods.ALLOW_ALL where fields are encrypted, got ${got}, set it`,
    );
  });

  test('is refused for a bucket', () => {
    const stack = stackIn('us-east-1');
    const origin = TlsOrigin.bucket(new s3.Bucket(stack, 'Files'));
    expect(() => withBehavior({ origin }, stack)).toThrow(
      "Stack/Edge: 'fieldLevelEncryption' must be left out where the origin is a bucket, which takes no forms, name an origin that decrypts",
    );
  });
});
