import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import type { PrivateApiDomain, PrivateApiProps } from '../../../lib/constructs/private-api';
import { certificateIn, existingVpcIn, resourcesOf, stackIn, zoneIn } from '../support';
import { domainIn, importedEndpointIn, privateApiIn, privateZoneIn } from './support';

const onlyOf = (stack: Stack, type: string) => {
  const [only, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return only?.Properties;
};

/**
 * As the page of AWS does it, with an enhanced TLS policy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-cfn.html
 */
describe('a private custom domain', () => {
  const build = (more: Partial<PrivateApiDomain> = {}, props: Partial<PrivateApiProps> = {}) => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack, { domain: domainIn(stack, more), ...props });
    return stack;
  };

  test('has the TLS policy and access mode of the API', () => {
    const stack = build();
    const tls = {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    };
    expect(onlyOf(stack, 'AWS::ApiGateway::RestApi')).toMatchObject({
      ...tls,
      DisableExecuteApiEndpoint: true,
    });
    expect(onlyOf(stack, 'AWS::ApiGateway::DomainNameV2')).toMatchObject({
      ...tls,
      DomainName: 'orders.example.com',
      CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/orders',
      EndpointConfiguration: { Types: ['PRIVATE'] },
    });
    expect(resourcesOf(stack, 'AWS::ApiGateway::DomainName')).toEqual({});
  });

  test('leads to the stage, which callers find by the endpoint', () => {
    const stack = build();
    const arn = { 'Fn::GetAtt': [expect.stringMatching(/^OrdersDomain/), 'DomainNameArn'] };
    expect(onlyOf(stack, 'AWS::ApiGateway::BasePathMappingV2')).toEqual({
      DomainNameArn: arn,
      RestApiId: { Ref: expect.stringMatching(/^OrdersRestApi/) },
      Stage: { Ref: expect.stringMatching(/DeploymentStageprod/) },
    });
    expect(onlyOf(stack, 'AWS::ApiGateway::DomainNameAccessAssociation')).toEqual({
      DomainNameArn: arn,
      AccessAssociationSource: { Ref: expect.stringMatching(/^OrdersEndpoint/) },
      AccessAssociationSourceType: 'VPCE',
    });
    const record = onlyOf(stack, 'AWS::Route53::RecordSet');
    expect(record).toMatchObject({
      Name: 'orders.example.com.',
      Type: 'A',
      HostedZoneId: 'Z0123456789ABCDEFGHIJ',
    });
    expect(JSON.stringify(record.AliasTarget)).toContain('DnsEntries');
  });

  test('denies other endpoints by a policy of its own', () => {
    const { Statement } = onlyOf(build(), 'AWS::ApiGateway::DomainNameV2').Policy;
    expect(Statement[0]).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: {
        StringNotEquals: { 'aws:SourceVpce': [{ Ref: expect.stringMatching(/^OrdersEndpoint/) }] },
      },
    });
  });

  test('takes the first part of the path', () => {
    expect(onlyOf(build({ basePath: 'v1' }), 'AWS::ApiGateway::BasePathMappingV2').BasePath).toBe('v1');
  });

  test('can keep the TLS policy that AWS had before, with a sentence that the template says', () => {
    const legacyTlsPolicyReason = 'The region does not offer enhanced TLS policies on private domains yet.';
    const stack = build({ legacyTlsPolicyReason });
    const [domain] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::DomainNameV2'));
    expect(domain?.Properties.SecurityPolicy).toBe('TLS_1_2');
    expect(domain?.Properties.EndpointAccessMode).toBeUndefined();
    expect(domain?.Metadata.SecureTransmission).toEqual({ legacyTlsPolicy: legacyTlsPolicyReason });
    expect(onlyOf(stack, 'AWS::ApiGateway::RestApi').EndpointAccessMode).toBe('STRICT');
  });

  test('can lead to another endpoint of the API in another zone', () => {
    const stack = stackIn('eu-west-1');
    const first = privateApiIn(stack, { vpc: existingVpcIn(stack) }, 'First');
    const second = privateApiIn(stack, { vpc: existingVpcIn(stack, 'OtherVpc') }, 'Second');
    const endpoints = [...first.endpoints, ...second.endpoints];
    const api = privateApiIn(stack, { endpoints, domain: domainIn(stack) });
    api.addRecord(
      'Other',
      privateZoneIn(stack, 'orders.example.com'),
      second.endpoints[0] ?? importedEndpointIn(stack),
    );
    expect(Object.keys(resourcesOf(stack, 'AWS::Route53::RecordSet'))).toHaveLength(2);
    expect(() => api.addRecord('Far', privateZoneIn(stack, 'com'), importedEndpointIn(stack))).toThrow(
      "Stack/Orders: 'endpoint' must be among the endpoints of the API, by which alone it is reached, add it to 'endpoints'",
    );
  });
});

