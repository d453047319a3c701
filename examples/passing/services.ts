import type { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { PrivateNetwork } from 'cdk-secure-transmission';

/** A REST API that is reached by its domain only, by TLS 1.2 or newer, and writes a log. */
export function apiBehindDomain(stack: Stack): void {
  // #region apiBehindDomain
  const certificate = acm.Certificate.fromCertificateArn(
    stack,
    'Certificate',
    'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  );
  const api = new apigateway.RestApi(stack, 'Orders', {
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    disableExecuteApiEndpoint: true,
    domainName: {
      domainName: 'orders.example.com',
      certificate,
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
    },
    deployOptions: {
      accessLogDestination: new apigateway.LogGroupLogDestination(
        new logs.LogGroup(stack, 'AccessLog', { retention: logs.RetentionDays.THIRTEEN_MONTHS }),
      ),
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      tracingEnabled: true,
    },
  });
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://orders.internal.example.com/'), {
    authorizationType: apigateway.AuthorizationType.IAM,
  });
  // #endregion apiBehindDomain
}

/** A search domain in a network, encrypted on every side. */
export function search(stack: Stack): void {
  // #region search
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new opensearch.Domain(stack, 'Search', {
    version: opensearch.EngineVersion.OPENSEARCH_2_19,
    vpc,
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    zoneAwareness: { availabilityZoneCount: 2 },
    capacity: { dataNodes: 2 },
    enforceHttps: true,
    tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
    nodeToNodeEncryption: true,
    encryptionAtRest: { enabled: true },
    logging: { slowSearchLogEnabled: true, appLogEnabled: true, slowIndexLogEnabled: true },
  });
  // #endregion search
}

/** Brokers that speak TLS, and know who speaks to them. */
export function brokers(stack: Stack): void {
  // #region brokers
  new msk.CfnCluster(stack, 'Events', {
    clusterName: 'events',
    kafkaVersion: '3.9.x',
    numberOfBrokerNodes: 2,
    brokerNodeGroupInfo: {
      instanceType: 'kafka.m7g.large',
      clientSubnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
  });
  // #endregion brokers
}

/** A workflow that logs what happens, and not what it is about. */
export function stateMachine(stack: Stack): void {
  // #region stateMachine
  new sfn.StateMachine(stack, 'Refund', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Done')),
    logs: {
      destination: new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.THIRTEEN_MONTHS }),
      level: sfn.LogLevel.ALL,
      includeExecutionData: false,
    },
  });
  // #endregion stateMachine
}
