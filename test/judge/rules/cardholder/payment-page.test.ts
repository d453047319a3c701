import {
  parsePolicy,
  reportsViolations,
  unnamedScripts,
} from '../../../../lib/judge/rules/cardholder/content-security-policy';
import { daysBetween } from '../../../../lib/judge/rules/cardholder/payment-page-watch';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, IF, saysOf, tags } from './support';

describe('a content security policy', () => {
  test.each([
    "default-src 'self'",
    "default-src 'none'; script-src 'self' https://js.pay.example; report-to csp",
    "script-src 'nonce-abc123' 'strict-dynamic' https: 'unsafe-inline'",
    "SCRIPT-SRC 'sha256-AAAA' 'unsafe-inline'",
    "script-src 'self'; script-src *",
    "script-src 'self' https://*.pay.example",
  ])('names its scripts: %s', (text) => {
    expect(unnamedScripts(parsePolicy(text))).toBeUndefined();
  });

  test.each([
    ['', 'neither script-src nor default-src'],
    ["style-src 'self'", 'neither script-src nor default-src'],
    ['default-src *', '*'],
    ["script-src 'self' 'unsafe-inline'", "'unsafe-inline'"],
    ["script-src 'nonce-abc' 'unsafe-eval'", "'unsafe-eval'"],
    ["script-src 'self' https:", 'https:'],
    ["script-src 'self' data:", 'data:'],
    ["script-src 'self' http://cdn.example", 'http://cdn.example'],
    ["script-src 'nonce-abc' https:", 'https:'],
    ["script-src 'self'; script-src-elem *", '*'],
    ["script-src 'self' https://*", 'https://*'],
  ])('lets others run: %s', (text, found) => {
    expect(unnamedScripts(parsePolicy(text))).toBe(found);
  });

  test('reports to somebody, or nobody', () => {
    expect(reportsViolations(parsePolicy("default-src 'self'; report-uri /csp"))).toBe(true);
    expect(reportsViolations(parsePolicy("default-src 'self'; report-to csp"))).toBe(true);
    expect(reportsViolations(parsePolicy("default-src 'self'; report-to"))).toBe(false);
  });
});

describe('the time between two runs', () => {
  test.each([
    ['rate(1 day)', 1],
    ['rate(7 days)', 7],
    ['rate(12 hours)', 0.5],
    ['rate(8 days)', 8],
    ['rate(0 minute)', Number.POSITIVE_INFINITY],
    ['cron(0 3 * * ? *)', 1],
    ['cron(0 3 ? * MON *)', 7],
    ['cron(0 3 */3 * ? *)', 3],
    ['cron(0 3 1 * ? *)', Number.POSITIVE_INFINITY],
    ['cron(0 3 ? * 2#1 *)', Number.POSITIVE_INFINITY],
    ['cron(0 3 ? * 6L *)', Number.POSITIVE_INFINITY],
    ['cron(0 3 ? 1 MON *)', Number.POSITIVE_INFINITY],
    ['cron(0 3 * * ? 2026)', Number.POSITIVE_INFINITY],
    ['at(2026-01-01T00:00:00)', Number.POSITIVE_INFINITY],
    ['<script>', Number.POSITIVE_INFINITY],
    ['', Number.POSITIVE_INFINITY],
  ])('of %s is %d days', (expression, days) => {
    expect(daysBetween(expression)).toBe(days);
  });
});

const Tags = tags({ 'pci:payment-page': 'serves' });
const GOOD = "default-src 'self'; script-src 'self' https://js.pay.example; report-to csp";
const headers = (csp: JsonMap | string, Override: JsonMap | boolean = true): JsonMap => ({
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'h',
        SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: csp, Override } },
      },
    },
  },
});
const page = (behavior: JsonMap, more: JsonMap = {}, pageTags: JsonMap[] = Tags): JsonMap => ({
  It: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { Tags: pageTags, DistributionConfig: { DefaultCacheBehavior: behavior, ...more } },
  },
});
const sends = { ResponseHeadersPolicyId: { Ref: 'Headers' } };
const listener = (attributes: JsonMap[] | JsonMap): JsonMap => ({
  It: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { Tags, ListenerAttributes: attributes } },
});
const attribute = (Value: JsonMap | string) => [
  { Key: 'routing.http.response.content_security_policy.header_value', Value },
];
const AT = 'It.Properties.DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId';
const CSP = 'Headers.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy';

