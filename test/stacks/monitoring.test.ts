import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { Baseline, resolveConfiguration } from '../../lib/stacks';
import shipped from '../../secure-transmission.baseline.json';
import { promiseOf } from './probed-hosts';

const { distribution: _distribution, ...regional } = shipped;

const built = new Map<string, Baseline>();

/** A baseline, which no test changes: the same one for the same configuration. */
function build(changes: Record<string, unknown> = {}, configuration: object = shipped): Baseline {
  const whole = { ...configuration, ...changes };
  const key = JSON.stringify(whole);
  const known =
    built.get(key) ?? Baseline.build(new App({ context }), resolveConfiguration(whole, 'baseline.json'));
  built.set(key, known);
  return known;
}

function rendered(stack: Stack | undefined): Template {
  if (stack === undefined) throw new TypeError('the configuration has no such stack');
  return Template.fromStack(stack);
}

const functionsOf = (template: Template) =>
  Object.values(template.findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => Properties.Description,
  );

test('certificates are audited in the regions of the baseline, or in those that are named', () => {
  const regionsOf = (baseline: Baseline) =>
    JSON.stringify(rendered(baseline.monitoring).findResources('AWS::IAM::Policy')).match(/acm:[a-z0-9-]+:/g);
  expect(new Set(regionsOf(build()))).toEqual(new Set(['acm:eu-west-1:', 'acm:us-east-1:']));
  expect(new Set(regionsOf(build({}, regional)))).toEqual(new Set(['acm:eu-west-1:']));
  expect(new Set(regionsOf(build({ monitoring: { certificateRegions: ['eu-north-1'] } })))).toEqual(
    new Set(['acm:eu-north-1:']),
  );
});

describe('the probe', () => {
  const probed = (changes: Record<string, unknown>, configuration: object = shipped) =>
    functionsOf(rendered(build(changes, configuration).monitoring)).some((about) =>
      /asks servers/i.test(about),
    );

  test('asks what the internet reaches, and nothing else', () => {
    expect(probed({})).toBe(true);
    expect(probed({ loadBalancer: { internetFacing: true } }, regional)).toBe(true);
    expect(probed({}, regional)).toBe(false);
    expect(probed({ distribution: { aliasRecords: false } })).toBe(false);
    expect(probed({ monitoring: { probe: false } })).toBe(false);
  });

  test('expects what the TLS policy of the point of entry promises', () => {
    expect(promiseOf(build().monitoring)).toEqual([
      {
        host: 'pay.example.com',
        promised: expect.objectContaining({ oldest: 'TLSv1.2', postQuantum: true, by: ['TLSv1.2_2025'] }),
      },
    ]);
    const entry = build({ loadBalancer: { internetFacing: true }, tlsProfile: 'TLS_1_3_ONLY' }, regional);
    expect(promiseOf(entry.monitoring)).toEqual([
      { host: 'pay.example.com', promised: expect.objectContaining({ oldest: 'TLSv1.3' }) },
    ]);
  });

  test('leaves out wildcards, which are no hosts, and asks more names than one function can by a second one', () => {
    const names = Array.from({ length: 21 }, (_, at) => `n${at}.pay.example.com`);
    const { monitoring } = build({
      subjectAlternativeNames: ['*.pay.example.com', ...names],
      certificate: { domainNameQuota: 30 },
    });
    const hosts = promiseOf(monitoring).map(({ host }) => host);
    expect(hosts).toEqual(['pay.example.com', ...names]);
    expect(functionsOf(rendered(monitoring)).filter((about) => /asks servers/i.test(about))).toHaveLength(2);
  });
});

describe('the search for old clients', () => {
  const tablesOf = (stack: Stack | undefined) =>
    Object.values(rendered(stack).findResources('AWS::Glue::Table')).map(
      ({ Properties }) => Properties.TableInput.Name,
    );

  test('has a table for each log of the baseline, in the stack where it lies', () => {
    const { audit, entry, edge } = build();
    expect(tablesOf(audit).sort()).toEqual(['cloudtrail', 's3_requests']);
    expect(tablesOf(entry).sort()).toEqual(['alb_connections', 'alb_requests']);
    expect(tablesOf(edge)).toEqual(['cloudfront_requests']);
  });

  test('may read a trail that names its auditors', () => {
    const { audit } = build({ audit: { auditors: ['arn:aws:iam::111122223333:role/auditor'] } });
    const keys = JSON.stringify(rendered(audit).findResources('AWS::KMS::Key'));
    expect(keys).toContain('OldTlsReportRole');
  });

  test('can be switched off', () => {
    const { audit, entry, edge } = build({ monitoring: { oldTlsFinder: false } });
    expect([audit, entry, edge].flatMap((stack) => tablesOf(stack))).toEqual([]);
  });
});

test('payment pages are watched by the list that the configuration names', () => {
  const file = path.join(process.cwd(), 'examples/payment-page.approved.json');
  const { monitoring } = build({ monitoring: { paymentPages: file } });
  rendered(monitoring).hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('payment page'),
  });
  expect(functionsOf(rendered(build().monitoring)).filter((about) => /payment page/i.test(about))).toEqual(
    [],
  );
});

test('the distribution is watched where CloudFront counts', () => {
  const { edge, monitoring } = build();
  const namespaces = (stack: Stack | undefined) =>
    JSON.stringify(rendered(stack).findResources('AWS::CloudWatch::Alarm')).match(/AWS\/[A-Za-z0-9]+/g);
  expect(namespaces(edge)).toContain('AWS/CloudFront');
  expect(namespaces(monitoring)).not.toContain('AWS/CloudFront');
});

test("Security Hub's standard is switched on only where it is asked for", () => {
  const standards = (changes: Record<string, unknown>) =>
    Object.keys(rendered(build(changes).monitoring).findResources('AWS::SecurityHub::Standard'));
  expect(standards({})).toEqual([]);
  expect(standards({ monitoring: { pciDssStandard: true } })).toHaveLength(1);
});

test('without it nothing looks: no dashboard, no function, no search', () => {
  const { stacks, monitoring, edge } = build({ monitoring: { enabled: false } });
  expect(monitoring).toBeUndefined();
  expect(stacks.map(({ node }) => node.id)).not.toContain('Monitoring');
  for (const type of ['AWS::CloudWatch::Dashboard', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'])
    rendered(edge).resourceCountIs(type, 0);
});

test('each alarm tells the topic of its region', () => {
  for (const { stacks } of [build(), build({ loadBalancer: { internetFacing: true } }, regional)]) {
    for (const stack of stacks) {
      const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
      for (const [id, { Properties }] of alarms)
        expect([id, Properties.AlarmActions]).toEqual([id, [expect.anything()]]);
    }
  }
});
