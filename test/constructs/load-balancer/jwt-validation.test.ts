import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import {
  ClaimFormat,
  type JwtValidation,
  type RequiredClaim,
  TlsLoadBalancer,
} from '../../../lib/constructs/load-balancer';
import { elbV2 } from '../../../lib/judge/hops/connectors/elbv2';
import { factsOf, hopsOf } from '../../judge/support';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, rendered, resourcesOf, stackIn, vpcIn } from '../support';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const JWT: JwtValidation = {
  issuer: 'https://login.example.com',
  jwksEndpoint: 'https://login.example.com/.well-known/jwks.json',
};
const VALIDATION = { Issuer: JWT.issuer, JwksEndpoint: JWT.jwksEndpoint };

function define(stack: Stack, jwtValidation?: JwtValidation): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: vpcIn(stack),
    certificate: certificateIn(stack),
    jwtValidation,
  });
}

const route = (address: string, priority?: number) => ({
  targets: [new IpTarget(address)],
  ...(priority === undefined
    ? {}
    : { priority, conditions: [elbv2.ListenerCondition.pathPatterns([`/${priority}/*`])] }),
});

/** The actions of every listener and rule, in the order of their resources. */
function actionsIn(stack: Stack): readonly unknown[] {
  const listeners = Object.values(resourcesOf(stack, LISTENER)).map(
    ({ Properties }) => Properties.DefaultActions,
  );
  const rules = Object.values(resourcesOf(stack, LISTENER_RULE)).map(({ Properties }) => Properties.Actions);
  return [...listeners, ...rules];
}

describe('Tokens', () => {
  test('are asked for before anything is answered, even that there is nothing', () => {
    const stack = stackIn('eu-west-1');
    define(stack, JWT);
    expect(actionsIn(stack)).toEqual([
      [
        { Type: 'jwt-validation', Order: 1, JwtValidationConfig: VALIDATION },
        expect.objectContaining({ Type: 'fixed-response', Order: 2 }),
      ],
    ]);
  });

  test('are asked for on every route, by default and by conditions', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, JWT);
    loadBalancer.addTargets('Shop', route('10.0.1.1'));
    loadBalancer.addTargets('Pay', route('10.0.1.2', 10));
    const guarded = [
      { Type: 'jwt-validation', Order: 1, JwtValidationConfig: VALIDATION },
      { Type: 'forward', Order: 2, TargetGroupArn: expect.anything() },
    ];
    expect(actionsIn(stack)).toEqual([guarded, guarded]);
  });

  test('are asked for on the routes that another stack adds, where it says so', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
    TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Imported', {
      loadBalancerArn: `${arn}:loadbalancer/app/entry/1`,
      listenerArn: `${arn}:listener/app/entry/1/2`,
      securityGroupId: 'sg-1',
      vpc: vpcIn(stack),
      jwtValidation: JWT,
    }).addTargets('Shop', route('10.0.1.1', 10));
    rendered(stack).hasResourceProperties(LISTENER_RULE, {
      Actions: [
        Match.objectLike({ Type: 'jwt-validation', Order: 1 }),
        Match.objectLike({ Type: 'forward', Order: 2 }),
      ],
    });
  });

  test('must hold the claims that are required', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      ...JWT,
      requiredClaims: [
        { name: 'aud', values: ['shop'] },
        {
          name: 'scope',
          values: ['orders:read', 'orders:write'],
          format: ClaimFormat.SPACE_SEPARATED_VALUES,
        },
        { name: 'groups', values: ['Night clerks'], format: ClaimFormat.STRING_ARRAY },
      ],
    });
    const config = {
      ...VALIDATION,
      AdditionalClaims: [
        { Format: 'single-string', Name: 'aud', Values: ['shop'] },
        { Format: 'space-separated-values', Name: 'scope', Values: ['orders:read', 'orders:write'] },
        { Format: 'string-array', Name: 'groups', Values: ['Night clerks'] },
      ],
    };
    rendered(stack).hasResourceProperties(LISTENER, {
      DefaultActions: [{ Type: 'jwt-validation', JwtValidationConfig: config }, Match.anyValue()],
    });
  });

  test('are what the judge sees, which has nothing against them; nor has cdk-nag', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, JWT);
    loadBalancer.addTargets('Shop', route('10.0.1.1'));
    const hops = hopsOf(factsOf(elbV2, rendered(stack).toJSON().Resources), 'elbv2.listener');
    expect(hops.map(({ clientAuthentication }) => clientAuthentication.value)).toEqual(['token']);
    expect(findingsOf(stack)).toEqual([]);
    // A log of the access to a bucket for logs, which nobody can repair.
    expect(nagErrorsOf(loadBalancer)).toEqual(['AwsSolutions-S1']);
  });

  test('may be issued by what is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const issuer = Fn.importValue('Issuer');
    const jwksEndpoint = `https://${new CfnParameter(stack, 'Host').valueAsString}/keys`;
    expect(() => define(stack, { issuer, jwksEndpoint })).not.toThrow();
  });

  test('can be asked for later without another rule in place of the one there is', () => {
    const ids = [undefined, JWT].map((jwtValidation) => {
      const stack = stackIn('eu-west-1');
      define(stack, jwtValidation).addTargets('Pay', route('10.0.1.2', 10));
      return Object.keys(resourcesOf(stack, LISTENER_RULE));
    });
    expect(ids).toEqual([['EntryListenerPayRouteRule2F6D7340'], ['EntryListenerPayRouteRule2F6D7340']]);
  });
});

