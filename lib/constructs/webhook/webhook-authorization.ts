import { CfnResource, SecretValue, Stack, Token } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { quoted } from '../../core/quoted';
import { invalidProperty, type Place } from '../invalid-property';
import { IDEMPOTENCY_HEADER } from './webhook-delivery';
import { checkWebhookUrl } from './webhook-endpoint';

/** A field name of HTTP: RFC 9110, section 5.1 (`token`); EventBridge takes at most 512 characters. */
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,512}$/;
/**
 * Headers that EventBridge sets itself or takes out of requests, so that a key in one of them would never arrive.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
const NOT_SENT = ['accept-encoding', 'connection', 'content-length', 'host', 'range', 'user-agent'];
const NO_CONTROLS = /^[^\p{Cc}]+$/u;
/** EventBridge API Reference, `CreateConnectionBasicAuthRequestParameters`. */
const MAX_NAME = 512;

/** One value in Secrets Manager. */
export interface WebhookCredential {
  /** The secret, encrypted with a key of the account. */
  readonly secret: secretsmanager.ISecret;
  /**
   * The field of the JSON document that holds the value.
   *
   * @default - the whole secret is the value
   */
  readonly field?: string;
  /**
   * The version of the secret.
   *
   * EventBridge keeps a copy, which CloudFormation writes when it sees a change: after a rotation, name the new version
   * here and deploy.
   *
   * @default - the one that is current when CloudFormation writes the copy: a rotation alone changes nothing
   */
  readonly versionId?: string;
}

/** How the receiver knows its caller by a key in a header. */
export interface WebhookApiKeyProps {
  /** The header, such as `X-Api-Key`, or `Authorization` where the value begins with `Bearer `. */
  readonly headerName: string;
  /** The key. */
  readonly key: WebhookCredential;
}

/** How the receiver knows its caller by name and password. */
export interface WebhookBasicProps {
  readonly username: string;
  readonly password: WebhookCredential;
}

/** How EventBridge gets a token for the receiver: OAuth 2.0, client credentials (RFC 6749, 4.4). */
export interface WebhookOAuthProps {
  /** The URL that gives out tokens, by POST. Its host must be on `allowedHosts` too, since it gets the client secret. */
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: WebhookCredential;
  /**
   * What the token shall be good for, as the receiver calls it.
   *
   * @default - whatever the authorisation server gives by itself
   */
  readonly scope?: string;
}

/** What a connection says about authorisation. */
interface ConnectionAuthorization {
  readonly authorizationType: string;
  readonly authParameters: events.CfnConnection.AuthParametersProperty;
}

/**
 * How the receiver of a webhook knows that it is called by whom it thinks.
 *
 * There is no webhook without: a receiver that cannot tell its caller takes events from anybody.
 */
export class WebhookAuthorization {
  /** A key in a header. */
  static apiKey({ headerName, key }: WebhookApiKeyProps): WebhookAuthorization {
    return new WebhookAuthorization(
      [key],
      (place) => {
        if (!Token.isUnresolved(headerName) && !FIELD_NAME.test(headerName)) {
          throw invalidProperty(
            place,
            `'headerName' must be a field name of HTTP (RFC 9110), got ${quoted(headerName)}, correct it`,
          );
        }
        if (headerName.toLowerCase() === IDEMPOTENCY_HEADER.toLowerCase()) {
          throw invalidProperty(
            place,
            `'headerName' must not be ${IDEMPOTENCY_HEADER}, in which the id of each event goes along, use another, such as X-Api-Key`,
          );
        }
        if (NOT_SENT.includes(headerName.toLowerCase())) {
          throw invalidProperty(
            place,
            `'headerName' must be a header that EventBridge sends on, got ${quoted(headerName)}, which it sets itself or takes out, use another, such as X-Api-Key`,
          );
        }
      },
      () => ({
        authorizationType: 'API_KEY',
        authParameters: { apiKeyAuthParameters: { apiKeyName: headerName, apiKeyValue: referenceTo(key) } },
      }),
    );
  }

  /** A name and a password. Both go along with each request: prefer a key, or tokens that end (`oauth`). */
  static basic({ username, password }: WebhookBasicProps): WebhookAuthorization {
    return new WebhookAuthorization(
      [password],
      (place) => checkName(place, 'username', username),
      () => ({
        authorizationType: 'BASIC',
        authParameters: { basicAuthParameters: { username, password: referenceTo(password) } },
      }),
    );
  }

  /** Tokens of OAuth 2.0 that EventBridge gets by the client credentials and renews when they end. */
  static oauth(props: WebhookOAuthProps): WebhookAuthorization {
    const { authorizationEndpoint, clientId, clientSecret, scope } = props;
    const body = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
    return new WebhookAuthorization(
      [clientSecret],
      (place, allowedHosts) => {
        checkWebhookUrl(place, 'authorizationEndpoint', authorizationEndpoint, allowedHosts);
        checkName(place, 'clientId', clientId);
      },
      () => ({
        authorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        authParameters: {
          oAuthParameters: {
            authorizationEndpoint,
            httpMethod: 'POST',
            clientParameters: { clientId, clientSecret: referenceTo(clientSecret) },
            oAuthHttpParameters: {
              bodyParameters: Object.entries(body).map(([key, value]) => ({
                key,
                value,
                isValueSecret: false,
              })),
            },
          },
        },
      }),
    );
  }

  private constructor(
    private readonly credentials: readonly WebhookCredential[],
    private readonly verify: (place: Place, allowedHosts: readonly string[]) => void,
    /** The properties of an `AWS::Events::Connection`. */
    readonly bind: () => ConnectionAuthorization,
  ) {}

  /** Refuses what EventBridge does not take, and secrets that everybody in the account may decrypt. */
  check(place: Place, allowedHosts: readonly string[]): void {
    this.verify(place, allowedHosts);
    for (const { secret } of this.credentials) checkSecret(place, secret);
  }
}

/** A reference that CloudFormation resolves: the value stands neither in the template nor in the synthesis. */
function referenceTo({ secret, field, versionId }: WebhookCredential): string {
  return SecretValue.secretsManager(secret.secretArn, { jsonField: field, versionId }).unsafeUnwrap();
}

function checkName(place: Place, property: string, name: string): void {
  if (Token.isUnresolved(name) || (name.length <= MAX_NAME && NO_CONTROLS.test(name))) return;
  throw invalidProperty(
    place,
    `'${property}' must be of 1 to ${MAX_NAME} characters without control characters, got ${name.length}, correct it`,
  );
}

/** A secret of this app without a key is encrypted with that of AWS, whose policy nobody can narrow. */
function checkSecret(place: Place, secret: secretsmanager.ISecret): void {
  const resource = secret.node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || !('kmsKeyId' in resource)) return;
  const key: unknown = Stack.of(resource).resolve(resource.kmsKeyId);
  if (key !== undefined && !(typeof key === 'string' && key.includes('alias/aws/'))) return;
  throw invalidProperty(
    place,
    `'secret' must be encrypted with a key of the account, '${secret.node.path}' has that of AWS, set its 'encryptionKey'`,
  );
}
