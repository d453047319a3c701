import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved, type World } from '../../template';
import { COMPLIANT, type Verdict } from '../rule';
import { cardholderRow } from './row';
import { isWatched } from './watched-events';

/** A control, the resources that are it, and the calls that switch it off. */
interface Control {
  readonly name: string;
  readonly types: readonly string[];
  readonly service: string;
  readonly calls: readonly string[];
}

/** Controls whose failure has to be noticed at once, as far as AWS has an API to switch them off. */
const CONTROLS: readonly Control[] = [
  {
    name: 'the trail',
    types: ['AWS::CloudTrail::Trail'],
    service: 'cloudtrail',
    calls: ['StopLogging', 'DeleteTrail', 'UpdateTrail'],
  },
  {
    name: 'keys',
    types: ['AWS::KMS::Key'],
    service: 'kms',
    calls: ['DisableKey', 'ScheduleKeyDeletion'],
  },
  {
    name: 'AWS Config',
    types: ['AWS::Config::ConfigurationRecorder'],
    service: 'config',
    calls: ['StopConfigurationRecorder', 'DeleteDeliveryChannel'],
  },
  {
    name: 'the web application firewall',
    types: ['AWS::WAFv2::WebACL'],
    service: 'wafv2',
    calls: ['DisassociateWebACL', 'DeleteWebACL'],
  },
  {
    name: 'security groups',
    types: ['AWS::EC2::SecurityGroup'],
    service: 'ec2',
    calls: ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'],
  },
  {
    name: 'detection of intruders',
    types: ['AWS::GuardDuty::Detector'],
    service: 'guardduty',
    calls: ['DeleteDetector', 'UpdateDetector'],
  },
];

/** Rules on who notices that a control has failed, with their levels. */
export const CONTROL_FAILURE_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'ControlFailureRaisesAlarm',
    title: 'somebody is told when a control is switched off',
    risk: 'An intruder first switches off what would show him: the trail, the recorder, the firewall. Without an alarm the silence is taken for peace.',
    fix: 'Where the trail is made, add an AWS::Events::Rule with detail-type AWS API Call via CloudTrail and the calls in detail.eventName, or an AWS::Logs::MetricFilter on the log group of the trail with an AWS::CloudWatch::Alarm. CDK: new Rule(this, "Failures", { eventPattern: { source: ["aws.kms"], detailType: ["AWS API Call via CloudTrail"], detail: { eventName: ["DisableKey", "ScheduleKeyDeletion"] } }, targets: [new SnsTopic(topic)] }).',
    references: {
      pciDss: ['10.2.1.6', '10.4.1.1', '10.7.1', '10.7.2', '10.7.3', '12.10.5', 'A3.3.1'],
      gdpr: ['25(1)', '32(1)(d)', '33(1)'],
      securityHub: ['CloudWatch.5', 'CloudWatch.7', 'CloudWatch.9', 'CloudWatch.10'],
      cwe: ['CWE-778'],
    },
    resourceTypes: ['AWS::CloudTrail::Trail'],
    test: (trail) => {
      const verdicts = CONTROLS.filter(({ types }) => isThere(types, trail.world)).flatMap((control) =>
        verdictOn(control, trail),
      );
      return verdicts.length > 0 ? verdicts : COMPLIANT;
    },
  }),
];

function isThere(types: readonly string[], world: World): boolean {
  return types.some((type) => world.app.resourcesOfType(type).some((resource) => world.exists(resource)));
}

/** One finding for each control, whichever of its calls nobody hears of. */
function verdictOn({ name, service, calls }: Control, trail: Cursor): readonly Verdict[] {
  const answers = calls.map((call) => [call, isWatched({ service, name: call }, trail.world)] as const);
  const missing = answers.flatMap(([call, answer]) => (answer === false ? [call] : []));
  const { resource, path } = trail;
  if (missing.length > 0) {
    const got = `no alarm for ${missing.join(', ')} (${name})`;
    return [
      {
        verdict: 'violation',
        resource,
        path,
        got,
        want: 'a rule of EventBridge or a metric filter with an alarm',
      },
    ];
  }
  const hidden = answers.map(([, answer]) => answer).find((answer) => answer instanceof Unresolved);
  return hidden instanceof Unresolved ? [{ verdict: 'unknown', resource, path, why: hidden.why }] : [];
}