describe('Tokens are refused', () => {
  const LONG = `https://login.example.com/${'a'.repeat(231)}`;

  test.each<[string, string]>([
    ['http://login.example.com', 'got "http://login.example.com", use https'],
    ['login.example.com', 'got "login.example.com", name the whole URL'],
    ['', 'got "", name the whole URL'],
    ['https://user:secret@login.example.com', 'got one with credentials in it, take them out'],
    [LONG, 'got 257 characters, use a shorter one'],
    [`http://${Fn.importValue('Host')}/`, 'got one that begins with "http:", use https'],
  ])('where a URL is %s', (url, got) => {
    const must = (property: string) =>
      `Stack/Entry: 'jwtValidation.${property}' must be an HTTPS URL of at most 256 characters, ${got}`;
    expect(() => define(stackIn('eu-west-1'), { ...JWT, issuer: url })).toThrow(must('issuer'));
    expect(() => define(stackIn('eu-west-1'), { ...JWT, jwksEndpoint: url })).toThrow(must('jwksEndpoint'));
  });

  const { SPACE_SEPARATED_VALUES, STRING_ARRAY } = ClaimFormat;
  const texts = (length: number) => Array.from({ length }, (_, index) => `value-${index}`);
  const must = 'must be of 1 to 256 characters, without spaces for SPACE_SEPARATED_VALUES, got';
  test.each<[RequiredClaim, string]>([
    [
      { name: 'iss', values: ['a'] },
      'name\' must be a claim beside exp, iss, nbf, iat, which are checked always, got "iss", remove it',
    ],
    [
      { name: 'aud', values: [] },
      "values' must hold one value, got 0, set 'format' where tokens hold several",
    ],
    [
      { name: 'aud', values: ['a', 'b'] },
      "values' must hold one value, got 2, set 'format' where tokens hold several",
    ],
    [
      { name: 'scope', values: texts(11), format: STRING_ARRAY },
      "values' must hold 1 to 10 values, got 11, remove some or add one",
    ],
    [{ name: 'aud', values: [''] }, `values' ${must} "", split or shorten it`],
    [{ name: 'aud', values: ['a'.repeat(257)] }, `values' ${must} "${'a'.repeat(40)}", split or shorten it`],
    [
      { name: 'scope', values: ['a b'], format: SPACE_SEPARATED_VALUES },
      `values' ${must} "a b", split or shorten it`,
    ],
  ])('where a claim cannot be checked: %j', (claim, problem) => {
    const requiredClaims = [{ name: 'sub', values: ['machine'] }, claim];
    expect(() => define(stackIn('eu-west-1'), { ...JWT, requiredClaims })).toThrow(
      `Stack/Entry: 'jwtValidation.requiredClaims[1].${problem}`,
    );
  });

  test('where more claims are required than can be checked', () => {
    const requiredClaims = texts(11).map((name) => ({ name, values: ['a'] }));
    expect(() => define(stackIn('eu-west-1'), { ...JWT, requiredClaims })).toThrow(
      "Stack/Entry: 'jwtValidation.requiredClaims' must hold at most 10 claims, got 11, have the targets check the others",
    );
  });

  test('where an imported load balancer would ask for them in clear', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
    const imported = () =>
      TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Imported', {
        loadBalancerArn: `${arn}:loadbalancer/app/entry/1`,
        listenerArn: `${arn}:listener/app/entry/1/2`,
        securityGroupId: 'sg-1',
        jwtValidation: { ...JWT, issuer: 'http://login.example.com' },
      });
    expect(imported).toThrow(
      "Stack/Imported: 'jwtValidation.issuer' must be an HTTPS URL of at most 256 characters",
    );
  });
});
