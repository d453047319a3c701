import { readClassification } from '../../classification';
import type { PackRule } from '../../packs/pack';
import {
  type Cursor,
  isValueMap,
  type Resource,
  resourcesIn,
  tagsPlace,
  type Value,
  type ValueMap,
  type World,
  whyUnresolved,
} from '../../template';
import { takes } from '../cardholder/watched-events';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { personalDataRow } from './row';

/** Events under which findings come. */
interface FindingEvents {
  readonly source: string;
  readonly detailTypes: readonly string[];
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html, and -v2-; others need a click. */
const SECURITY_HUB: FindingEvents = {
  source: 'aws.securityhub',
  detailTypes: ['Security Hub Findings - Imported', 'Findings Imported V2'],
};

/** What finds breaches, and the events under which its findings come, its own first. */
const DETECTORS: Readonly<Record<string, readonly FindingEvents[]>> = {
  'AWS::AccessAnalyzer::Analyzer': [
    // https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-access-analyzer.html
    {
      source: 'aws.access-analyzer',
      detailTypes: ['Access Analyzer Finding', 'Unused Access Finding for IAM entities'],
    },
    SECURITY_HUB,
  ],
  'AWS::GuardDuty::Detector': [{ source: 'aws.guardduty', detailTypes: ['GuardDuty Finding'] }, SECURITY_HUB],
  'AWS::Macie::Session': [{ source: 'aws.macie', detailTypes: ['Macie Finding'] }, SECURITY_HUB],
  'AWS::SecurityHub::Hub': [SECURITY_HUB],
};

const RULE = 'AWS::Events::Rule';
const TOPIC = 'AWS::SNS::Topic';

/** Rules on whether somebody learns of a breach, with their levels. */
export const DETECTION_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'DetectorFindingsReachSomebody',
    title: 'what GuardDuty, Macie, Security Hub or Access Analyzer finds is told to somebody',
    risk: 'A breach has to be notified within 72 hours of knowing; the finding is there from the first minute, in a console that nobody opens.',
    fix: 'Add an enabled AWS::Events::Rule with the source of the detector (aws.guardduty, aws.macie, aws.access-analyzer, or aws.securityhub for all of them) in EventPattern, and Targets. CDK: new Rule(this, id, { eventPattern: { source: ["aws.guardduty"] }, targets: [new SnsTopic(topic)] }).',
    references: { gdpr: ['33(1)', '32(1)(d)'], pciDss: ['10.7.2', '12.10.5'], cwe: ['CWE-778'] },
    resourceTypes: Object.keys(DETECTORS),
    test: (properties) => {
      const { resource, world } = properties;
      const events = DETECTORS[resource.type] ?? [];
      const { region } = resource.template;
      let hidden: string | undefined;
      for (const rule of world.app.resourcesOfType(RULE)) {
        if (rule.template.region !== region || !world.exists(rule)) continue;
        const heard = hears(world.view(rule), events);
        if (heard === true) return COMPLIANT;
        if (heard !== false) hidden ??= heard;
      }
      if (hidden !== undefined) return unknown(properties, hidden);
      return violation(
        properties,
        'no rule on its findings',
        `one on ${events.map(({ source }) => source).join(' or ')}, with a target`,
      );
    },
  }),
  personalDataRow('warning', {
    id: 'BreachTopicReachesItsOwner',
    title: 'the topic that findings of detectors go to has a subscriber and an owner',
    risk: 'The finding is published, and nobody is subscribed: the 72 hours begin with whoever reads about it in the newspaper.',
    fix: 'Add an AWS::SNS::Subscription to the topic, and say in the tag data:owner who answers for it. CDK: topic.addSubscription(…), and owner of DataClassification.',
    references: { gdpr: ['33(1)'], pciDss: ['12.10.5'] },
    resourceTypes: [TOPIC],
    test: (properties) => {
      if (!takesFindings(properties)) return NOT_APPLICABLE;
      return [hasSubscriber(properties), hasOwner(properties)];
    },
  }),
  personalDataRow('info', {
    id: 'OrganizationOptsOutOfAiTraining',
    title: 'an organisation does not let AI services of AWS learn from its content',
    risk: 'Services that translate, transcribe or look at pictures may keep what they are given to improve themselves, in another region too: that is another purpose, and a transfer.',
    fix: 'Add an AWS::Organizations::Policy with Type AISERVICES_OPT_OUT_POLICY, Content { "services": { "default": { "opt_out_policy": { "@@assign": "optOut" } } } }, and the root in TargetIds. CDK: organizations have L1 only (CfnPolicy).',
    references: { gdpr: ['5(1)(b)', '28(3)', '44'] },
    resourceTypes: ['AWS::Organizations::Organization', 'AWS::Organizations::Policy'],
    test: (properties) =>
      properties.resource.type === 'AWS::Organizations::Policy'
        ? policyOptsOut(properties)
        : organizationOptsOut(properties),
  }),
];

