import { type App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuthorization } from '../../../lib/constructs/api';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import { TrustMaterialBucket } from '../../../lib/constructs/mutual-tls';
import { PartnerApi, type PartnerApiProps } from '../../../lib/constructs/partner-api';
import { WebAcl, WebAclScope } from '../../../lib/constructs/web-acl';
import { synthesised } from '../../checks/synthesised';
import { allPacks, findingsOf } from '../judged';
import { certificateIn, FLAGS, propertiesOfOnly, rendered, resourcesOf, stackIn, zoneIn } from '../support';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const NAME = 'partners.example.com';
const REASON = 'A firewall of the network operator stands before it already.';
const SCHEMA: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  required: ['amount'],
  properties: { amount: { type: apigateway.JsonSchemaType.INTEGER, minimum: 1 } },
};

function propsIn(stack: Stack): PartnerApiProps {
  return {
    domainName: NAME,
    certificate: certificateIn(stack),
    clientTrust: {
      bucket: new TrustMaterialBucket(stack, 'Trust').bucket,
      caCertificates: { key: 'partners.pem', version: 'v1' },
    },
  };
}

const handlerIn = (stack: Stack, id = 'Payments') =>
  lambda.Function.fromFunctionAttributes(stack, id, {
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:payments',
    sameEnvironment: true,
  });

function withoutPartner(
  more: Partial<PartnerApiProps> | ((stack: Stack) => Partial<PartnerApiProps>) = {},
  flags: Record<string, unknown> = FLAGS,
) {
  const stack = stackIn('eu-west-1', flags);
  const given = typeof more === 'function' ? more(stack) : more;
  const api = new PartnerApi(stack, 'Partners', { ...propsIn(stack), ...given });
  api.addRoute('POST /payments', handlerIn(stack), { body: SCHEMA });
  return { stack, api };
}

function define(...given: Parameters<typeof withoutPartner>) {
  const defined = withoutPartner(...given);
  defined.api.addPartner('Known');
  return defined;
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('PartnerApi %s', (_, flags) => {
  test('has one way in: a regional domain that asks for certificates of a pinned bundle', () => {
    const { stack } = define({}, flags);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    expect(propertiesOfOnly(stack, DOMAIN)).toEqual({
      DomainName: NAME,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      MutualTlsAuthentication: {
        TruststoreUri: { 'Fn::Join': ['', ['s3://', { Ref: bucket }, '/partners.pem']] },
        TruststoreVersion: 'v1',
      },
      RegionalCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/Certificate',
      SecurityPolicy: 'TLS_1_2',
    });
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::RestApi')).toMatchObject({
      DisableExecuteApiEndpoint: true,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
      ApiKeySourceType: 'HEADER',
    });
    const [api] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
    const [stage] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Stage'));
    const [domain] = Object.keys(resourcesOf(stack, DOMAIN));
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::BasePathMapping')).toEqual({
      DomainName: { Ref: domain },
      RestApiId: { Ref: api },
      Stage: { Ref: stage },
    });
  });

  test('asks each caller for a signature and the key of a partner, and looks at what is sent', () => {
    const { stack } = define({}, flags);
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::Method')).toMatchObject({
      HttpMethod: 'POST',
      AuthorizationType: 'AWS_IAM',
      ApiKeyRequired: true,
      RequestModels: { $default: expect.anything() },
      RequestValidatorId: expect.anything(),
    });
  });

  test('stands behind a web application firewall of its own, which takes as much as the stage', () => {
    const { stack } = define({}, flags);
    const [stage] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Stage'));
    const [webAcl] = Object.keys(resourcesOf(stack, 'AWS::WAFv2::WebACL'));
    const association = propertiesOfOnly(stack, 'AWS::WAFv2::WebACLAssociation');
    expect(association.WebACLArn).toEqual({ 'Fn::GetAtt': [webAcl, 'Arn'] });
    expect(JSON.stringify(association.ResourceArn)).toContain(`"Ref":"${stage}"`);
    // 100 requests a second for five minutes; the 2,000 of a web ACL by default would block a busy partner.
    expect(JSON.stringify(propertiesOfOnly(stack, 'AWS::WAFv2::WebACL'))).toContain('"Limit":30000');
  });

  test('writes down who called, with which certificate, TLS version and cipher suite', () => {
    const { stack } = define({}, flags);
    const { AccessLogSetting } = propertiesOfOnly(stack, 'AWS::ApiGateway::Stage') as {
      AccessLogSetting: { Format: string };
    };
    expect(JSON.parse(AccessLogSetting.Format)).toMatchObject({
      tlsVersion: '$context.tlsVersion',
      cipherSuite: '$context.cipherSuite',
      clientCertificateSubject: '$context.identity.clientCert.subjectDN',
      clientCertificateIssuer: '$context.identity.clientCert.issuerDN',
      clientCertificateSerialNumber: '$context.identity.clientCert.serialNumber',
      apiKeyId: '$context.identity.apiKeyId',
    });
    expect(AccessLogSetting.Format).not.toMatch(/pem/i);
  });
});

