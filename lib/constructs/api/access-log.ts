import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { admitLogGroups } from '../log-store';

/**
 * What the access log of an API says of each request, as fields of one line of JSON, each a text (`-` where there is
 * nothing to say).
 *
 * Left out because customers' data, tokens or signatures stand in them: query strings, headers, bodies, the path as it
 * was sent (`$context.path`; `resourcePath` has its pattern), and every message of an error. A refused signature is
 * answered with the canonical request, query string and `x-amz-security-token` included.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const API_ACCESS_LOG_FIELDS: Readonly<Record<string, string>> = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTime',
  requestTimeEpoch: '$context.requestTimeEpoch',
  accountId: '$context.accountId',
  apiId: '$context.apiId',
  stage: '$context.stage',
  domainName: '$context.domainName',
  protocol: '$context.protocol',
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationRequestId: '$context.integration.requestId',
  errorResponseType: '$context.error.responseType',
  sourceIp: '$context.identity.sourceIp',
  vpcId: '$context.identity.vpcId',
  vpcEndpointId: '$context.identity.vpceId',
  callerAccountId: '$context.identity.accountId',
  caller: '$context.identity.caller',
  userArn: '$context.identity.userArn',
  principalOrgId: '$context.identity.principalOrgId',
  apiKeyId: '$context.identity.apiKeyId',
  authenticateStatus: '$context.authenticate.status',
  authorizeStatus: '$context.authorize.status',
  authorizerStatus: '$context.authorizer.status',
  authorizerLatency: '$context.authorizer.latency',
  authorizerRequestId: '$context.authorizer.requestId',
  authorizerPrincipalId: '$context.authorizer.principalId',
  authorizerSubject: '$context.authorizer.claims.sub',
  wafResponseCode: '$context.wafResponseCode',
  xrayTraceId: '$context.xrayTraceId',
};

/** What is said of the client's certificate, where clients show one (mutual TLS); never the certificate itself. */
export const API_CLIENT_CERTIFICATE_FIELDS: Readonly<Record<string, string>> = {
  clientCertificateSubject: '$context.identity.clientCert.subjectDN',
  clientCertificateIssuer: '$context.identity.clientCert.issuerDN',
  clientCertificateSerialNumber: '$context.identity.clientCert.serialNumber',
  clientCertificateNotAfter: '$context.identity.clientCert.validity.notAfter',
};

/** The format of an access log: the fields above, and more where they are given. */
export function apiAccessLogFormat(
  moreFields: Readonly<Record<string, string>> = {},
): apigateway.AccessLogFormat {
  return apigateway.AccessLogFormat.custom(JSON.stringify({ ...API_ACCESS_LOG_FIELDS, ...moreFields }));
}

/** Properties of `ApiLogs`. */
export interface ApiLogsProps {
  /** @default - a new key, rotated every year and retained */
  readonly encryptionKey?: kms.IKey;
  /** @default RetentionDays.THIRTEEN_MONTHS */
  readonly retention?: logs.RetentionDays;
}

/** The log groups of an API, encrypted with a key of the account, which outlive the stack. */
export class ApiLogs extends Construct {
  readonly encryptionKey: kms.IKey;
  /** One line of JSON for each request. */
  readonly accessLogGroup: logs.LogGroup;
  private readonly retention: logs.RetentionDays;

  constructor(scope: Construct, id: string, { encryptionKey, retention }: ApiLogsProps = {}) {
    super(scope, id);
    this.retention = retention ?? logs.RetentionDays.THIRTEEN_MONTHS;
    this.encryptionKey = customerKey(this, 'the logs of an API', encryptionKey);
    admitLogGroups(this, this.encryptionKey);
    this.accessLogGroup = this.logGroup('Access');
  }

  /**
   * Makes the log group that API Gateway would make itself when a stage first fails: without a key, and to be kept for
   * ever. It goes by the name.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   */
  addExecutionLogGroup(restApiId: string, stageName: string): logs.LogGroup {
    return this.logGroup('Execution', `API-Gateway_Execution-Logs_${restApiId}/${stageName}`);
  }

  private logGroup(id: string, logGroupName?: string): logs.LogGroup {
    return new logs.LogGroup(this, id, {
      logGroupName,
      encryptionKey: this.encryptionKey,
      retention: this.retention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
