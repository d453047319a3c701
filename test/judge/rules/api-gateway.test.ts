import { apiGateway } from '../../../lib/judge/hops/connectors/api-gateway';
import { apiGatewayV2 } from '../../../lib/judge/hops/connectors/api-gateway-v2';
import { API_GATEWAY_PACK_ROWS } from '../../../lib/judge/rules/api-gateway';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, verdictsOf, wordsOf } from '../support';

const BEST = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
const ENVIRONMENTS = {
  Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
};
const HIDDEN = { Parameters: { P: { Type: 'String' } } };

const rule = (id: string) => {
  const found = API_GATEWAY_PACK_ROWS.find((row) => row.rule.id === id);
  if (found === undefined) throw new TypeError(`no rule ${id}`);
  return found.rule;
};

const factsIn = (resources: JsonMap, parts?: TemplateParts) => [
  ...factsOf(apiGateway, resources, parts),
  ...factsOf(apiGatewayV2, resources, parts),
];

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(rule(id), factsIn(resources, parts));

/** Every finding above information: rule and place. */
const findings = (resources: JsonMap, level?: string) =>
  API_GATEWAY_PACK_ROWS.filter((row) =>
    level === undefined ? row.level !== 'info' : row.level === level,
  ).flatMap((row) =>
    wordsOf(row.rule, factsIn(resources))
      .filter((words) => words !== 'compliant')
      .map((words) => `${row.rule.id}: ${words}`),
  );

const domain = (properties: JsonMap): JsonMap => ({
  Domain: {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: { DomainName: 'api.example.com', ...properties },
  },
});
const api = (properties: JsonMap): JsonMap => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties },
});
const regional = { EndpointConfiguration: { Types: ['REGIONAL'] } };
const mapping: JsonMap = {
  Mapping: {
    Type: 'AWS::ApiGateway::BasePathMapping',
    Properties: { RestApiId: { Ref: 'Api' }, DomainName: { Ref: 'Domain' } },
  },
};
const httpDomain = (properties: JsonMap, more: JsonMap = {}): JsonMap => ({
  HttpDomain: {
    Type: 'AWS::ApiGatewayV2::DomainName',
    Properties: { DomainName: 'api.example.com', DomainNameConfigurations: [properties], ...more },
  },
});
const httpApi = (properties: JsonMap = {}): JsonMap => ({
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...properties } },
});
const httpMapping: JsonMap = {
  HttpMapping: {
    Type: 'AWS::ApiGatewayV2::ApiMapping',
    Properties: { ApiId: { Ref: 'HttpApi' }, DomainName: { Ref: 'HttpDomain' } },
  },
};

test('a REST API with the best TLS policy behind a domain with the same has no finding at all', () => {
  const strict = { SecurityPolicy: BEST, EndpointAccessMode: 'STRICT' };
  const good = {
    ...domain({ ...regional, ...strict, RegionalCertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x' }),
    ...api({ ...regional, ...strict, DisableExecuteApiEndpoint: true }),
    ...mapping,
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        HttpMethod: 'GET',
        Integration: { Type: 'HTTP_PROXY', Uri: 'https://example.com/' },
      },
    },
  };
  expect(findings(good)).toEqual([]);
  expect(findings(good, 'info')).toEqual([]);
});

test('an HTTP API behind a domain with mutual TLS has no error', () => {
  const good = {
    ...httpDomain({ SecurityPolicy: 'TLS_1_2' }, { MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } }),
    ...httpApi({ DisableExecuteApiEndpoint: true }),
    ...httpMapping,
  };
  expect(findings(good, 'error')).toEqual([]);
});