describe('PartnerApi', () => {
  test('counts each partner by a key of its own, with limits of its own', () => {
    const { stack, api } = withoutPartner();
    api.addPartner('Acme');
    api.addPartner('Globex', {
      description: 'Globex Ltd',
      throttling: { rateLimit: 50, burstLimit: 100 },
      quota: { limit: 1000, period: apigateway.Period.WEEK },
      enabled: false,
    });
    const [restApi] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
    const [stage] = Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Stage'));
    const ApiStages = [{ ApiId: { Ref: restApi }, Stage: { Ref: stage }, Throttle: {} }];
    expect(
      Object.values(resourcesOf(stack, 'AWS::ApiGateway::UsagePlan')).map(({ Properties }) => Properties),
    ).toEqual([
      { ApiStages, Throttle: { BurstLimit: 20, RateLimit: 10 } },
      {
        ApiStages,
        Description: 'Globex Ltd',
        Quota: { Limit: 1000, Period: 'WEEK' },
        Throttle: { BurstLimit: 100, RateLimit: 50 },
      },
    ]);
    expect(
      Object.values(resourcesOf(stack, 'AWS::ApiGateway::ApiKey')).map(
        ({ Properties }) => Properties.Enabled,
      ),
    ).toEqual([true, false]);
    rendered(stack).resourceCountIs('AWS::ApiGateway::UsagePlanKey', 2);
  });

  test('does not synthesise without a partner, whose key all methods ask for', () => {
    const { api } = withoutPartner();
    expect(api.node.validate()).toEqual([
      'the API must have a partner, whose key its methods ask for, got none, add one by addPartner',
    ]);
    api.addPartner('Acme');
    expect(api.node.validate()).toEqual([]);
  });

  test('counts a partner by a key that exists, which it neither makes nor switches off', () => {
    const { stack, api } = withoutPartner();
    const apiKey = apigateway.ApiKey.fromApiKeyId(stack, 'Existing', 'abc123');
    expect(api.addPartner('Acme', { apiKey }).apiKey).toBe(apiKey);
    rendered(stack).resourceCountIs('AWS::ApiGateway::ApiKey', 0);
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::UsagePlanKey')).toMatchObject({ KeyId: 'abc123' });
    expect(() => api.addPartner('Globex', { apiKey, enabled: false })).toThrow(
      "'enabled' is for a key that is made here, got one in 'apiKey', leave one out",
    );
  });

  test("lets roles of a partner's own account sign, for the routes that are named, and has no policy before", () => {
    const { stack, api } = define();
    const policyOf = () => propertiesOfOnly(stack, 'AWS::ApiGateway::RestApi').Policy;
    const role = 'arn:aws:iam::444455556666:role/erp';
    api.addPartner('Acme', {
      principals: [new iam.ArnPrincipal(role)],
      routes: [{ method: 'GET', path: '/payments/{id}' }],
    });
    api.addPartner('Globex', { principals: [new iam.AccountPrincipal('777788889999')] });
    expect(policyOf()).toMatchObject({
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Principal: { AWS: role },
          Resource: 'execute-api:/prod/GET/payments/*',
        },
        {
          Principal: { AWS: 'arn:aws:iam::777788889999:root' },
          Resource: 'execute-api:/prod/*',
        },
      ],
    });
    expect(propertiesOfOnly(define().stack, 'AWS::ApiGateway::RestApi').Policy).toBeUndefined();
  });

  test('lets tokens of Cognito in beside them, which a resource policy would shut out', () => {
    const { stack, api } = define();
    const pool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abc');
    const authorization = ApiAuthorization.cognito([pool]);
    api.addRoute('GET /before', handlerIn(stack, 'before'), { authorization });
    api.addPartner('Acme', { principals: [new iam.ArnPrincipal('arn:aws:iam::444455556666:role/erp')] });
    api.addRoute('GET /after', handlerIn(stack, 'after'), { authorization });
    const { Statement } = propertiesOfOnly(stack, 'AWS::ApiGateway::RestApi').Policy as {
      Statement: { Resource: string | string[]; Condition?: unknown }[];
    };
    expect(Statement.map(({ Resource, Condition }) => [Resource, Condition])).toEqual([
      ['execute-api:/prod/*', undefined],
      [
        ['execute-api:/prod/GET/after', 'execute-api:/prod/GET/before'],
        { Null: { 'aws:PrincipalArn': 'true' } },
      ],
    ]);
  });

  test('writes the record of its name in the zone, and says where it must lead', () => {
    const { stack, api } = define((around) => ({ hostedZone: zoneIn(around) }));
    const [domain] = Object.keys(resourcesOf(stack, DOMAIN));
    const AliasTarget = {
      DNSName: { 'Fn::GetAtt': [domain, 'RegionalDomainName'] },
      HostedZoneId: { 'Fn::GetAtt': [domain, 'RegionalHostedZoneId'] },
    };
    expect(propertiesOfOnly(stack, 'AWS::Route53::RecordSet')).toMatchObject({
      AliasTarget,
      HostedZoneId: 'ZEXAMPLECOM',
      Name: `${NAME}.`,
      Type: 'A',
    });
    expect(stack.resolve(api.aliasTarget)).toEqual({
      dnsName: AliasTarget.DNSName,
      hostedZoneId: AliasTarget.HostedZoneId,
    });
    expect(api.url).toBe(`https://${NAME}/`);
  });

  test('proves that it owns the name where the certificate cannot', () => {
    const { stack } = define((around) => ({ ownershipCertificate: certificateIn(around, 'Ownership') }));
    expect(propertiesOfOnly(stack, DOMAIN)).toMatchObject({
      OwnershipVerificationCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/Ownership',
    });
  });

  test('takes authorizers that know more, and their word on whose limits a request spends', () => {
    const { stack } = define((around) => ({
      apiKeySource: apigateway.ApiKeySourceType.AUTHORIZER,
      authorization: ApiAuthorization.lambda(
        lambda.Function.fromFunctionAttributes(around, 'Authorizer', {
          functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:authorizer',
          sameEnvironment: true,
        }),
      ),
    }));
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::RestApi')).toMatchObject({
      ApiKeySourceType: 'AUTHORIZER',
    });
    expect(propertiesOfOnly(stack, 'AWS::ApiGateway::Method')).toMatchObject({
      AuthorizationType: 'CUSTOM',
      ApiKeyRequired: true,
    });
  });

  test('stands behind the web ACL that is given, or behind none for a reason', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/partners/1';
    const { stack } = define((around) => ({
      webAcl: WebAcl.fromWebAclAttributes(around, 'WebAcl', { webAclArn: arn }),
    }));
    expect(propertiesOfOnly(stack, 'AWS::WAFv2::WebACLAssociation')).toMatchObject({ WebACLArn: arn });
    rendered(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);

    const without = define({ withoutWebAclReason: REASON }).stack;
    rendered(without).resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
    rendered(without).hasResource('AWS::ApiGateway::Stage', {
      Metadata: { SecureTransmission: { withoutWebAcl: REASON } },
    });
    expect(findingsOf(without).join()).toContain('warning TransmissionChecks-LooseningIsWaived');
  });

  test('lets somebody call routes by their signatures', () => {
    const { stack, api } = define();
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountPrincipal('444455556666') });
    api.grantInvoke(role, { method: 'POST', path: '/payments' });
    const policies = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(JSON.stringify(policies)).toContain('/POST/payments');
  });

  test('of another app can be called and measured', () => {
    const stack = stackIn('eu-west-1');
    const api = PartnerApi.fromPartnerApiAttributes(stack, 'Partners', {
      restApiId: 'abc123',
      stageName: 'prod',
      apiName: 'partners',
      domainName: NAME,
    });
    expect(api.url).toBe(`https://${NAME}/`);
    expect(api.metricClientErrors().dimensions).toEqual({ ApiName: 'partners', Stage: 'prod' });
    expect(
      PartnerApi.fromPartnerApiAttributes(stack, 'Bare', { restApiId: 'a', stageName: 'b' }).url,
    ).toBeUndefined();
  });

  test('no pack of ours and not cdk-nag finds more than what only the app can say', () => {
    const { findings } = synthesised(
      (app: App) => {
        const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
        const api = new PartnerApi(stack, 'Partners', propsIn(stack));
        api.addRoute('POST /payments', handlerIn(stack), { body: SCHEMA });
        api.addPartner('Acme');
      },
      allPacks,
      { context: FLAGS },
    );
    const left = findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
    expect([...new Set(left)].toSorted()).toEqual([
      // It asks for Cognito wherever something else asks who calls: here signatures of AWS.
      'AwsSolutions-COG4',
      // The bucket stands beside the API: whether and where its access is logged, the app says.
      'AwsSolutions-S1',
      'PciDss401Checks-BucketAccessIsLogged',
      // The certificate of this test is another stack's.
      'PciDss401Checks-CertificateIsInventoried',
      // What data is in logs and topics, the app says.
      'PciDss401Checks-DataStoreIsClassified',
    ]);
  });
});