describe('a private custom domain is refused', () => {
  const REFUSED: [string, (stack: Stack) => Partial<PrivateApiDomain>, string][] = [
    [
      'under a name of an endpoint',
      () => ({ domainName: 'vpce-0123-abcd.execute-api.eu-west-1.vpce.amazonaws.com' }),
      '\'domain.domainName\' must be a name of yours, got "vpce-0123-abcd.execute-api.eu-west-1.vpce.amazonaws.com", which is one of AWS, whose certificate API Gateway would not show for it',
    ],
    [
      'under a wildcard',
      () => ({ domainName: '*.example.com' }),
      '\'domain.domainName\' must not be a wildcard, which private custom domains cannot be, got "*.example.com", name it in full',
    ],
    [
      'under an address',
      () => ({ domainName: 'https://orders.example.com' }),
      '\'domain.domainName\' must be a fully qualified domain name without scheme, port and path, got "https://orders.example.com"',
    ],
    [
      'under a name that is not known yet',
      (stack) => ({ domainName: new CfnParameter(stack, 'Name').valueAsString }),
      "'domain.domainName' must be a literal, since the policy of the endpoint names it, got an unresolved value, read it from configuration",
    ],
    [
      'with a certificate of another region',
      (stack) => ({ certificate: certificateIn(stack, 'far', 'us-east-1') }),
      '\'domain.certificate\' must be in the region of the API (eu-west-1), got "arn:aws:acm:us-east-1:111122223333:certificate/far", request one there',
    ],
    [
      'with a certificate for another name',
      (stack) => ({
        certificate: new ManagedCertificate(stack, 'Pay', {
          domainName: 'pay.example.com',
          hostedZones: [zoneIn(stack)],
        }),
      }),
      "'domain.certificate' must be for orders.example.com, got one for pay.example.com, request one for it",
    ],
    [
      'in a public zone',
      (stack) => ({ hostedZone: new route53.PublicHostedZone(stack, 'Public', { zoneName: 'example.com' }) }),
      "'domain.hostedZone' must be private, got the public zone Stack/Public, which would tell everybody the addresses of the network, define a PrivateHostedZone",
    ],
    [
      'in a zone that does not hold it',
      (stack) => ({ hostedZone: privateZoneIn(stack, 'example.org') }),
      "'domain.hostedZone' must hold orders.example.com, got example.org, name the zone that it lies in",
    ],
    [
      'with several parts of a path',
      () => ({ basePath: 'shop/orders' }),
      '\'domain.basePath\' must be one part of a path, of letters, digits and -_., got "shop/orders", write it without slashes',
    ],
    [
      'with a reason that is none',
      () => ({ legacyTlsPolicyReason: 'legacy' }),
      "'domain.legacyTlsPolicyReason' must be a sentence of 20 to 500 characters",
    ],
  ];

  test.each(REFUSED)('%s', (_, more, message) => {
    const stack = stackIn('eu-west-1');
    expect(() => privateApiIn(stack, { domain: domainIn(stack, more(stack)) })).toThrow(
      `Stack/Orders/Domain: ${message}`,
    );
  });

  test('with a record for an endpoint whose names are not known', () => {
    const stack = stackIn('eu-west-1');
    expect(() =>
      privateApiIn(stack, { endpoints: [importedEndpointIn(stack)], domain: domainIn(stack) }),
    ).toThrow(
      "Stack/Orders/Domain: 'hostedZone' needs an endpoint that this app defines, since its names are not known of others, define the record where the endpoint is",
    );
  });

  describe('with the certificate of another name behind the same endpoint (domain sharding)', () => {
    const shard = (basicAccessReason?: string) => {
      const stack = stackIn('eu-west-1');
      const domain = { ...domainIn(stack), hostedZone: undefined };
      const { endpoints } = privateApiIn(stack, { domain, basicAccessReason });
      return () =>
        privateApiIn(
          stack,
          { endpoints, basicAccessReason, domain: { ...domain, domainName: 'payments.example.com' } },
          'Payments',
        );
    };

    test('where names are compared', () => {
      expect(shard()).toThrow(
        "Stack/Payments/Domain: 'domain.certificate' must not serve two names behind one endpoint, since clients send requests for both over one connection, which STRICT refuses, got orders.example.com and payments.example.com, request a certificate for each",
      );
    });

    test('and not where they are not yet', () => {
      expect(shard('Callers use names of endpoints until they have moved in March.')).not.toThrow();
    });
  });

  test('under a name that another one behind the endpoint has', () => {
    const stack = stackIn('eu-west-1');
    const { endpoints } = privateApiIn(stack, { domain: domainIn(stack) });
    const domain = { domainName: 'orders.example.com', certificate: certificateIn(stack, 'other') };
    expect(() => privateApiIn(stack, { endpoints, domain }, 'Payments')).toThrow(
      "Stack/Payments/Domain: 'domain.domainName' must differ between the domains behind one endpoint, got orders.example.com twice, choose another name",
    );
  });

  test('when a record is asked for and there is none', () => {
    const stack = stackIn('eu-west-1');
    const api = privateApiIn(stack);
    expect(() => api.addRecord('It', privateZoneIn(stack), importedEndpointIn(stack))).toThrow(
      "Stack/Orders: 'domain' must be set to add a record for it, name the domain",
    );
  });

  test('but not with a wildcard certificate that covers it', () => {
    const stack = stackIn('eu-west-1');
    const certificate = new ManagedCertificate(stack, 'All', {
      domainName: '*.example.com',
      hostedZones: [zoneIn(stack)],
    });
    expect(() => privateApiIn(stack, { domain: domainIn(stack, { certificate }) })).not.toThrow();
  });
});
