import { WAF_ROWS } from '../../../../lib/judge/rules/pci/waf';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const STAGE = 'AWS::ApiGateway::Stage';
const GRAPHQL = 'AWS::AppSync::GraphQLApi';
const WEB_ACL = 'AWS::WAFv2::WebACL';
const GROUP = 'AWS::WAFv2::RuleGroup';

const NONE = ['warning violation It.Properties: no WebACLAssociation'];

const associated = (ResourceArn: Json, resources: JsonMap): JsonMap => ({
  ...resources,
  Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn, WebACLArn: 'arn' } },
});

/** A stage of a REST API. */
const stage = (Types?: Json): JsonMap => ({
  ...one(STAGE, { RestApiId: { Ref: 'Api' }, StageName: 'prod' }),
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: Types === undefined ? {} : { EndpointConfiguration: { Types } },
  },
});
const arn = (stageName: string): JsonMap => ({
  'Fn::Sub': `arn:aws:apigateway:eu-west-1::/restapis/\${Api}/stages/${stageName}`,
});

describe('PublicEndpointHasWebAcl', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a load balancer with a web ACL', associated({ Ref: 'It' }, one(LOAD_BALANCER)), []],
    ['fails one without', one(LOAD_BALANCER), NONE],
    [
      'fails one beside another that has',
      associated('arn:aws:elasticloadbalancing:::x', one(LOAD_BALANCER)),
      NONE,
    ],
    ['says nothing about an internal one', one(LOAD_BALANCER, { Scheme: 'internal' }), []],
    ['says nothing about a network load balancer', one(LOAD_BALANCER, { Type: 'network' }), []],
    [
      'cannot tell whether it is internal',
      one(LOAD_BALANCER, { Scheme: HIDDEN }),
      ['warning unknown It.Properties.Scheme'],
    ],
    [
      'need not tell that where it has a web ACL',
      associated({ Ref: 'It' }, one(LOAD_BALANCER, { Scheme: HIDDEN })),
      [],
    ],
    [
      'cannot tell an association of what is hidden',
      associated(HIDDEN, one(LOAD_BALANCER)),
      ['warning unknown Association.Properties.ResourceArn'],
    ],
    ['fails a stage without', stage(), NONE],
    ['passes a stage that is named by reference', associated(arn('${It}'), stage()), []],
    ['passes a stage that is named by its name', associated(arn('prod'), stage()), []],
    [
      'fails the stage of that name of another API',
      {
        ...associated({ 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Other}/stages/prod' }, stage()),
        Other: { Type: 'AWS::ApiGateway::RestApi' },
      },
      NONE,
    ],
    ['fails another stage of the same API', associated(arn('test'), stage()), NONE],
    ['fails a stage whose API alone is named', associated({ Ref: 'Api' }, stage()), NONE],
    [
      'fails a stage whose API alone is named, in an ARN',
      associated({ 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}' }, stage()),
      NONE,
    ],
    [
      'fails a stage of a hidden name, where no stage is named',
      associated(
        { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/models' },
        { ...stage(), ...one(STAGE, { RestApiId: { Ref: 'Api' }, StageName: HIDDEN }) },
      ),
      NONE,
    ],
    [
      'cannot tell a stage whose name is hidden',
      associated(arn('${Hidden}'), stage()),
      ['warning unknown Association.Properties.ResourceArn'],
    ],
    ['says nothing about a private API', stage(['PRIVATE']), []],
    ['fails a regional API', stage(['REGIONAL']), NONE],
    [
      'cannot tell whether the API is private',
      stage(HIDDEN),
      ['warning unknown Api.Properties.EndpointConfiguration.Types'],
    ],
    [
      'cannot tell an API from elsewhere',
      one(STAGE, { RestApiId: 'abc' }),
      ['warning unknown It.Properties.RestApiId'],
    ],
    ['passes a GraphQL API', associated({ 'Fn::GetAtt': ['It', 'Arn'] }, one(GRAPHQL)), []],
    ['fails a GraphQL API without', one(GRAPHQL), NONE],
    ['says nothing about a private GraphQL API', one(GRAPHQL, { Visibility: 'PRIVATE' }), []],
  ])('%s', (_, resources, expected) => {
    expect(says(WAF_ROWS, 'PublicEndpointHasWebAcl', resources)).toEqual(expected);
  });
});

const metered = (CloudWatchMetricsEnabled: Json): JsonMap => ({
  VisibilityConfig: { CloudWatchMetricsEnabled },
});
const logging = (ResourceArn: Json): JsonMap => ({
  ...one(WEB_ACL),
  Log: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn } },
});
const METRICS = 'It.Properties.VisibilityConfig.CloudWatchMetricsEnabled';

describe.each<[string, readonly (readonly [string, JsonMap, readonly string[]])[]]>([
  [
    'DistributionHasWebAcl',
    [
      [
        'passes a web ACL that is known at deployment',
        one('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: HIDDEN } }),
        [],
      ],
      [
        'fails none',
        one('AWS::CloudFront::Distribution', { DistributionConfig: {} }),
        ['warning violation It.Properties.DistributionConfig.WebACLId: absent'],
      ],
      [
        'fails an empty one',
        one('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: '' } }),
        ['warning violation It.Properties.DistributionConfig.WebACLId: empty'],
      ],
    ],
  ],
  [
    'WebAclHasRules',
    [
      ['passes rules', one(WEB_ACL, { Rules: [{ Name: 'r' }] }), []],
      ['passes rules that are known at deployment', one(GROUP, { Rules: HIDDEN }), []],
      ['fails none', one(WEB_ACL), ['warning violation It.Properties.Rules: absent']],
      ['fails an empty group', one(GROUP, { Rules: [] }), ['warning violation It.Properties.Rules: empty']],
    ],
  ],
  [
    'WebAclIsMeasured',
    [
      ['passes metrics', one(WEB_ACL, metered(true)), []],
      ['fails a group without', one(GROUP, metered(false)), [`warning violation ${METRICS}: false`]],
      ['cannot tell a parameter', one(GROUP, metered(HIDDEN)), [`warning unknown ${METRICS}`]],
    ],
  ],
  [
    'WebAclWritesLog',
    [
      ['passes a log', logging({ 'Fn::GetAtt': ['It', 'Arn'] }), []],
      ['fails none', one(WEB_ACL), ['warning violation It.Properties: no LoggingConfiguration']],
      [
        'cannot tell a log of what is hidden',
        logging(HIDDEN),
        ['warning unknown Log.Properties.ResourceArn'],
      ],
    ],
  ],
  [
    'WebAclIsNotClassic',
    [
      ['says nothing about AWS WAF', one(WEB_ACL), []],
      ['fails WAF Classic', one('AWS::WAF::WebACL'), ['warning violation It.Properties: AWS::WAF::WebACL']],
      [
        'fails regional WAF Classic, with or without rules',
        one('AWS::WAFRegional::WebACL', { Rules: [{}] }),
        ['warning violation It.Properties: AWS::WAFRegional::WebACL'],
      ],
    ],
  ],
])('%s', (id, cases) => {
  test.each(cases)('%s', (_, resources, expected) => {
    expect(says(WAF_ROWS, id, resources)).toEqual(expected);
  });
});