describe('PaymentPageNamesItsScripts', () => {
  const says = (resources: JsonMap) => saysOf('PaymentPageNamesItsScripts', resources);

  test('passes pages with such a policy, from CloudFront and from a load balancer', () => {
    expect(says({ ...page(sends), ...headers(GOOD) })).toEqual([]);
    expect(says(listener(attribute(GOOD)))).toEqual([]);
    expect(
      says({
        ...page(sends),
        ...headers({ 'Fn::Sub': `script-src 'self' https://js.${'${AWS::Region}'}.pay.example` }),
      }),
    ).toEqual([]);
  });

  test('fails pages without one, with a loose one, and with one that the origin may replace', () => {
    expect(says(page({}))).toEqual([`warning violation ${AT}: neither script-src nor default-src`]);
    expect(says(page({ ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' }))).toEqual([
      `warning violation ${AT}: neither script-src nor default-src`,
    ]);
    expect(says({ ...page(sends), ...headers("script-src * 'unsafe-inline'") })).toEqual([
      `warning violation ${CSP}.ContentSecurityPolicy: *`,
    ]);
    expect(says({ ...page(sends), ...headers(GOOD, false) })).toEqual([
      `warning violation ${CSP}.Override: false`,
    ]);
    expect(says(listener([]))).toEqual([
      'warning violation It.Properties.ListenerAttributes: neither script-src nor default-src',
    ]);
    expect(says(listener(attribute('script-src https:')))).toEqual([
      'warning violation It.Properties.ListenerAttributes.0.Value: https:',
    ]);
  });

  test('asks each behaviour', () => {
    expect(
      says({
        ...page(sends, { CacheBehaviors: [{ PathPattern: '/pay', ...sends }, { PathPattern: '/old' }] }),
        ...headers(GOOD),
      }),
    ).toEqual([
      'warning violation It.Properties.DistributionConfig.CacheBehaviors.1.ResponseHeadersPolicyId: neither script-src nor default-src',
    ]);
  });

  test('cannot tell what is elsewhere, and asks nothing of other pages', () => {
    expect(says(page({ ResponseHeadersPolicyId: HIDDEN }))).toEqual([`warning unknown ${AT}`]);
    expect(says(page({ ResponseHeadersPolicyId: 'of-another-stack' }))).toEqual([`warning unknown ${AT}`]);
    expect(says({ ...page(sends), ...headers(HIDDEN) })).toEqual([
      `warning unknown ${CSP}.ContentSecurityPolicy`,
    ]);
    expect(says(listener(HIDDEN))).toEqual(['warning unknown It.Properties.ListenerAttributes']);
    expect(says(page({}, {}, []))).toEqual([]);
    expect(says(page({}, {}, tags({ 'pci:payment-page': 'watches' })))).toEqual([]);
  });

  test('says in which case', () => {
    expect(says({ ...page(sends), ...headers(IF(GOOD, 'script-src *')) })).toEqual([
      `warning violation ${CSP}.ContentSecurityPolicy: * (Stack.Stage = (any other value))`,
    ]);
  });
});

describe('PaymentPageReportsScripts', () => {
  const says = (csp: string) => saysOf('PaymentPageReportsScripts', { ...page(sends), ...headers(csp) });

  test('passes a policy that reports, and leaves pages without any to the other rule', () => {
    expect(says(GOOD)).toEqual([]);
    expect(saysOf('PaymentPageReportsScripts', page({}))).toEqual([]);
  });

  test('fails one that does not', () => {
    expect(says("default-src 'self'")).toEqual([
      `info violation ${CSP}.ContentSecurityPolicy: without report-to and report-uri`,
    ]);
  });
});

describe('PaymentPageRoleIsKnown', () => {
  const says = (role: JsonMap | string) =>
    saysOf('PaymentPageRoleIsKnown', page({}, {}, tags({ 'pci:payment-page': role })));

  test.each(['serves', 'watches'])('passes %s', (role) => {
    expect(says(role)).toEqual([]);
  });

  test.each(['true', 'Serves', '__proto__', ''])('fails %p', (role) => {
    expect(says(role)).toEqual([`warning violation It.Properties.Tags: ${role}`]);
  });

  test('cannot tell a parameter', () => {
    expect(says(HIDDEN)).toEqual(['warning unknown It.Properties.Tags']);
  });
});

describe('PaymentPageIsWatched', () => {
  const says = (others: JsonMap) => saysOf('PaymentPageIsWatched', { ...page({}), ...others });
  const watching = tags({ 'pci:payment-page': 'watches' });
  const canary = (Expression: JsonMap | string, more: JsonMap = {}) => ({
    Canary: {
      Type: 'AWS::Synthetics::Canary',
      Properties: { Name: 'pay', Tags: watching, Schedule: { Expression }, ...more },
    },
  });
  const alarm = (Value: JsonMap | string) => ({
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { MetricName: 'Failed', Dimensions: [{ Name: 'CanaryName', Value }] },
    },
  });
  const fn = { Fn: { Type: 'AWS::Lambda::Function', Properties: { Tags: watching } } };
  const every = (ScheduleExpression: string) => ({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression, Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } }] },
    },
  });

  test('passes a page that a canary or function watches every week, with an alarm', () => {
    expect(says({ ...canary('rate(1 hour)'), ...alarm({ Ref: 'Canary' }) })).toEqual([]);
    expect(says({ ...canary('rate(7 days)'), ...alarm('pay') })).toEqual([]);
    expect(says({ ...fn, ...every('cron(0 3 ? * MON *)'), ...alarm({ Ref: 'Fn' }) })).toEqual([]);
    const scheduled = {
      Plan: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { ScheduleExpression: 'rate(1 day)', Target: { Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
      },
    };
    expect(says({ ...fn, ...scheduled, ...alarm({ Ref: 'Fn' }) })).toEqual([]);
  });

  test('fails a page that nothing watches, or rarely, or without an alarm', () => {
    expect(says({})).toEqual(['warning violation It.Properties: nothing that watches it']);
    expect(says({ ...canary('rate(8 days)'), ...alarm('pay') })).toEqual([
      'warning violation Canary.Properties.Schedule.Expression: rate(8 days)',
    ]);
    expect(says(canary('rate(1 day)'))).toEqual(['warning violation Canary.Properties: no alarm']);
    expect(says({ ...canary('rate(1 day)'), ...alarm('other') })).toEqual([
      'warning violation Canary.Properties: no alarm',
    ]);
    expect(says(fn)).toEqual(['warning violation Fn.Properties: no schedule']);
    expect(says({ ...canary('rate(1 day)', { Tags: [] }), ...alarm('pay') })).toEqual([
      'warning violation It.Properties: nothing that watches it',
    ]);
  });

  test('cannot tell a hidden schedule, and asks nothing of other pages', () => {
    expect(says({ ...canary(HIDDEN), ...alarm('pay') })).toEqual([
      'warning unknown Canary.Properties.Schedule.Expression',
    ]);
    expect(saysOf('PaymentPageIsWatched', page({}, {}, []))).toEqual([]);
  });
});
