/**
 * APIs between companies: what partners call, what calls them, and mutual TLS with post-quantum key agreement.
 *
 * Names, ARNs and versions are placeholders.
 */
import { type App, Duration, Stack } from 'aws-cdk-lib';
import { type JsonSchema, JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AllowedMethods } from 'aws-cdk-lib/aws-cloudfront';
import { Peer, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Function as Handler, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AlarmTopic,
  ClientCertificates,
  ClientTrustStore,
  HttpApiAuthorization,
  ManagedCertificate,
  PartnerApi,
  PartnerHttpApi,
  TlsDistribution,
  TlsLoadBalancer,
  TlsOrigin,
  ViewerClientCertificates,
  ViewerTrustStore,
  WebhookAuthorization,
  WebhookDestination,
} from 'cdk-secure-transmission';

const REGION = 'eu-west-1';
const AUTHORITIES = { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' };

/** What a payment has to look like. */
const PAYMENT: JsonSchema = {
  type: JsonSchemaType.OBJECT,
  required: ['amount', 'currency'],
  additionalProperties: false,
  properties: {
    amount: { type: JsonSchemaType.INTEGER, minimum: 1 },
    currency: { type: JsonSchemaType.STRING, pattern: '^[A-Z]{3}$' },
  },
};

/** Partners call a REST API by certificates, signatures and keys. */
export function partnerApi(app: App): Stack {
  const stack = new Stack(app, 'Partners', { env: { region: REGION } });
  const zone = zoneIn(stack);
  const payments = handlerIn(stack, 'payments');
  // #region api
  const api = new PartnerApi(stack, 'Api', {
    domainName: 'partners.example.com',
    hostedZone: zone,
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [zone],
    }),
    clientTrust: {
      bucket: Bucket.fromBucketName(stack, 'TrustMaterial', 'trust-material-of-shop'),
      caCertificates: AUTHORITIES,
    },
  });
  api.addRoute('POST /payments', payments, { body: PAYMENT });
  api.addRoute('GET /payments/{id}', payments);
  api.addPartner('Acme', { throttling: { rateLimit: 20, burstLimit: 40 } });
  // #endregion api
  return stack;
}

/** Partners call an HTTP API by tokens. */
export function partnerHttpApi(app: App): Stack {
  const stack = new Stack(app, 'PartnerEvents', { env: { region: REGION } });
  const zone = zoneIn(stack);
  const events = handlerIn(stack, 'events');
  // #region http
  const api = new PartnerHttpApi(stack, 'Api', {
    domainName: 'events.example.com',
    hostedZone: zone,
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'events.example.com',
      hostedZones: [zone],
    }),
    authorization: HttpApiAuthorization.jwt({
      issuer: 'https://login.example.com/',
      audience: ['https://events.example.com'],
      scopes: ['events.write'],
    }),
  });
  api.addRoute('POST /events', events);
  // #endregion http
  return stack;
}

/** Events go out to a partner. */
export function webhook(app: App): Stack {
  const stack = new Stack(app, 'Webhooks', { env: { region: REGION } });
  // #region webhook
  const partner = new WebhookDestination(stack, 'Acme', {
    endpoint: 'https://hooks.acme.example.com/v1/payments',
    // From a file that the ones who answer for contracts review: exact names, nothing else.
    allowedHosts: ['hooks.acme.example.com'],
    authorization: WebhookAuthorization.apiKey({
      headerName: 'X-Api-Key',
      key: { secret: Secret.fromSecretNameV2(stack, 'Credentials', 'webhooks/acme'), field: 'apiKey' },
    }),
    alarmTopic: new AlarmTopic(stack, 'Alarms').topic,
  });
  partner.deliver('Settled', {
    eventPattern: { source: ['shop.payments'], detailType: ['PaymentSettled'] },
    event: RuleTargetInput.fromObject({
      id: EventField.eventId,
      time: EventField.time,
      payment: EventField.fromPath('$.detail.paymentId'),
    }),
    maxEventAge: Duration.hours(12),
  });
  // #endregion webhook
  return stack;
}

