import { Names, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkEdgeRegion } from '../edge-region';
import { checkReason, recordLoosening } from '../loosening';
import { type EncryptionKey, readEncryptionKey } from './encryption-key';

/**
 * What one profile encrypts at most, by a quota that cannot be raised; a request must not hold more fields either.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-field-level-encryption
 */
const MAX_FIELDS = 10;
/** The CDK cuts names of public keys here; CloudFront documents no limit. */
const MAX_NAME = 80;
/** The name of a field, or its beginning and an asterisk. */
const FIELD_PATTERN = /^[A-Za-z0-9[\]._-]{1,127}\*?$|^[A-Za-z0-9[\]._-]{128}$/;
const PROVIDER = /^[A-Za-z0-9:_-]{1,128}$/;
/** The only body that CloudFront can encrypt fields of. */
const FORM = { contentType: 'application/x-www-form-urlencoded', format: 'URLEncoded' };

/** Properties of `FieldLevelEncryption`. */
export interface FieldLevelEncryptionProps {
  /**
   * The public key, RSA with 2048 bits, as PEM (`-----BEGIN PUBLIC KEY-----`). Never the private one, which belongs to
   * the one application that needs the data.
   *
   * A new key is a new resource, which takes the place of the old one without an interruption: keep the old private key
   * until everything that was encrypted with it has been read.
   */
  readonly publicKey: string;
  /**
   * The fields of forms that are encrypted, upper and lower case told apart: at most 10 names, or beginnings of names
   * with an asterisk (`card*`), none of which covers another.
   */
  readonly fields: string[];
  /**
   * A name for who holds the private key, such as `payments`: letters, digits and `:_-`. Whoever decrypts must give the
   * same (AWS Encryption SDK, key provider).
   */
  readonly provider: string;
  /**
   * Why requests must get through whose body is no form, such as JSON, as a sentence. Their fields reach the origin as
   * the viewer sent them. It is written into the template.
   *
   * @default - CloudFront answers such a request with an error
   */
  readonly otherContentTypesReason?: string;
}

/**
 * Fields of forms that CloudFront encrypts at the edge, with a key of which it holds the public half only.
 *
 * They are encrypted from the edge to whoever holds the private key, past web servers, logs and queues of the origin.
 * That is not end to end: CloudFront itself sees them in clear, and so do the web ACL and functions at the edge. It is
 * for forms (`application/x-www-form-urlencoded`) of at most 1 MB, with at most 10 fields of at most 16 KB each. The
 * origin must understand chunked bodies, and gets fields in base64 of what the AWS Encryption SDK wrote. The behavior
 * must allow every method (`AllowedMethods.ALLOW_ALL`).
 *
 * An account has 10 configurations and 10 public keys.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/field-level-encryption.html
 */
export class FieldLevelEncryption extends Construct {
  /** The id of the configuration, for a behavior. */
  readonly configurationId: string;

  constructor(scope: Construct, id: string, props: FieldLevelEncryptionProps) {
    super(scope, id);
    const { fields, provider, otherContentTypesReason: reason } = props;
    checkEdgeRegion(this, 'field-level encryption');
    const { pem, fingerprint } = this.readKey(props.publicKey);
    this.checkFields(fields);
    this.checkProvider(provider);
    if (reason !== undefined) checkReason(this, 'otherContentTypesReason', reason);

    const name = Names.uniqueResourceName(this, {
      maxLength: MAX_NAME - fingerprint.length - 1,
      separator: '-',
    });
    // CloudFront never changes a key: an id of its own makes each key a new resource, before the old one goes.
    const key = new cloudfront.CfnPublicKey(this, `Key${fingerprint}`, {
      // Unique in the account: what the CDK makes up leaves out the name of the stack.
      publicKeyConfig: {
        name: `${name}-${fingerprint}`,
        callerReference: `${name}-${fingerprint}`,
        encodedKey: pem,
      },
    });
    const profile = new cloudfront.CfnFieldLevelEncryptionProfile(this, 'Profile', {
      fieldLevelEncryptionProfileConfig: {
        name,
        callerReference: `${name}-profile`,
        encryptionEntities: [{ publicKeyId: key.ref, providerId: provider, fieldPatterns: [...fields] }],
      },
    });
    const configuration = new cloudfront.CfnFieldLevelEncryptionConfig(this, 'Resource', {
      callerReference: `${name}-config`,
      contentTypeProfileConfig: {
        forwardWhenContentTypeIsUnknown: reason !== undefined,
        contentTypeProfiles: [{ ...FORM, profileId: profile.attrId }],
      },
      // With a profile of its choice a viewer could leave a field out.
      queryArgProfileConfig: { forwardWhenQueryArgProfileIsUnknown: false, queryArgProfiles: [] },
    });
    if (reason !== undefined) recordLoosening(configuration, 'otherContentTypes', reason);
    this.configurationId = configuration.attrId;
  }

  private readKey(text: string): EncryptionKey {
    const key = readEncryptionKey(text);
    if (typeof key === 'string') throw this.invalid(`'publicKey' ${key}`);
    return key;
  }

  private checkFields(fields: string[]): void {
    if (Token.isUnresolved(fields) || fields.some((field) => Token.isUnresolved(field))) {
      throw this.invalid("'fields' must be literals, so that they can be compared, got an unresolved value");
    }
    if (fields.length === 0 || fields.length > MAX_FIELDS) {
      throw this.invalid(`'fields' must hold 1 to ${MAX_FIELDS} names, got ${fields.length}`);
    }
    for (const [index, field] of fields.entries()) {
      if (!FIELD_PATTERN.test(field)) {
        throw this.invalid(
          `'fields[${index}]' must be the name of a field, or its beginning and an asterisk, of letters, digits and []._-, got ${JSON.stringify(field.slice(0, 80))}`,
        );
      }
      const other = fields.findIndex((earlier, at) => at < index && overlap(earlier, field));
      if (other !== -1) {
        throw this.invalid(
          `'fields[${index}]' must not cover what 'fields[${other}]' covers, got ${JSON.stringify(field)} beside ${JSON.stringify(fields[other])}, keep the shorter one with its asterisk`,
        );
      }
    }
  }

  private checkProvider(provider: string): void {
    if (Token.isUnresolved(provider) || PROVIDER.test(provider)) return;
    throw this.invalid(
      `'provider' must be a name of 1 to 128 letters, digits and :_-, got ${JSON.stringify(provider.slice(0, 80))}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

/** Whether some name of a field fits both. */
function overlap(one: string, other: string): boolean {
  const covers = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
  return covers(one, other) || covers(other, one);
}