describe('ApiDomainRequiresTls12', () => {
  const onDomain = (properties: JsonMap, parts?: TemplateParts) =>
    judge('ApiDomainRequiresTls12', domain(properties), parts);

  test.each(['TLS_1_2', BEST, 'SecurityPolicy_TLS12_PFS_2025_EDGE'])('passes %s', (policy) => {
    expect(onDomain({ SecurityPolicy: policy })).toEqual(['compliant']);
  });

  test('fails TLS_1_0', () => {
    expect(onDomain({ SecurityPolicy: 'TLS_1_0' })).toEqual([
      'violation at Properties.SecurityPolicy: TLS_1_0',
    ]);
  });

  test('judges what the service applies where the property is absent, and says that it is absent', () => {
    const [verdict] = verdictsOf(rule('ApiDomainRequiresTls12'), factsIn(domain({})));
    expect(verdict).toMatchObject({ verdict: 'violation', path: 'Properties.SecurityPolicy', got: 'absent' });
  });

  test('passes a private domain without a policy: its default is TLS 1.2', () => {
    const privateDomain = { Domain: { Type: 'AWS::ApiGateway::DomainNameV2', Properties: {} } };
    expect(judge('ApiDomainRequiresTls12', privateDomain)).toEqual(['compliant']);
    expect(onDomain({ EndpointConfiguration: { Types: ['PRIVATE'] } })).toEqual(['compliant']);
  });

  test('judges each configuration of a domain of HTTP APIs', () => {
    expect(judge('ApiDomainRequiresTls12', httpDomain({ SecurityPolicy: 'TLS_1_2' }))).toEqual(['compliant']);
    expect(judge('ApiDomainRequiresTls12', httpDomain({}))).toEqual(['compliant']);
    expect(judge('ApiDomainRequiresTls12', httpDomain({ SecurityPolicy: 'TLS_1_0' }))).toEqual([
      'violation at Properties.DomainNameConfigurations.0.SecurityPolicy: TLS_1_0',
    ]);
  });

  test('sees the branch of Fn::If in which it is TLS_1_0', () => {
    expect(
      onDomain({ SecurityPolicy: { 'Fn::If': ['IsProd', 'TLS_1_2', 'TLS_1_0'] } }, ENVIRONMENTS).toSorted(),
    ).toEqual(['compliant', 'violation at Properties.SecurityPolicy: TLS_1_0']);
  });
});

test('a REST API with mutual TLS as well as AWS offers it has no finding, of whatever level', () => {
  const partners = {
    ...domain({
      ...regional,
      SecurityPolicy: 'TLS_1_2',
      RegionalCertificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x',
      MutualTlsAuthentication: { TruststoreUri: 's3://x/y', TruststoreVersion: 'v' },
    }),
    ...api({ ...regional, SecurityPolicy: 'TLS_1_2', DisableExecuteApiEndpoint: true }),
    ...mapping,
  };
  expect(findings(partners)).toEqual([]);
  expect(findings(partners, 'info')).toEqual([]);
});

describe('ApiDomainTlsPolicyIsClassified', () => {
  const onDomain = (resources: JsonMap, parts?: TemplateParts) =>
    judge('ApiDomainTlsPolicyIsClassified', resources, parts);

  test('fails a name that nobody has looked up, and the ladder stops there', () => {
    const bogus = domain({
      SecurityPolicy: 'SecurityPolicy_TLS13_9_9_2099_01',
      EndpointAccessMode: 'STRICT',
    });
    expect(findings(bogus)).toEqual([
      'ApiDomainTlsPolicyIsClassified: violation at Properties.SecurityPolicy: SecurityPolicy_TLS13_9_9_2099_01',
    ]);
  });

  test('cannot tell where a parameter without default is the policy', () => {
    expect(onDomain(domain({ SecurityPolicy: { Ref: 'P' } }), HIDDEN)).toEqual([
      'unknown at Properties.SecurityPolicy',
    ]);
  });

  test('cannot tell where the default depends on a type that is hidden', () => {
    const hidden = domain({ EndpointConfiguration: { Types: [{ Ref: 'P' }] } });
    expect(onDomain(hidden, HIDDEN)).toEqual(['unknown at Properties.SecurityPolicy']);
  });

  test('cannot tell where a macro writes the configurations of a domain', () => {
    const hidden = {
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: { DomainNameConfigurations: { 'Fn::Transform': { Name: 'x' } } },
      },
    };
    expect(onDomain(hidden)).toEqual(['unknown at Properties.DomainNameConfigurations']);
  });
});

