import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BundledFunction } from '../bundled-function';
import { customerKey } from '../customer-key';
import { checkJwtAuthorizer, DEFAULT_ALGORITHMS } from './jwt-checks';
import { JwtMetrics } from './jwt-metrics';
import type { JwtAuthorizerProps } from './jwt-props';
import {
  JWT_AUTHORITIES_FILE,
  JWT_KEYS_FILE,
  JWT_SETTINGS_VARIABLE,
  type JwtSettings,
} from './runtime/jwt/settings';

/**
 * Lets in who bears a token (JWT) of an issuer: the function that REST APIs need for it, since they verify no tokens
 * themselves. `ApiAuthorization.jwt` makes it for an API; one for several APIs is given to each by
 * `ApiAuthorization.lambda(authorizer.fn)`.
 *
 * The function reads a token where there is one way to read it, and takes it where its signature verifies with a key of the
 * issuer and an allowed algorithm, and issuer, audience, times, purpose and scopes are as asked for. It answers with an IAM
 * policy for the one request, and hands `subject`, `clientId` and `scopes` to the backend. Its role may write its own log
 * and nothing else.
 *
 * API Gateway keeps no answer of it. A kept answer outlives the token, goes on after a key was taken back, and, naming one
 * request, would refuse the next one with the same token.
 */
export class JwtAuthorizer extends Construct {
  /** The function that decides. */
  readonly fn: lambda.Function;
  /** One line for each decision, without token and claims. */
  readonly logGroup: logs.LogGroup;
  readonly encryptionKey: kms.IKey;
  private readonly metrics: JwtMetrics;

  constructor(scope: Construct, id: string, props: JwtAuthorizerProps) {
    super(scope, id);
    checkJwtAuthorizer(this, props);
    this.encryptionKey = customerKey(this, 'the log of what verifies tokens', props.encryptionKey);
    const { jwks, caCertificates, vpc } = props;
    const authorizer = new BundledFunction(this, 'Authorizer', {
      handler: 'jwt-authorizer',
      description: 'Verifies the tokens (JWT) of callers of an API',
      files: {
        ...(jwks === undefined ? {} : { [JWT_KEYS_FILE]: jwks }),
        ...(caCertificates === undefined ? {} : { [JWT_AUTHORITIES_FILE]: caCertificates }),
      },
      encryptionKey: this.encryptionKey,
      timeout: Duration.seconds(10),
      // Verifying is work of the processor, whose share grows with the memory.
      memorySize: 512,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment: { [JWT_SETTINGS_VARIABLE]: this.settingsOf(props) },
      vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: vpc && [this.outwardOnly(vpc, props.jwksUri)],
    });
    this.fn = authorizer.fn;
    this.logGroup = authorizer.logGroup;
    this.metrics = new JwtMetrics(this, 'Metrics', this.fn, authorizer.logGroup);
    if (props.alarmTopic !== undefined) this.metrics.addAlarms(props.alarmTopic, jwks === undefined);
  }

  /** Requests whose token was taken. */
  metricAdmitted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('admitted', options);
  }

  /** Requests whose token was not taken. The log says for each what was wrong. */
  metricRefused(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('refused', options);
  }

  /** Requests that were refused because nobody knew whether their token is good. */
  metricUnavailable(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('unavailable', options);
  }

  /** Fetches of keys that failed, also while older keys were still taken. */
  metricKeysNotFetched(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('keysNotFetched', options);
  }

  private settingsOf(props: JwtAuthorizerProps): string {
    const { issuer, jwks, maxTokenAge } = props;
    const keysAt = props.jwksUri ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`;
    const settings: JwtSettings = {
      issuer,
      ...(jwks === undefined ? { jwksUri: keysAt } : {}),
      audience: props.audience,
      audienceClaim: props.audienceClaim ?? 'aud',
      scopes: props.scopes ?? [],
      algorithms: props.algorithms ?? DEFAULT_ALGORITHMS,
      accessTokensOnly: props.accessTokensOnly ?? false,
      certificateBound: props.certificateBound ?? false,
      ...(props.tokenUse === undefined ? {} : { tokenUse: props.tokenUse }),
      clockToleranceSeconds: (props.clockTolerance ?? Duration.seconds(30)).toSeconds(),
      ...(maxTokenAge === undefined ? {} : { maxAgeSeconds: maxTokenAge.toSeconds() }),
      maxTokenLength: props.maxTokenLength ?? 8192,
    };
    return Stack.of(this).toJsonString(settings);
  }

  /** To the server of the keys, by its port; nobody connects to a function. */
  private outwardOnly(vpc: ec2.IVpc, jwksUri: string | undefined): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Fetches the keys of the issuer of tokens',
      allowAllOutbound: false,
    });
    const known = jwksUri !== undefined && !Token.isUnresolved(jwksUri) ? new URL(jwksUri).port : '';
    group.addEgressRule(
      ec2.Peer.anyIpv4(),
      ec2.Port.tcp(known === '' ? 443 : Number(known)),
      'Keys of the issuer',
    );
    return group;
  }
}
