import { runInNewContext } from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CookieAttributes,
  type CookieAttributesProps,
  CookieSameSite,
  type TlsBehaviorProps,
  TlsOrigin,
} from '../../../lib/constructs/distribution';
import { findingsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';
import { configurationOf, DISTRIBUTION, define, edgeLambdaIn, someOrigin } from './edge';

const FUNCTION = 'AWS::CloudFront::Function';
const REASON = 'The page shows the chosen theme before the server answers.';

interface Cookie {
  value: string;
  attributes?: string;
  multiValue?: Cookie[];
}

/** The code that a template holds. */
function codeOf(props?: CookieAttributesProps): string {
  const stack = stackIn('us-east-1');
  new CookieAttributes(stack, 'Cookies', props);
  const [resource] = Object.values(resourcesOf(stack, FUNCTION));
  return resource?.Properties.FunctionCode;
}

/** What the function makes of an answer: the event has the shape that CloudFront gives it. */
function answered(cookies: Record<string, Cookie> | undefined, props?: CookieAttributesProps) {
  const event = {
    version: '1.0',
    context: { eventType: 'viewer-response', distributionId: 'EDFDVBD6EXAMPLE' },
    viewer: { ip: '198.51.100.11' },
    request: { method: 'GET', uri: '/', querystring: {}, headers: {}, cookies: {} },
    response: {
      statusCode: 200,
      statusDescription: 'OK',
      headers: { server: { value: 'x' } },
      ...(cookies && { cookies }),
    },
  };
  const text = runInNewContext(
    `${codeOf(props)}\nJSON.stringify(handler(${JSON.stringify(event)}));`,
  ) as string;
  return JSON.parse(text);
}

function attributesOf(attributes: string | undefined, props?: CookieAttributesProps): string {
  const cookie = attributes === undefined ? { value: 'v' } : { value: 'v', attributes };
  return answered({ session: cookie }, props).cookies.session.attributes;
}

describe('the function that completes cookies', () => {
  test('has a name that begins with that of its stack, since it is unique in the account', () => {
    const names = ['Ours', 'Theirs'].map((stackName) => {
      const stack = new Stack(new App(), 'Stack', { stackName, env: { region: 'us-east-1' } });
      new CookieAttributes(stack, 'C'.repeat(80));
      const [resource] = Object.values(resourcesOf(stack, FUNCTION));
      return resource?.Properties.Name;
    });
    expect(names).toEqual([
      expect.stringMatching(/^Ours[\w-]{1,60}$/),
      expect.stringMatching(/^Theirs[\w-]{1,58}$/),
    ]);
  });

  test('is refused where it is larger than CloudFront takes', () => {
    const readableByScripts = Array.from({ length: 90 }, (_, i) => ({
      name: `${'n'.repeat(120)}${i}`,
      reason: REASON,
    }));
    expect(() => codeOf({ readableByScripts })).toThrow(
      /^Stack\/Cookies: 'readableByScripts' must hold names that fit into a CloudFront Function, which has 10240 bytes with its code, got 1\d{4}, shorten it$/,
    );
  });

  test.each([
    ['none at all', undefined, 'Secure; HttpOnly; SameSite=Lax'],
    ['an empty text', '', 'Secure; HttpOnly; SameSite=Lax'],
    ['a path only', 'Path=/', 'Path=/; Secure; HttpOnly; SameSite=Lax'],
    [
      'an end with a comma',
      'Expires=Wed, 05 Apr 2028 07:28:00 GMT;Path=/',
      'Expires=Wed, 05 Apr 2028 07:28:00 GMT; Path=/; Secure; HttpOnly; SameSite=Lax',
    ],
    ['all of them', 'Secure; HttpOnly; SameSite=Strict', 'Secure; HttpOnly; SameSite=Strict'],
    ['another case', 'secure; HTTPONLY; samesite=none', 'secure; HTTPONLY; samesite=none'],
    ['spaces around', ' Path=/ ; Secure ;; ', 'Path=/; Secure; HttpOnly; SameSite=Lax'],
    [
      'a path that looks like an attribute',
      'Path=/secure; Domain=httponly.example',
      'Path=/secure; Domain=httponly.example; Secure; HttpOnly; SameSite=Lax',
    ],
  ])('adds what is missing to a cookie with %s', (_, given, expected) => {
    expect(attributesOf(given)).toBe(expected);
  });

  test('changes no value, header or status', () => {
    expect(answered({ session: { value: 'a=b; c', attributes: 'Path=/' } })).toMatchObject({
      statusCode: 200,
      headers: { server: { value: 'x' } },
      cookies: { session: { value: 'a=b; c' } },
    });
  });

  test('completes each of several cookies of one name, which CloudFront keeps in a list', () => {
    const session = {
      value: 'a',
      attributes: 'Path=/a',
      multiValue: [
        { value: 'a', attributes: 'Path=/a' },
        { value: 'b', attributes: 'Path=/b; Secure' },
      ],
    };
    expect(answered({ session }).cookies.session.multiValue).toEqual([
      { value: 'a', attributes: 'Path=/a; Secure; HttpOnly; SameSite=Lax' },
      { value: 'b', attributes: 'Path=/b; Secure; HttpOnly; SameSite=Lax' },
    ]);
  });

  test.each([
    [undefined, undefined],
    [{}, {}],
  ])('leaves an answer without cookies as it is: %j', (given, expected) => {
    expect(answered(given).cookies).toEqual(expected);
  });

  test('leaves named cookies to scripts, and no other one', () => {
    const readableByScripts = [{ name: 'theme', reason: REASON }];
    const { cookies } = answered(
      { theme: { value: 'dark' }, Theme: { value: 'x' }, constructor: { value: 'y' } },
      { readableByScripts },
    );
    expect(cookies).toEqual({
      theme: { value: 'dark', attributes: 'Secure; SameSite=Lax' },
      Theme: { value: 'x', attributes: 'Secure; HttpOnly; SameSite=Lax' },
      constructor: { value: 'y', attributes: 'Secure; HttpOnly; SameSite=Lax' },
    });
  });

  test('keeps other sites out altogether where asked', () => {
    expect(attributesOf('Path=/', { sameSite: CookieSameSite.STRICT })).toBe(
      'Path=/; Secure; HttpOnly; SameSite=Strict',
    );
  });

  test('fits in the 10 KB that CloudFront runs', () => {
    expect(Buffer.byteLength(codeOf())).toBeLessThan(2_000);
  });
});

describe('CookieAttributes', () => {
  test('is a published function of the newer runtime, whatever the feature flags', () => {
    const stack = stackIn('us-east-1', {});
    new CookieAttributes(stack, 'Cookies');
    rendered(stack).hasResource(FUNCTION, {
      Metadata: Match.absent(),
      Properties: Match.objectLike({
        AutoPublish: true,
        FunctionConfig: {
          Comment: 'Cookies are Secure, HttpOnly and SameSite',
          Runtime: 'cloudfront-js-2.0',
        },
      }),
    });
  });

  test('writes into the template which cookies scripts may read, and why', () => {
    const stack = stackIn('us-east-1');
    new CookieAttributes(stack, 'Cookies', { readableByScripts: [{ name: 'theme', reason: REASON }] });
    rendered(stack).hasResource(FUNCTION, {
      Metadata: { SecureTransmission: { 'cookieReadableByScripts theme': REASON } },
    });
  });

  test.each(['', 'a b', 'a;b', '"]; evil(); [', 'é'])('refuses %j as the name of a cookie', (name) => {
    expect(() => codeOf({ readableByScripts: [{ name, reason: REASON }] })).toThrow(
      `Stack/Cookies: 'readableByScripts[0].name' must be the name of a cookie, a literal of letters, digits and -_.!#$%&'*+^\`|~, got ${JSON.stringify(name)}`,
    );
  });

  test('refuses to let scripts read for no reason', () => {
    expect(() => codeOf({ readableByScripts: [{ name: 'theme', reason: 'theme' }] })).toThrow(
      "Stack/Cookies: 'readableByScripts[0].reason' must be a sentence of 20 to 500 characters",
    );
  });
});

describe('a distribution', () => {
  const UNCHANGED = 'The function of the shop completes cookies itself, and is tested for it.';

  function functionIn(stack: ReturnType<typeof stackIn>): cloudfront.Function {
    return new cloudfront.Function(stack, 'Own', {
      code: cloudfront.FunctionCode.fromInline('function handler(event) { return event.response; }'),
    });
  }

  function withBehavior(behavior: (stack: ReturnType<typeof stackIn>) => Partial<TlsBehaviorProps>) {
    const stack = stackIn('us-east-1');
    define(stack, { defaultBehavior: { origin: someOrigin(), ...behavior(stack) } });
    return stack;
  }

  test('completes the cookies of every origin by one function', () => {
    const stack = stackIn('us-east-1');
    const distribution = define(stack, { additionalBehaviors: { '/a/*': { origin: someOrigin() } } });
    distribution.addBehavior('/b/*', { origin: someOrigin() });
    const [id] = Object.keys(resourcesOf(stack, FUNCTION));
    const FunctionAssociations = [
      { EventType: 'viewer-response', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
    ];
    rendered(stack).resourceCountIs(FUNCTION, 1);
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { FunctionAssociations },
      CacheBehaviors: [{ FunctionAssociations }, { FunctionAssociations }],
    });
  });

  test('runs nothing for buckets, which set no cookies', () => {
    const stack = withBehavior((s) => ({ origin: TlsOrigin.bucket(new s3.Bucket(s, 'Files')) }));
    rendered(stack).resourceCountIs(FUNCTION, 0);
  });

  test('takes a function of its own choice, for all or for one behavior, for a bucket too', () => {
    const stack = stackIn('us-east-1');
    const all = new CookieAttributes(stack, 'All', { sameSite: CookieSameSite.STRICT });
    const one = new CookieAttributes(stack, 'One');
    const files = TlsOrigin.bucket(new s3.Bucket(stack, 'Files'));
    define(stack, {
      cookieAttributes: all,
      additionalBehaviors: { '/files/*': { origin: files, cookieAttributes: one } },
    });
    rendered(stack).resourceCountIs(FUNCTION, 2);
    const arnOf = ({ function: { functionArn } }: CookieAttributes) => stack.resolve(functionArn);
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { FunctionAssociations: [{ FunctionARN: arnOf(all) }] },
      CacheBehaviors: [{ FunctionAssociations: [{ FunctionARN: arnOf(one) }] }],
    });
  });

  test('keeps a function that runs on requests', () => {
    const stack = withBehavior((s) => ({
      functionAssociations: [
        { eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: functionIn(s) },
      ],
    }));
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: {
        FunctionAssociations: [{ EventType: 'viewer-request' }, { EventType: 'viewer-response' }],
      },
    });
  });

  test('leaves cookies alone where a reason says why, by behavior, in the template too', () => {
    const stack = stackIn('us-east-1');
    const own = functionIn(stack);
    const behavior = {
      origin: someOrigin(),
      unchangedCookiesReason: UNCHANGED,
      functionAssociations: [{ eventType: cloudfront.FunctionEventType.VIEWER_RESPONSE, function: own }],
    };
    define(stack, { defaultBehavior: behavior, additionalBehaviors: { '/api/*': behavior } });
    rendered(stack).resourceCountIs(FUNCTION, 1);
    rendered(stack).hasResource(DISTRIBUTION, {
      Metadata: {
        SecureTransmission: { unchangedCookies: UNCHANGED, 'unchangedCookies /api/*': UNCHANGED },
      },
    });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(/^warning .*LooseningIsWaived .*unchangedCookies$/),
      expect.stringMatching(/^warning .*LooseningIsWaived .*unchangedCookies \/api\/\*$/),
    ]);
  });

  test('refuses a second function on answers, and says how', () => {
    expect(() =>
      withBehavior((s) => ({
        functionAssociations: [
          { eventType: cloudfront.FunctionEventType.VIEWER_RESPONSE, function: functionIn(s) },
        ],
      })),
    ).toThrow(
      "Stack/Edge: 'functionAssociations' must hold none for viewer-response, where the attributes of cookies are added and CloudFront runs one function only, complete cookies in yours and say so in 'unchangedCookiesReason'",
    );
  });

  test('refuses Lambda@Edge at the viewer beside it, and takes it at the origin', () => {
    const edgeLambda = (eventType: cloudfront.LambdaEdgeEventType) => (s: ReturnType<typeof stackIn>) => ({
      edgeLambdas: [{ eventType, functionVersion: edgeLambdaIn(s) }],
    });
    expect(() => withBehavior(edgeLambda(cloudfront.LambdaEdgeEventType.VIEWER_REQUEST))).toThrow(
      "Stack/Edge: 'edgeLambdas' must not run at the viewer, where the attributes of cookies are added by a function of CloudFront, which does not go together, complete cookies in yours and say so in 'unchangedCookiesReason'",
    );
    expect(() => withBehavior(edgeLambda(cloudfront.LambdaEdgeEventType.ORIGIN_RESPONSE))).not.toThrow();
  });

  test('refuses a reason to leave cookies alone beside what completes them, and one that is no sentence', () => {
    expect(() =>
      withBehavior((s) => ({
        cookieAttributes: new CookieAttributes(s, 'Cookies'),
        unchangedCookiesReason: UNCHANGED,
      })),
    ).toThrow(
      "Stack/Edge: 'unchangedCookiesReason' must be left out where 'cookieAttributes' is given, remove one of the two",
    );
    expect(() => withBehavior(() => ({ unchangedCookiesReason: 'no' }))).toThrow(
      "Stack/Edge: 'unchangedCookiesReason' must be a sentence of 20 to 500 characters",
    );
  });
});