describe('the rungs above TLS 1.2', () => {
  test.each<[string, string[]]>([
    ['TLS_1_0', ['ApiDomainRequiresTls12']],
    ['TLS_1_2', ['ApiDomainIsForwardSecret']],
    ['SecurityPolicy_TLS13_1_2_PQ_2025_09', ['ApiDomainIsForwardSecret']],
    ['SecurityPolicy_TLS12_2018_EDGE', ['ApiDomainTlsPolicyIsOnSecurityHubList']],
    ['SecurityPolicy_TLS13_1_3_2025_09', ['ApiDomainIsPostQuantum']],
    [BEST, []],
  ])('give %s one finding at most', (policy, ids) => {
    const resources = domain({ SecurityPolicy: policy, EndpointAccessMode: 'STRICT' });
    const all = API_GATEWAY_PACK_ROWS.filter((row) =>
      wordsOf(row.rule, factsIn(resources)).some((words) => words !== 'compliant'),
    );
    expect(all.map((row) => row.rule.id)).toEqual(ids);
  });
});

describe('ApiEndpointRequiresTls12', () => {
  const onApi = (properties: JsonMap, parts?: TemplateParts) =>
    judge('ApiEndpointRequiresTls12', api(properties), parts);

  test('fails a REST API that says nothing: edge-optimized, it accepts TLS 1.0', () => {
    expect(onApi({})).toEqual(['violation at Properties.SecurityPolicy: absent']);
    expect(onApi(regional)).toEqual(['violation at Properties.SecurityPolicy: absent']);
  });

  test('passes a private one that says nothing: its default is TLS 1.2', () => {
    expect(onApi({ EndpointConfiguration: { Types: ['PRIVATE'] } })).toEqual(['compliant']);
  });

  test('passes an enhanced policy', () => {
    expect(onApi({ SecurityPolicy: BEST })).toEqual(['compliant']);
  });

  test('passes an enhanced policy in the OpenAPI definition', () => {
    expect(onApi({ Body: { 'x-amazon-apigateway-security-policy': BEST, paths: {} } })).toEqual([
      'compliant',
    ]);
  });

  test('says nothing where the endpoint is closed', () => {
    expect(onApi({ DisableExecuteApiEndpoint: true })).toEqual([]);
    expect(onApi({ DisableExecuteApiEndpoint: 'true' })).toEqual([]);
    expect(
      onApi({ Body: { 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } } }),
    ).toEqual([]);
  });

  test('judges the endpoint where nobody knows whether it is closed', () => {
    expect(onApi({ DisableExecuteApiEndpoint: { Ref: 'P' } }, HIDDEN)).toEqual([
      'violation at Properties.SecurityPolicy: absent',
    ]);
  });

  test('passes HTTP and WebSocket APIs, which have TLS 1.2 only', () => {
    expect(judge('ApiEndpointRequiresTls12', httpApi())).toEqual(['compliant']);
  });

  test('leaves it open where the definition is a file in S3', () => {
    const resources = api({ BodyS3Location: { Bucket: 'x', Key: 'y' } });
    expect(judge('ApiEndpointTlsPolicyIsClassified', resources)).toEqual([
      'unknown at Properties.SecurityPolicy',
    ]);
  });
});

describe('ApiEndpointAccessIsStrict', () => {
  const onDomain = (properties: JsonMap, parts?: TemplateParts) =>
    judge('ApiEndpointAccessIsStrict', domain(properties), parts);

  test('passes STRICT', () => {
    expect(onDomain({ SecurityPolicy: BEST, EndpointAccessMode: 'STRICT' })).toEqual(['compliant']);
  });

  test('warns of BASIC and of none', () => {
    const place = 'violation at Properties.EndpointAccessMode';
    expect(onDomain({ SecurityPolicy: BEST, EndpointAccessMode: 'BASIC' })).toEqual([`${place}: BASIC`]);
    expect(onDomain({ SecurityPolicy: BEST })).toEqual([`${place}: absent`]);
    expect(judge('ApiEndpointAccessIsStrict', api({ SecurityPolicy: BEST }))).toEqual([`${place}: absent`]);
  });

  test('says nothing about legacy policies, which have no access mode', () => {
    expect(onDomain({ SecurityPolicy: 'TLS_1_2' })).toEqual([]);
  });

  test('cannot tell where a parameter without default is the mode', () => {
    expect(onDomain({ SecurityPolicy: BEST, EndpointAccessMode: { Ref: 'P' } }, HIDDEN)).toEqual([
      'unknown at Properties.EndpointAccessMode',
    ]);
  });
});