describe('what is broken underneath a PartnerApi, our pack finds', () => {
  const rulesAgainst = (breakIt: (stack: Stack, api: PartnerApi) => void): readonly string[] => {
    const { stack, api } = define();
    breakIt(stack, api);
    return findingsOf(stack)
      .filter((finding) => /^(error|warning) /.test(finding))
      .map((finding) => finding.split(' ').slice(0, 2).join(' '));
  };
  const domainOf = (api: PartnerApi) => api.domain.node.defaultChild as apigateway.CfnDomainName;

  test('nothing, where nothing is', () => {
    expect(rulesAgainst(() => {})).toEqual([]);
  });

  test('a default endpoint that goes round mutual TLS', () => {
    const open = (_: Stack, { api }: PartnerApi) => {
      (api.node.defaultChild as apigateway.CfnRestApi).disableExecuteApiEndpoint = false;
    };
    expect(rulesAgainst(open)).toContain('warning TransmissionChecks-ApiDefaultEndpointIsDisabled');
  });

  test('a trust store in whichever version is newest', () => {
    const unpin = (_: Stack, api: PartnerApi) =>
      domainOf(api).addPropertyDeletionOverride('MutualTlsAuthentication.TruststoreVersion');
    expect(rulesAgainst(unpin)).toEqual(['warning TransmissionChecks-ClientTrustStoreIsPinned']);
  });

  test('a second domain that lets in clients without a certificate', () => {
    const second = (stack: Stack, { api }: PartnerApi) =>
      new apigateway.DomainName(stack, 'Second', {
        domainName: 'open.example.com',
        certificate: certificateIn(stack, 'Open').certificates[0] as acm.ICertificate,
        endpointType: apigateway.EndpointType.REGIONAL,
        securityPolicy: apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
        endpointAccessMode: apigateway.EndpointAccessMode.STRICT,
      }).addBasePathMapping(api, { stage: api.deploymentStage });
    expect(rulesAgainst(second)).toEqual(['warning TransmissionChecks-ApiRequiresMutualTlsOnEveryDomain']);
  });

  test('a TLS policy of the API that accepts TLS 1.0', () => {
    const weaken = (_: Stack, { api }: PartnerApi) => {
      (api.node.defaultChild as apigateway.CfnRestApi).securityPolicy = 'TLS_1_0';
    };
    expect(rulesAgainst(weaken)).toEqual(['warning TransmissionChecks-MappedApiRequiresTls12']);
  });
});