/** Whether a rule of EventBridge hands on some of these events, or why it cannot be told. */
function hears(rule: Cursor, events: readonly FindingEvents[]): boolean | string {
  const state = rule.at('State').string();
  if (state.state === 'unresolved') return state.why;
  if (state.state === 'given' && state.value === 'DISABLED') return false;
  const targets = rule.at('Targets').list();
  if (targets.state === 'absent' || (targets.state === 'given' && targets.value.length === 0)) return false;
  const pattern = rule.at('EventPattern').value();
  return isValueMap(pattern) ? takesSome(pattern, events) : (whyUnresolved(pattern) ?? false);
}

/** Who sends, not what: a rule on these alone takes every event. */
const OF_ANY_EVENT: ReadonlySet<string> = new Set(['account', 'region', 'version']);

/** What a pattern leaves out, it takes whatever it is. */
function takesSome(pattern: ValueMap, events: readonly FindingEvents[]): boolean | string {
  const { source, 'detail-type': detailType } = pattern;
  const keys = Object.keys(pattern);
  if (source === undefined && detailType === undefined && !keys.every((key) => OF_ANY_EVENT.has(key))) {
    return 'a rule takes events by what is in them, whoever sends them';
  }
  // CloudFormation refuses a pattern of nothing.
  if (keys.length === 0) return false;
  const hiddenSource = whyUnresolved(source);
  const hiddenType = whyUnresolved(detailType);
  const sent = events.filter((one) => hiddenSource !== undefined || takes(source, one.source));
  const taken = sent.filter(({ detailTypes }) => detailTypes.some((type) => takes(detailType, type)));
  if (taken.some((one) => takes(source, one.source))) return true;
  if (taken.length > 0) return hiddenSource ?? false;
  return sent.length > 0 ? (hiddenType ?? false) : false;
}

const EVERY_EVENT = [...new Set(Object.values(DETECTORS).flat())];

function takesFindings({ resource, world }: Cursor): boolean {
  return rulesTo(resource, world).some((rule) => hears(world.view(rule), EVERY_EVENT) === true);
}

function rulesTo(topic: Resource, world: World): readonly Resource[] {
  return world.app.referring(topic, RULE, 'Targets').filter((rule) => world.exists(rule));
}

function hasSubscriber(topic: Cursor): Verdict {
  const { resource, world } = topic;
  const own = topic.at('Subscription');
  const list = own.list();
  if (list.state === 'given' && list.value.length > 0) return COMPLIANT;
  const apart = world.app
    .resourcesOfType('AWS::SNS::Subscription')
    .some(
      (one) => world.exists(one) && resourcesIn(world.view(one).at('TopicArn').value()).includes(resource),
    );
  if (apart) return COMPLIANT;
  if (list.state === 'unresolved') return unknown(own, list.why);
  return violation(own, 'no subscriber', 'somebody who is told');
}

/** A topic that says nothing of itself is told by `DataStoreIsClassified`. */
function hasOwner(topic: Cursor): Verdict {
  const { value } = readClassification(topic).description;
  if (value === undefined || value.owner !== undefined) return COMPLIANT;
  return violation(tagsPlace(topic), 'no data:owner', 'who answers for what it tells');
}

const OPT_OUT = 'AISERVICES_OPT_OUT_POLICY';

/** Its content has to opt out by default, and it has to stand somewhere. */
function policyOptsOut(policy: Cursor): Verdict | readonly Verdict[] {
  const type = policy.at('Type').string();
  if (type.state === 'unresolved') return unknown(policy.at('Type'), type.why);
  if (type.state !== 'given' || type.value !== OPT_OUT) return NOT_APPLICABLE;
  const targets = policy.at('TargetIds');
  const attached = targets.list();
  return [
    contentOptsOut(policy.at('Content')),
    attached.state === 'unresolved'
      ? unknown(targets, attached.why)
      : attached.state === 'given' && attached.value.length > 0
        ? COMPLIANT
        : violation(targets, 'absent', 'the root of the organisation'),
  ];
}

function contentOptsOut(at: Cursor): Verdict {
  const content = at.value();
  const parsed = typeof content === 'string' ? parse(content) : content;
  const path = ['services', 'default', 'opt_out_policy', '@@assign'];
  const choice = path.reduce<Value | undefined>(
    (value, key) => (isValueMap(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    parsed,
  );
  if (choice === 'optOut') return COMPLIANT;
  const why = whyUnresolved(parsed);
  if (choice === undefined && why !== undefined) return unknown(at, why);
  return violation(at, typeof choice === 'string' ? choice : 'no default', 'optOut by default');
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function organizationOptsOut(organization: Cursor): Verdict {
  const { world } = organization;
  const policies = world.app.resourcesOfType('AWS::Organizations::Policy').filter((one) => world.exists(one));
  const types = policies.map((policy) => world.view(policy).at('Type').string());
  if (types.some((type) => type.state === 'given' && type.value === OPT_OUT)) return COMPLIANT;
  const hidden = types.find((type) => type.state === 'unresolved');
  if (hidden?.state === 'unresolved') return unknown(organization, hidden.why);
  return violation(organization, `no policy of type ${OPT_OUT}`, 'one that opts out');
}