describe('ApiDefaultEndpointIsDisabled', () => {
  const ID = 'ApiDefaultEndpointIsDisabled';
  const open = (more: JsonMap = {}, ofDomain: JsonMap = {}) => ({
    ...api({ SecurityPolicy: BEST, ...more }),
    ...domain(ofDomain),
    ...mapping,
  });

  test('warns of an open endpoint behind a custom domain', () => {
    expect(judge(ID, open())).toEqual(['violation at Properties.DisableExecuteApiEndpoint: absent']);
    expect(judge(ID, open({ DisableExecuteApiEndpoint: false }))).toEqual([
      'violation at Properties.DisableExecuteApiEndpoint: false',
    ]);
  });

  test('passes one that is disabled, which shows at the domain', () => {
    expect(judge(ID, open({ DisableExecuteApiEndpoint: true }))).toEqual(['compliant']);
  });

  test('passes an API that no custom domain leads to', () => {
    expect(judge(ID, api({ SecurityPolicy: BEST }))).toEqual(['compliant']);
  });

  test('leaves an endpoint below TLS 1.2 to the error about that', () => {
    const resources = { ...api({}), ...domain({ SecurityPolicy: 'TLS_1_2' }), ...mapping };
    expect(judge(ID, resources)).toEqual([]);
    expect(judge('ApiEndpointRequiresTls12', resources)).toEqual([
      'violation at Properties.SecurityPolicy: absent',
    ]);
  });

  test('warns of going round mutual TLS whatever the version', () => {
    const resources = {
      ...api({}),
      ...domain({ MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } }),
      ...mapping,
    };
    const [verdict] = verdictsOf(rule(ID), factsIn(resources));
    expect(verdict).toMatchObject({
      verdict: 'violation',
      detail: expect.stringContaining('without a certificate'),
    });
  });

  test('finds a mapping by the literal domain name', () => {
    const literal = {
      Mapping: {
        Type: 'AWS::ApiGateway::BasePathMapping',
        Properties: { RestApiId: { Ref: 'Api' }, DomainName: 'api.example.com' },
      },
    };
    const resources = { ...open({}, { MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } }), ...literal };
    expect(verdictsOf(rule(ID), factsIn(resources))[0]).toMatchObject({
      detail: expect.stringContaining('certificate'),
    });
  });

  test('finds the mapping of an HTTP API', () => {
    expect(judge(ID, { ...httpApi(), ...httpDomain({}), ...httpMapping })).toEqual([
      'violation at Properties.DisableExecuteApiEndpoint: absent',
    ]);
  });

  test('finds a routing rule of the domain', () => {
    const routing = {
      Rule: {
        Type: 'AWS::ApiGatewayV2::RoutingRule',
        Properties: {
          DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] },
          Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: 'prod' } }],
        },
      },
    };
    const mutual = domain({ MutualTlsAuthentication: { TruststoreUri: 's3://x/y' } });
    const [verdict] = verdictsOf(
      rule(ID),
      factsIn({ ...api({ SecurityPolicy: BEST }), ...mutual, ...routing }),
    );
    expect(verdict).toMatchObject({ verdict: 'violation', detail: expect.stringContaining('certificate') });
  });

  test('does not count a mapping that does not exist in the environment', () => {
    const conditional = { Mapping: { ...(mapping.Mapping as JsonMap), Condition: 'IsProd' } };
    expect(judge(ID, { ...open(), ...conditional }, ENVIRONMENTS).toSorted()).toEqual([
      'compliant',
      'violation at Properties.DisableExecuteApiEndpoint: absent',
    ]);
  });

  test('cannot tell where a parameter without default decides', () => {
    expect(judge(ID, open({ DisableExecuteApiEndpoint: { Ref: 'P' } }), HIDDEN)).toEqual([
      'unknown at Properties.DisableExecuteApiEndpoint',
    ]);
  });
});