describe('PartnerApi refuses', () => {
  const at = (problem: string) => `Stack/Partners: ${problem}`;

  test.each<[string, string, string]>([
    [
      'a wildcard',
      '*.example.com',
      '\'domainName\' must be one exact name, got "*.example.com", name the one that partners call',
    ],
    [
      'a URL',
      'https://partners.example.com',
      '\'domainName\' must be a fully qualified domain name without scheme, port and path, got "https://partners.example.com"',
    ],
  ])('%s as its name', (_, domainName, message) => {
    expect(() => define({ domainName })).toThrow(at(message));
  });

  test('a zone that its name does not lie in', () => {
    expect(() => define((stack) => ({ hostedZone: zoneIn(stack, 'example.org') }))).toThrow(
      at("'hostedZone' must be a zone that partners.example.com lies in, got example.org, name that one"),
    );
  });

  test.each(['certificate', 'ownershipCertificate'])('a %s of another region', (property) => {
    expect(() => define((stack) => ({ [property]: certificateIn(stack, 'Elsewhere', 'us-east-1') }))).toThrow(
      at(
        `'${property}' must be in the region of the API (eu-west-1), got "arn:aws:acm:us-east-1:111122223333:certificate/Elsewhere", define a certificate there`,
      ),
    );
  });

  test.each(['certificate', 'ownershipCertificate'])('a %s for another name', (property) => {
    expect(() =>
      define((stack) => ({
        [property]: new ManagedCertificate(stack, 'Pay', {
          domainName: 'pay.example.com',
          hostedZones: [zoneIn(stack)],
        }),
      })),
    ).toThrow(
      at(`'${property}' must be for partners.example.com, got one for pay.example.com, request one for it`),
    );
  });

  test('a bundle in whichever version is newest', () => {
    expect(() =>
      define((stack) => ({
        clientTrust: {
          bucket: s3.Bucket.fromBucketName(stack, 'Imported', 'trust'),
          caCertificates: { key: 'partners.pem', version: '' },
        },
      })),
    ).toThrow(
      at(
        '\'clientTrust.caCertificates\' must have a version, as S3 gave it out on upload, got "", or whoever writes the object decides whom API Gateway trusts',
      ),
    );
  });

  test('a bucket that keeps no versions', () => {
    expect(() =>
      define((stack) => ({
        clientTrust: {
          bucket: new s3.Bucket(stack, 'Plain'),
          caCertificates: { key: 'partners.pem', version: 'v1' },
        },
      })),
    ).toThrow(at("'bucket' must keep versions"));
  });

  test('a web ACL of CloudFront or of another region, and one beside a reason to have none', () => {
    expect(() =>
      define((stack) => ({
        webAcl: WebAcl.fromWebAclAttributes(stack, 'WebAcl', {
          webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1',
          scope: WebAclScope.CLOUDFRONT,
        }),
      })),
    ).toThrow(
      at(
        "'webAcl' must have the scope REGIONAL to stand before an API, got CLOUDFRONT, define a second web ACL in its region",
      ),
    );
    const elsewhere = 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/partners/1';
    const other = (stack: Stack) => WebAcl.fromWebAclAttributes(stack, 'WebAcl', { webAclArn: elsewhere });
    expect(() => define((stack) => ({ webAcl: other(stack) }))).toThrow(
      at(`'webAcl' must be in the region of the API (eu-west-1), got "${elsewhere}", define one there`),
    );
    expect(() => define((stack) => ({ webAcl: other(stack), withoutWebAclReason: REASON }))).toThrow(
      at("'webAcl' and 'withoutWebAclReason' must not both be given, leave one out"),
    );
    expect(() => define({ withoutWebAclReason: 'later' })).toThrow(
      at("'withoutWebAclReason' must be a sentence of 20 to 500 characters"),
    );
  });

  test.each<[string, iam.IPrincipal, string]>([
    ['everybody', new iam.AnyPrincipal(), '{"AWS":["*"]}'],
    ['everybody in another way', new iam.StarPrincipal(), '{"LiteralString":["*"]}'],
    ['a pattern', new iam.ArnPrincipal('arn:aws:iam::*:role/erp'), '{"AWS":["arn:aws:iam::*:role/erp"]}'],
    ['a service', new iam.ServicePrincipal('events.amazonaws.com'), '{"Service":["events.amazonaws.com"]}'],
  ])('%s as a partner', (_, principal, got) => {
    const { api } = define();
    expect(() => api.addPartner('It', { principals: [principal] })).toThrow(
      `Stack/Partners/It: 'principals' must name accounts, roles or users of the partner, got ${got}, name them by their ARNs`,
    );
  });

  test('a partner with principals that may call nothing', () => {
    const { api } = define();
    const principals = [new iam.AccountPrincipal('444455556666')];
    expect(() => api.addPartner('It', { principals, routes: [] })).toThrow(
      "Stack/Partners/It: 'routes' must name what the partner may call, got none, leave it out for all",
    );
  });

  test('limits of a partner that API Gateway does not take', () => {
    const { stack, api } = define();
    expect(() => api.addPartner('It', { throttling: { rateLimit: 0 } })).toThrow(
      "Stack/Partners/It: 'throttling.rateLimit' must be a whole number from 1 to 10000, got 0",
    );
    expect(() => api.addPartner('Its', { quota: { limit: 0 } })).toThrow(
      "Stack/Partners/Its: 'quota.limit' must be a whole number from 1 to 2147483647, got 0",
    );
    const rateLimit = new CfnParameter(stack, 'Rate', { type: 'Number' }).valueAsNumber;
    expect(() => api.addPartner('Others', { throttling: { rateLimit } })).not.toThrow();
  });

  test('to be synthesised with a method that anybody may call', () => {
    const { stack, api } = define();
    api.api.root.addMethod('GET', new apigateway.MockIntegration(), {
      authorizationType: apigateway.AuthorizationType.NONE,
    });
    expect(() => rendered(stack)).toThrow(/methods must ask callers who they are, got GET \//);
  });
});
