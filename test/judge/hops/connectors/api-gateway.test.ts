import { apiGateway } from '../../../../lib/judge/hops/connectors/api-gateway';
import { apiGatewayV2 } from '../../../../lib/judge/hops/connectors/api-gateway-v2';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const certificate = { Certificate: { Type: 'AWS::CertificateManager::Certificate' } };

describe('the hop into a custom domain', () => {
  const domainHop = (properties: JsonMap) => {
    const resources = {
      Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: properties },
      ...certificate,
    };
    return hopsOf(factsOf(apiGateway, resources), 'apigateway.domain')[0];
  };

  test('comes from the internet, or from the VPC where the domain is private', () => {
    expect(domainHop({})?.from.what).toBe('internet');
    expect(domainHop({ EndpointConfiguration: { Types: ['PRIVATE'] } })?.from.what).toBe('vpc');
  });

  test.each(['RegionalCertificateArn', 'CertificateArn'])('shows the certificate of %s', (property) => {
    const hop = domainHop({ [property]: { Ref: 'Certificate' } });
    expect(hop).toMatchObject({ certificate: { value: 'acm', path: `Properties.${property}` } });
    expect(hop?.certificateResource?.logicalId).toBe('Certificate');
  });

  test('authenticates clients where there is a trust store', () => {
    expect(domainHop({})?.clientAuthentication.value).toBe('none');
    expect(
      domainHop({ MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } })?.clientAuthentication.value,
    ).toBe('mutual-tls');
  });
});

describe('what cannot be read of an API', () => {
  test.each<[string, JsonMap, string]>([
    ['a definition in S3', { BodyS3Location: { Bucket: 'x', Key: 'y' } }, 'Properties.BodyS3Location'],
    ['a definition by macro', { Body: { 'Fn::Transform': { Name: 'AWS::Include' } } }, 'Properties.Body'],
    ['a definition that is no object', { Body: 'openapi: 3.0.1' }, 'Properties.Body'],
    ['a clone', { CloneFrom: 'abc' }, 'Properties.CloneFrom'],
    [
      'a reference to what is not there',
      {
        Body: {
          paths: { '/a': { get: { 'x-amazon-apigateway-integration': { $ref: '#/components/none' } } } },
        },
      },
      'Properties.Body.paths./a.get.x-amazon-apigateway-integration',
    ],
  ])('is said: %s', (_, properties, path) => {
    const facts = factsOf(apiGateway, { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties } });
    expect(facts.filter((fact) => fact.fact === 'not-judged')).toMatchObject([{ path, severity: 'unknown' }]);
  });
});

describe('the hop out of an API', () => {
  const hopOf = (integration: Json, more: JsonMap = {}) => {
    const Method = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', Integration: integration },
    };
    const resources = { Api: { Type: 'AWS::ApiGateway::RestApi' }, Method, ...more };
    return hopsOf(factsOf(apiGateway, resources), 'apigateway.integration')[0];
  };

  test('comes from the API and names the host', () => {
    const hop = hopOf({ Type: 'HTTP', Uri: 'https://example.com/x' });
    expect(hop?.from.resource?.logicalId).toBe('Api');
    expect(hop).toMatchObject({ to: { what: 'external', name: 'example.com' }, floor: { value: 'TLSv1.2' } });
  });

  test('leads to the load balancer that a VPC link V2 names, over TLS by the address', () => {
    const hop = (uri: string, target: Json) =>
      hopOf(
        { Type: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', Uri: uri, IntegrationTarget: target },
        { Ledger: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } },
      );
    expect(hop('https://ledger.example.com/', { Ref: 'Ledger' })).toMatchObject({
      to: { resource: { logicalId: 'Ledger' } },
      protocol: { value: 'tls' },
      serverAuthenticated: { value: true },
    });
    expect(hop('http://ledger.example.com/', { Ref: 'Ledger' })).toMatchObject({
      to: { resource: { logicalId: 'Ledger' } },
      protocol: { value: 'plaintext' },
    });
    expect(hop('https://ledger.example.com/', 'arn:aws:elasticloadbalancing:x')?.to).toEqual({
      what: 'vpc',
      name: 'ledger.example.com',
    });
  });

  test('names the function that a URI invokes', () => {
    const uri = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/x/$' + '{F.Arn}/invocations' };
    const hop = hopOf({ Type: 'AWS_PROXY', Uri: uri }, { F: { Type: 'AWS::Lambda::Function' } });
    expect(hop?.to.resource?.logicalId).toBe('F');
  });

  test('names the service that a URI calls', () => {
    expect(hopOf({ Type: 'AWS', Uri: 'arn:aws:apigateway:eu-west-1:sqs:path/1/q' })?.to).toEqual({
      what: 'aws',
      name: 'sqs',
    });
  });
});

describe('an HTTP API', () => {
  test('has an endpoint of its own unless that is disabled', () => {
    const of = (properties: JsonMap) =>
      hopsOf(
        factsOf(apiGatewayV2, { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: properties } }),
        'apigatewayv2.api',
      );
    expect(of({})).toMatchObject([{ tlsPolicy: { value: 'TLS_1_2' }, protocol: { value: 'tls' } }]);
    expect(of({ DisableExecuteApiEndpoint: true })).toEqual([]);
  });

  test('reaches a private integration inside the VPC, at the listener of this app', () => {
    const [hop] = hopsOf(
      factsOf(apiGatewayV2, {
        Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener' },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: 'x',
            IntegrationType: 'HTTP_PROXY',
            ConnectionType: 'VPC_LINK',
            IntegrationUri: { Ref: 'Listener' },
            TlsConfig: { ServerNameToVerify: 'example.com' },
          },
        },
      }),
      'apigatewayv2.integration',
    );
    expect(hop?.to.resource?.logicalId).toBe('Listener');
    expect(hop).toMatchObject({ protocol: { value: 'tls' }, serverAuthenticated: { value: true } });
  });
});