describe('ApiRequiresMutualTlsOnEveryDomain', () => {
  const ID = 'ApiRequiresMutualTlsOnEveryDomain';
  const asked: JsonMap = { MutualTlsAuthentication: { TruststoreUri: 's3://x/y', TruststoreVersion: 'v' } };
  const second = (properties: JsonMap, more: JsonMap = {}): JsonMap => ({
    Second: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: { DomainName: 'open.example.com', ...properties },
      ...more,
    },
  });
  const toSecond = (apiId: string): JsonMap => ({
    SecondMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      Properties: { RestApiId: { Ref: apiId }, DomainName: { Ref: 'Second' } },
    },
  });
  const closed = api({ DisableExecuteApiEndpoint: true, SecurityPolicy: 'TLS_1_2' });
  const both = (properties: JsonMap): JsonMap => ({
    ...closed,
    ...domain(asked),
    ...mapping,
    ...second(properties),
    ...toSecond('Api'),
  });

  test('warns of a second domain by which clients without a certificate reach the API', () => {
    expect(judge(ID, both({}))).toEqual([
      'compliant',
      'violation at Properties.MutualTlsAuthentication: absent',
    ]);
  });

  test('names the domain that lets them in, and not the one that turns them away', () => {
    const verdict = verdictsOf(rule(ID), factsIn(both({}))).find((each) => each.verdict === 'violation');
    expect(verdict).toMatchObject({ resource: { logicalId: 'Second' } });
  });

  test('passes where both domains ask for one, and where each has an API of its own', () => {
    expect(judge(ID, both(asked))).toEqual(['compliant', 'compliant']);
    const other = { Other: { Type: 'AWS::ApiGateway::RestApi', Properties: {} } };
    expect(
      judge(ID, { ...closed, ...domain(asked), ...mapping, ...second({}), ...other, ...toSecond('Other') }),
    ).toEqual(['compliant', 'compliant']);
  });

  test('passes two domains that ask for none', () => {
    expect(judge(ID, { ...closed, ...domain({}), ...mapping, ...second({}), ...toSecond('Api') })).toEqual([
      'compliant',
      'compliant',
    ]);
  });

  test('sees it across the generations: an HTTP domain beside one with mutual TLS', () => {
    const resources = {
      ...httpApi({ DisableExecuteApiEndpoint: true }),
      ...httpDomain({ SecurityPolicy: 'TLS_1_2' }, asked),
      ...httpMapping,
      ...second({}),
      Rule: {
        Type: 'AWS::ApiGatewayV2::RoutingRule',
        Properties: {
          DomainNameArn: { 'Fn::GetAtt': ['Second', 'DomainNameArn'] },
          Actions: [{ InvokeApi: { ApiId: { Ref: 'HttpApi' }, Stage: 'prod' } }],
        },
      },
    };
    expect(judge(ID, resources).toSorted()).toEqual([
      'compliant',
      'violation at Properties.MutualTlsAuthentication: absent',
    ]);
  });

  test('judges each environment by itself', () => {
    const prodOnly = { ...both({}), ...second({}, { Condition: 'IsProd' }) };
    expect(judge(ID, prodOnly, ENVIRONMENTS).toSorted()).toEqual([
      'compliant',
      'violation at Properties.MutualTlsAuthentication: absent',
    ]);
  });

  test('cannot tell where a parameter decides whether the other domain asks for a certificate', () => {
    const hidden = { ...both({}), ...domain({ MutualTlsAuthentication: { Ref: 'P' } }) };
    expect(judge(ID, hidden, HIDDEN)).toEqual(['compliant', 'unknown at Properties.MutualTlsAuthentication']);
  });
});

