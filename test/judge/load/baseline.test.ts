import type { BaselineDocument } from '../../../lib/core/handover';
import { judge } from '../../../lib/judge/judge';
import { baselineSources } from '../../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type JsonMap, type TemplateSource } from '../../../lib/judge/template';
import { baselineDocument } from '../../core/handover/documents';

const LISTENER = '/secure-transmission/Platform/load-balancer/listener-arn';

/** An app team's stack that reads what the baseline handed over. */
const shop = (resources: JsonMap, region = 'eu-west-1'): TemplateSource => ({
  name: 'Shop',
  stackName: 'Shop',
  region,
  json: {
    Parameters: { Read: { Type: 'AWS::SSM::Parameter::Value<String>', Default: LISTENER } },
    Resources: resources,
  },
});

const appOn = (document: BaselineDocument, source: TemplateSource): App =>
  new App([source, ...baselineSources(document, 'baseline.json', [source])]);

const shows = (app: App) =>
  judge(app, TRANSMISSION_PACK).findings.map(
    ({ rule, resource, verdict }) => `${resource.template.name} ${resource.logicalId} ${rule.id} ${verdict}`,
  );

/** The baseline with a fault: its listener accepts TLS 1.0. */
const faulty: BaselineDocument = JSON.parse(
  JSON.stringify(baselineDocument).replace(
    'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    'ELBSecurityPolicy-2016-08',
  ),
);

const TOPIC: JsonMap = { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } };

describe('a baseline under an app', () => {
  test('is not judged with the app: its faults are found where it is deployed', () => {
    expect(shows(appOn(faulty, shop(TOPIC)))).toEqual(shows(new App([shop(TOPIC)])));
    const itself = new App(
      faulty.stacks.map(({ name, stackName, region, template }) => ({
        name,
        stackName,
        region,
        json: template as JsonMap,
      })),
    );
    expect(shows(itself)).toContain('Entry Listener ListenerRequiresTls12 violation');
  });

  test('is not counted, nor told as not judged', () => {
    const { resources, facts, notJudged } = judge(appOn(faulty, shop(TOPIC)), TRANSMISSION_PACK);
    expect(resources.total).toBe(1);
    expect(facts.every(({ resource }) => resource.template.name === 'Shop')).toBe(true);
    expect(notJudged).toEqual([]);
  });

  test('gives what the app reads from SSM a meaning: the listener is the one of the baseline', () => {
    const app = appOn(baselineDocument, shop({ Rule: rule() }));
    const listener = app.templates[1]?.resources.get('Listener');
    const referring = listener && app.referring(listener, RULE, 'ListenerArn');
    expect(referring?.map(({ template, logicalId }) => `${template.name} ${logicalId}`)).toEqual([
      'Shop Rule',
    ]);
  });

  test('says nothing to a stack in another region, which would read other parameters', () => {
    const app = appOn(baselineDocument, shop({ Rule: rule() }, 'eu-central-1'));
    const listener = app.templates[1]?.resources.get('Listener');
    expect(listener && app.referring(listener, RULE, 'ListenerArn')).toEqual([]);
  });

  test('gives way to a stack that is at hand itself', () => {
    const itself: TemplateSource = {
      name: 'Platform/Entry',
      stackName: 'Platform-Entry',
      region: 'eu-west-1',
      json: { Resources: TOPIC },
    };
    expect(baselineSources(baselineDocument, 'baseline.json', [itself])).toEqual([]);
    expect(
      baselineSources(baselineDocument, 'baseline.json', [{ ...itself, region: 'us-east-1' }]),
    ).toHaveLength(1);
  });
});

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const rule = (): JsonMap => ({
  Type: RULE,
  Properties: {
    ListenerArn: { Ref: 'Read' },
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/shop/*'] }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  },
});