/** Mutual TLS with post-quantum key agreement: it ends on a distribution, which proves to the API that it is the one. */
export function behindDistribution(app: App): { readonly edge: Stack; readonly origin: Stack } {
  const origin = new Stack(app, 'PartnerOrigin', { env: { region: REGION } });
  const edge = new Stack(app, 'PartnerEdge', { env: { region: 'us-east-1' } });
  const payments = handlerIn(origin, 'payments');
  // #region distribution
  const trustMaterial = Bucket.fromBucketName(edge, 'TrustMaterial', 'trust-material-of-shop');
  const zone = zoneIn(edge);
  new TlsDistribution(edge, 'Distribution', {
    domainNames: ['partners.example.com'],
    certificate: new ManagedCertificate(edge, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [zone],
    }),
    // Whom the partners are: certificates of authorities that issue for this purpose alone.
    clientCertificates: ViewerClientCertificates.verify(
      new ViewerTrustStore(edge, 'Partners', { bucket: trustMaterial, caCertificates: AUTHORITIES }),
    ),
    defaultBehavior: {
      allowedMethods: AllowedMethods.ALLOW_ALL,
      origin: TlsOrigin.httpsHost('partners-origin.example.com', {
        // For clients (clientAuth), imported into ACM in us-east-1.
        clientCertificate: Certificate.fromCertificateArn(
          edge,
          'ClientCertificate',
          'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
        ),
      }),
    },
  });

  const originZone = zoneIn(origin);
  const api = new PartnerApi(origin, 'Api', {
    domainName: 'partners-origin.example.com',
    hostedZone: originZone,
    certificate: new ManagedCertificate(origin, 'Certificate', {
      domainName: 'partners-origin.example.com',
      hostedZones: [originZone],
    }),
    // Of one authority, which issued the certificate of the distribution and nothing else: nobody goes past it.
    clientTrust: {
      bucket: Bucket.fromBucketName(origin, 'TrustMaterial', 'trust-material-of-origins'),
      caCertificates: { key: 'distribution.pem', version: 'mX9hTzUKbbFhUDTDmjVBH40Nrjfk1a' },
    },
  });
  api.addRoute('POST /payments', payments, { body: PAYMENT });
  api.addPartner('Acme');
  // #endregion distribution
  return { edge, origin };
}

/** Mutual TLS with post-quantum key agreement, without API Gateway: it ends on a load balancer. */
export function behindLoadBalancer(app: App): Stack {
  const stack = new Stack(app, 'PartnerEntry', { env: { region: REGION } });
  const zone = zoneIn(stack);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    publicSubnetRouteTableIds: ['rtb-0123456789abcdef2', 'rtb-0123456789abcdef3'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });
  // #region loadBalancer
  const entry = new TlsLoadBalancer(stack, 'Entry', {
    vpc,
    internetFacing: true,
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [zone],
    }),
    clientCertificates: ClientCertificates.verify(
      new ClientTrustStore(stack, 'Partners', {
        bucket: Bucket.fromBucketName(stack, 'TrustMaterial', 'trust-material-of-shop'),
        caCertificates: AUTHORITIES,
      }),
    ),
    allowedPeers: [Peer.ipv4('192.0.2.0/24')],
  });
  entry.addTargets('Payments', { targets: [new IpTarget('10.0.130.20', 8443)], port: 8443 });
  // #endregion loadBalancer
  return stack;
}

function zoneIn(stack: Stack): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
}

function handlerIn(stack: Stack, name: string): IFunction {
  return Handler.fromFunctionAttributes(stack, 'Handler', {
    functionArn: `arn:aws:lambda:${REGION}:111122223333:function:${name}`,
    sameEnvironment: true,
  });
}