describe('MappedApiRequiresTls12', () => {
  const behind = (properties: JsonMap, parts?: TemplateParts) =>
    judge(
      'MappedApiRequiresTls12',
      {
        ...api({ DisableExecuteApiEndpoint: true, ...properties }),
        ...domain({ SecurityPolicy: 'TLS_1_2' }),
        ...mapping,
      },
      parts,
    );

  test('warns of an API with TLS 1.0 behind a domain with TLS 1.2', () => {
    expect(behind({})).toEqual(['violation at Properties.SecurityPolicy: absent']);
    expect(behind({ SecurityPolicy: 'TLS_1_0' })).toEqual([
      'violation at Properties.SecurityPolicy: TLS_1_0',
    ]);
  });

  test('passes an API with an enhanced policy', () => {
    expect(behind({ SecurityPolicy: BEST })).toEqual(['compliant']);
  });

  test('cannot tell where a parameter without default is the policy', () => {
    expect(behind({ SecurityPolicy: { Ref: 'P' } }, HIDDEN)).toEqual([
      'unknown at Properties.SecurityPolicy',
    ]);
  });

  test('leaves an API with an open endpoint to the error about that', () => {
    expect(behind({ DisableExecuteApiEndpoint: false })).toEqual([]);
  });
});

const method = (integration: Json): JsonMap => ({
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'POST', Integration: integration },
  },
});
const integration = (properties: JsonMap): JsonMap => ({
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: { Ref: 'HttpApi' }, ...properties },
  },
});

