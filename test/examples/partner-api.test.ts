import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnDomainName } from 'aws-cdk-lib/aws-apigateway';
import { context } from '../../cdk.json';
import {
  behindDistribution,
  behindLoadBalancer,
  partnerApi,
  partnerHttpApi,
  webhook,
} from '../../examples/partner-api';
import { TransmissionChecks } from '../../lib/checks';

const appOf = () => new App({ context, analyticsReporting: false });

function only(stack: Stack, type: string): Record<string, unknown> {
  const [resource, ...others] = Object.values(Template.fromStack(stack).findResources(type));
  expect(others).toEqual([]);
  return resource?.Properties;
}

/** Errors and warnings of our pack on an app, each rule once. */
function rulesAgainst(app: App): readonly string[] {
  const { violations } = new TransmissionChecks().validateScope(app);
  return [
    ...new Set(violations.filter(({ severity }) => severity !== 'info').map(({ ruleName }) => ruleName)),
  ];
}

test.each([
  ['REST API', partnerApi, []],
  // TLS_1_2 offers RSA key transport, and HTTP APIs have no other TLS policy.
  ['HTTP API', partnerHttpApi, ['TransmissionChecks-ApiDomainIsForwardSecret']],
  ['webhook', webhook, []],
  ['load balancer', behindLoadBalancer, []],
] as const)(
  'the %s of the documentation has no finding that another setting would mend',
  (_, build, left) => {
    const app = appOf();
    build(app);
    expect(rulesAgainst(app)).toEqual(left);
  },
);

describe('mutual TLS with post-quantum key agreement', () => {
  test('ends on a distribution, which shows the API a certificate of its own', () => {
    const app = appOf();
    const { edge, origin } = behindDistribution(app);
    expect(rulesAgainst(app)).toEqual([]);
    expect(only(edge, 'AWS::CloudFront::Distribution')).toMatchObject({
      DistributionConfig: {
        ViewerMtlsConfig: { Mode: 'required' },
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2025' },
        Origins: [
          {
            DomainName: 'partners-origin.example.com',
            CustomOriginConfig: {
              OriginProtocolPolicy: 'https-only',
              OriginMtlsConfig: { ClientCertificateArn: expect.stringContaining('arn:aws:acm:us-east-1:') },
            },
          },
        ],
      },
    });
    expect(only(origin, 'AWS::ApiGateway::DomainName')).toMatchObject({
      MutualTlsAuthentication: { TruststoreVersion: expect.any(String) },
      SecurityPolicy: 'TLS_1_2',
    });
    expect(only(origin, 'AWS::ApiGateway::RestApi')).toMatchObject({ DisableExecuteApiEndpoint: true });
  });

  test('is gone round where the API behind the distribution asks for no certificate, which our pack finds', () => {
    const app = appOf();
    const { origin } = behindDistribution(app);
    for (const construct of origin.node.findAll()) {
      if (CfnDomainName.isCfnDomainName(construct)) construct.mutualTlsAuthentication = undefined;
    }
    expect(rulesAgainst(app)).toContain('TransmissionChecks-DistributionIsTheOnlyWayToItsApi');
  });

  test('ends on a load balancer, which verifies and has a TLS policy with it', () => {
    const app = appOf();
    expect(only(behindLoadBalancer(app), 'AWS::ElasticLoadBalancingV2::Listener')).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: expect.stringMatching(/-PQ-/),
      MutualAuthentication: { Mode: 'verify' },
    });
  });
});