describe('ApiIntegrationIsEncrypted', () => {
  const onMethod = (found: Json, parts?: TemplateParts) =>
    judge('ApiIntegrationIsEncrypted', method(found), parts);
  const onIntegration = (found: JsonMap, parts?: TemplateParts) =>
    judge('ApiIntegrationIsEncrypted', integration(found), parts);
  const privately = {
    IntegrationType: 'HTTP_PROXY',
    ConnectionType: 'VPC_LINK',
    IntegrationUri: { Ref: 'Listener' },
  };

  test('passes https and fails http', () => {
    expect(onMethod({ Type: 'HTTP_PROXY', Uri: 'https://example.com/x' })).toEqual(['compliant']);
    expect(onMethod({ Type: 'HTTP', Uri: 'http://example.com/x' })).toEqual([
      'violation at Properties.Integration.Uri: http://example.com',
    ]);
    expect(onMethod({ Type: 'HTTP', Uri: 'HTTP://example.com' })).toEqual([
      'violation at Properties.Integration.Uri: http://example.com',
    ]);
  });

  test('reads the scheme of a URI whose rest is only known at deployment', () => {
    const name = { 'Fn::GetAtt': ['Nlb', 'DNSName'] };
    const of = (scheme: string): JsonMap => ({
      ...method({
        Type: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        Uri: { 'Fn::Join': ['', [scheme, name, ':8080']] },
      }),
      Nlb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    });
    expect(judge('ApiIntegrationIsEncrypted', of('https://'))).toEqual(['compliant']);
    expect(judge('ApiIntegrationIsEncrypted', of('http://'))[0]).toMatch(
      /^violation at Properties.Integration.Uri: http:/,
    );
  });

  test('knows that a website endpoint of S3 is plaintext and a function URL is not', () => {
    const bucket = { B: { Type: 'AWS::S3::Bucket' }, U: { Type: 'AWS::Lambda::Url' } };
    const of = (name: string, attribute: string) =>
      method({ Type: 'HTTP_PROXY', Uri: { 'Fn::GetAtt': [name, attribute] } });
    expect(judge('ApiIntegrationIsEncrypted', { ...bucket, ...of('B', 'WebsiteURL') })[0]).toMatch(
      /^violation/,
    );
    expect(judge('ApiIntegrationIsEncrypted', { ...bucket, ...of('U', 'FunctionUrl') })).toEqual([
      'compliant',
    ]);
  });

  test('does not show the user, path and query of a URI', () => {
    expect(onMethod({ Type: 'HTTP', Uri: 'http://user:secret@example.com/token?key=secret' })).toEqual([
      'violation at Properties.Integration.Uri: http://example.com',
    ]);
  });

  test('passes functions and other services of AWS, and says nothing about a mock', () => {
    const uri = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:x/invocations';
    expect(onMethod({ Type: 'AWS_PROXY', Uri: uri })).toEqual(['compliant']);
    expect(onMethod({ Type: 'MOCK' })).toEqual([]);
  });

  test.each<[string, Json, string]>([
    ['the URI', { Type: 'HTTP', Uri: { Ref: 'P' } }, 'Uri'],
    ['the type', { Type: { Ref: 'P' }, Uri: 'https://x' }, 'Type'],
    ['a stage variable', { Type: 'HTTP', Uri: '${stageVariables.url}/x' }, 'Uri'],
    ['a missing URI', { Type: 'HTTP' }, 'Uri'],
  ])('cannot tell where %s hides it', (_, found, place) => {
    expect(onMethod(found, HIDDEN)).toEqual([`unknown at Properties.Integration.${place}`]);
  });

  test('fails a private integration of an HTTP API without TlsConfig, also to an HTTPS listener', () => {
    const listener = {
      Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Protocol: 'HTTPS' } },
    };
    expect(judge('ApiIntegrationIsEncrypted', { ...integration(privately), ...listener })).toEqual([
      'violation at Properties.TlsConfig: absent',
    ]);
  });

  test('passes a private integration with TlsConfig', () => {
    expect(onIntegration({ ...privately, TlsConfig: { ServerNameToVerify: 'example.com' } })).toEqual([
      'compliant',
    ]);
  });

  test('cannot tell where a macro writes TlsConfig', () => {
    expect(onIntegration({ ...privately, TlsConfig: { 'Fn::Transform': { Name: 'x' } } })).toEqual([
      'unknown at Properties.TlsConfig',
    ]);
  });

  test('sees TlsConfig in one environment only', () => {
    const tls = { 'Fn::If': ['IsProd', { ServerNameToVerify: 'example.com' }, { Ref: 'AWS::NoValue' }] };
    expect(onIntegration({ ...privately, TlsConfig: tls }, ENVIRONMENTS).toSorted()).toEqual([
      'compliant',
      'violation at Properties.TlsConfig: absent',
    ]);
  });

  test('judges a public integration of an HTTP API by its URI', () => {
    expect(onIntegration({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://example.com' })).toEqual([
      'violation at Properties.IntegrationUri: http://example.com',
    ]);
  });

  test('judges the target of a quick create', () => {
    expect(judge('ApiIntegrationIsEncrypted', httpApi({ Target: 'http://example.com' }))).toEqual([
      'violation at Properties.Target: http://example.com',
    ]);
    expect(
      judge('ApiIntegrationIsEncrypted', httpApi({ Target: 'arn:aws:lambda:eu-west-1:1:function:x' })),
    ).toEqual(['compliant']);
  });

  test('reads the integrations of an OpenAPI definition', () => {
    const body = {
      paths: {
        '/a': {
          get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'http://example.com' } },
        },
      },
    };
    expect(judge('ApiIntegrationIsEncrypted', api({ Body: body }))).toEqual([
      'violation at Properties.Body.paths./a.get.x-amazon-apigateway-integration.uri: http://example.com',
    ]);
  });

  test('follows the references of an OpenAPI definition', () => {
    const body = {
      paths: {
        '/a': {
          get: {
            'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/one' },
          },
        },
      },
      components: {
        'x-amazon-apigateway-integrations': {
          one: { type: 'http_proxy', connectionType: 'VPC_LINK', uri: 'arn:x' },
        },
      },
    };
    expect(judge('ApiIntegrationIsEncrypted', httpApi({ Body: body }))).toEqual([
      'violation at Properties.Body.components.x-amazon-apigateway-integrations.one.tlsConfig: absent',
    ]);
  });
});

describe('verification of the back end', () => {
  const body = (tlsConfig: JsonMap) => ({
    paths: {
      '/a': {
        post: { 'x-amazon-apigateway-integration': { type: 'http', uri: 'https://example.com', tlsConfig } },
      },
    },
  });

  test('fails insecureSkipVerification', () => {
    expect(
      judge('ApiIntegrationIsAuthenticated', api({ Body: body({ insecureSkipVerification: true }) })),
    ).toEqual([
      'violation at Properties.Body.paths./a.post.x-amazon-apigateway-integration.tlsConfig.insecureSkipVerification: true',
    ]);
    expect(
      judge('ApiIntegrationIsAuthenticated', api({ Body: body({ insecureSkipVerification: false }) })),
    ).toEqual(['compliant']);
  });

  test('says nothing about it where the request goes in clear: one fault is one finding', () => {
    const plain = method({ Type: 'HTTP', Uri: 'http://x', TlsConfig: { InsecureSkipVerification: true } });
    expect(judge('ApiIntegrationIsAuthenticated', plain)).toEqual([]);
  });

  test('cannot tell where a parameter without default decides', () => {
    const hidden = method({
      Type: 'HTTP',
      Uri: 'https://x',
      TlsConfig: { InsecureSkipVerification: { Ref: 'P' } },
    });
    expect(judge('ApiIntegrationIsAuthenticated', hidden, HIDDEN)).toEqual([
      'unknown at Properties.Integration.TlsConfig.InsecureSkipVerification',
    ]);
  });

  test('warns of a VPC link without a name to verify', () => {
    const privately = { IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationUri: 'arn:x' };
    expect(judge('VpcLinkVerifiesServerName', integration({ ...privately, TlsConfig: {} }))).toEqual([
      'violation at Properties.TlsConfig.ServerNameToVerify: absent',
    ]);
    const named = { ...privately, TlsConfig: { ServerNameToVerify: { Ref: 'P' } } };
    expect(judge('VpcLinkVerifiesServerName', integration(named), HIDDEN)).toEqual(['compliant']);
  });
});

test('tells an HTTP API, which has no other TLS policy, what would have one', () => {
  const resources = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } } };
  const [verdict] = verdictsOf(rule('ApiEndpointIsForwardSecret'), factsIn(resources));
  expect(verdict).toMatchObject({
    verdict: 'violation',
    path: 'Properties.ProtocolType',
    got: 'HTTP',
    want: expect.stringContaining('REST API'),
  });
});

describe('a private API behind a domain of its own', () => {
  const TLS = { SecurityPolicy: BEST, EndpointAccessMode: 'STRICT' };
  const shape = (apiProperties: JsonMap = {}, domainProperties: JsonMap = {}): JsonMap => ({
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        EndpointConfiguration: { Types: ['PRIVATE'] },
        DisableExecuteApiEndpoint: true,
        ...TLS,
        ...apiProperties,
      },
    },
    Domain: {
      Type: 'AWS::ApiGateway::DomainNameV2',
      Properties: {
        DomainName: 'orders.example.com',
        CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
        EndpointConfiguration: { Types: ['PRIVATE'] },
        ...TLS,
        ...domainProperties,
      },
    },
    Mapping: {
      Type: 'AWS::ApiGateway::BasePathMappingV2',
      Properties: {
        RestApiId: { Ref: 'Api' },
        DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] },
        Stage: 'prod',
      },
    },
  });

  test('with the same TLS policy on both has no finding, of whatever level', () => {
    expect(findings(shape())).toEqual([]);
    expect(findings(shape(), 'info')).toEqual([]);
  });

  test.each<[string, JsonMap, JsonMap, string]>([
    [
      'whose default endpoint is open',
      { DisableExecuteApiEndpoint: false },
      {},
      'ApiDefaultEndpointIsDisabled: violation at Properties.DisableExecuteApiEndpoint: false',
    ],
    [
      'whose API takes TLS 1.0',
      { SecurityPolicy: 'TLS_1_0' },
      {},
      'MappedApiRequiresTls12: violation at Properties.SecurityPolicy: TLS_1_0',
    ],
    [
      'whose domain takes TLS 1.0',
      {},
      { SecurityPolicy: 'TLS_1_0' },
      'ApiDomainRequiresTls12: violation at Properties.SecurityPolicy: TLS_1_0',
    ],
    [
      'whose domain has TLS_1_2, with suites without forward secrecy',
      {},
      { SecurityPolicy: 'TLS_1_2' },
      'ApiDomainIsForwardSecret: violation at Properties.SecurityPolicy: TLS_1_2',
    ],
    [
      'whose domain compares no names',
      {},
      { EndpointAccessMode: 'BASIC' },
      'ApiEndpointAccessIsStrict: violation at Properties.EndpointAccessMode: BASIC',
    ],
  ])('%s is found', (_, apiProperties, domainProperties, finding) => {
    expect(findings(shape(apiProperties, domainProperties))).toContain(finding);
  });
});
