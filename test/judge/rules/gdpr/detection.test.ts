import { ACCESS_RECORD_ROWS } from '../../../../lib/judge/rules/gdpr/access-record';
import { DETECTION_ROWS } from '../../../../lib/judge/rules/gdpr/detection';
import { TRAIL_ALARM_ROWS, TRAIL_EVENTS } from '../../../../lib/judge/rules/gdpr/trail-alarms';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOfStacks, findings, found, HIDDEN, resource, store } from './support';

const RULE_TYPE = 'AWS::Events::Rule';

describe('DetectorFindingsReachSomebody', () => {
  const RULE = 'DetectorFindingsReachSomebody';
  const rule = (source: JsonMap['x'], more: JsonMap = {}) =>
    resource(RULE_TYPE, { EventPattern: { source }, Targets: [{ Arn: 'x' }], ...more });

  test.each([
    ['AWS::GuardDuty::Detector', 'aws.guardduty'],
    ['AWS::Macie::Session', 'aws.macie'],
    ['AWS::AccessAnalyzer::Analyzer', 'aws.access-analyzer'],
    ['AWS::SecurityHub::Hub', 'aws.securityhub'],
    ['AWS::GuardDuty::Detector', 'aws.securityhub'],
  ])('%s passes with a rule on %s, and fails without', (type, source) => {
    const It = resource(type);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule([source]) })).toEqual([]);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule(['aws.ec2']) })).toEqual([
      'warning violation It: no rule on its findings',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule([source], { State: 'DISABLED' }) })).toHaveLength(1);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule([source], { Targets: [] }) })).toHaveLength(1);
  });

  test('cannot tell what a rule hears that hides it', () => {
    const It = resource('AWS::GuardDuty::Detector');
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule(HIDDEN) })).toEqual(['warning unknown It']);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: rule(['aws.guardduty'], { State: HIDDEN }) })).toEqual([
      'warning unknown It',
    ]);
  });
});

describe('what hears of findings', () => {
  const RULE = 'DetectorFindingsReachSomebody';
  const It = resource('AWS::GuardDuty::Detector');
  const rule = (properties: JsonMap) =>
    resource(RULE_TYPE, {
      EventPattern: { source: ['aws.guardduty'] },
      Targets: [{ Arn: 'x' }],
      ...properties,
    });
  const says = (properties: JsonMap) => found(DETECTION_ROWS, RULE, { It, Rule: rule(properties) });

  test('is a rule that is on, for one source among others', () => {
    expect(says({ State: 'ENABLED' })).toEqual([]);
    expect(says({ EventPattern: { source: ['aws.ec2', 'aws.guardduty'] } })).toEqual([]);
    expect(says({ EventPattern: { source: 'aws.guardduty' } })).toEqual([]);
    expect(says({ EventPattern: {} })).toHaveLength(1);
  });

  test.each<[string, JsonMap, string[]]>([
    ['the type of its findings', { 'detail-type': ['GuardDuty Finding'] }, []],
    [
      'its source, among other types',
      { source: ['aws.guardduty'], 'detail-type': ['X', 'GuardDuty Finding'] },
      [],
    ],
    ['a beginning', { source: [{ prefix: 'aws.' }], 'detail-type': [{ suffix: 'Finding' }] }, []],
    ['whatever comes from an account', { account: ['111122223333'] }, []],
    [
      'what Security Hub imports',
      { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'] },
      [],
    ],
    [
      'some of its findings',
      { source: ['aws.guardduty'], detail: { severity: [{ numeric: ['>=', 7] }] } },
      [],
    ],
    [
      'calls of its API',
      { source: ['aws.guardduty'], 'detail-type': ['AWS API Call via CloudTrail'] },
      ['violation'],
    ],
    [
      'what somebody sends on by hand',
      { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Custom Action'] },
      ['violation'],
    ],
    ['the findings of another', { 'detail-type': ['Macie Finding'] }, ['violation']],
    [
      'everyone but it',
      { source: [{ 'anything-but': ['aws.guardduty', 'aws.securityhub'] }] },
      ['violation'],
    ],
    ['events by what is in them', { detail: { severity: [8] } }, ['unknown']],
    ['events of an account by what is in them', { account: ['1'], detail: { severity: [8] } }, ['unknown']],
    ['a hidden type', { source: ['aws.guardduty'], 'detail-type': HIDDEN }, ['unknown']],
    ['a hidden type of another', { source: ['aws.ec2'], 'detail-type': HIDDEN }, ['violation']],
    [
      'a hidden source of its findings',
      { source: HIDDEN, 'detail-type': ['GuardDuty Finding'] },
      ['unknown'],
    ],
    ['a hidden source of other events', { source: HIDDEN, 'detail-type': ['X'] }, ['violation']],
  ])('is, or is not, a rule on %s', (_, EventPattern, verdicts) => {
    expect(says({ EventPattern }).map((line) => line.split(' ')[1])).toEqual(verdicts);
  });

  test('cannot be told of a rule whose pattern is hidden', () => {
    expect(says({ EventPattern: HIDDEN })).toEqual(['warning unknown It']);
  });

  test('is a rule whose targets are hidden, too', () => {
    expect(says({ Targets: HIDDEN })).toEqual([]);
  });

  test('is one of the same region, that exists', () => {
    const elsewhere = (region: string) =>
      appOfStacks(
        { name: 'Here', resources: { It } },
        { name: 'There', region, resources: { Rule: rule({}) } },
      );
    expect(found(DETECTION_ROWS, RULE, elsewhere('eu-central-1'))).toEqual([]);
    expect(found(DETECTION_ROWS, RULE, elsewhere('eu-west-1'))).toEqual([
      'warning violation It: no rule on its findings',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It, Rule: { ...rule({}), Condition: 'Production' } })).toEqual([
      'warning violation It: no rule on its findings',
    ]);
  });
});

describe('BreachTopicReachesItsOwner', () => {
  const RULE = 'BreachTopicReachesItsOwner';
  const app = (topic: JsonMap, source = 'aws.guardduty', more: JsonMap = {}) => ({
    It: topic,
    Rule: resource(RULE_TYPE, { EventPattern: { source: [source] }, Targets: [{ Arn: { Ref: 'It' } }] }),
    ...more,
  });
  const TOPIC = 'AWS::SNS::Topic';
  const subscription = { Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'It' } }) };

  test('passes a topic with subscriber and owner', () => {
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC), 'aws.guardduty', subscription))).toEqual([]);
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC, { Subscription: [{ Protocol: 'sqs' }] })))).toEqual(
      [],
    );
  });

  test('fails one without, and cannot tell a hidden list', () => {
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC)))).toEqual([
      'warning violation It.Subscription: no subscriber',
    ]);
    const Tags = [{ Key: 'data:classification', Value: 'internal' }];
    expect(
      found(DETECTION_ROWS, RULE, app(resource(TOPIC, { Tags }), 'aws.guardduty', subscription)),
    ).toEqual(['warning violation It.Tags: no data:owner']);
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC, { Subscription: HIDDEN })))).toEqual([
      'warning unknown It.Subscription',
    ]);
  });

  test('asks nothing of other topics', () => {
    expect(found(DETECTION_ROWS, RULE, app(resource(TOPIC), 'aws.ec2'))).toEqual([]);
  });

  test('takes findings by one of several rules', () => {
    const Other = resource(RULE_TYPE, {
      EventPattern: { source: ['aws.ec2'] },
      Targets: [{ Arn: { Ref: 'It' } }],
    });
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC), 'aws.guardduty', { Other }))).toEqual([
      'warning violation It.Subscription: no subscriber',
    ]);
  });

  test('takes neither an empty list, nor the subscriber of another topic, nor one that may not exist', () => {
    const NONE = ['warning violation It.Subscription: no subscriber'];
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC, { Subscription: [] })))).toEqual(NONE);
    const Subscription = resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Other' } });
    expect(
      found(
        DETECTION_ROWS,
        RULE,
        app(store(TOPIC), 'aws.guardduty', { Subscription, Other: resource(TOPIC) }),
      ),
    ).toEqual(NONE);
    const maybe = { Subscription: { ...subscription.Subscription, Condition: 'Production' } };
    expect(found(DETECTION_ROWS, RULE, app(store(TOPIC), 'aws.guardduty', maybe))).toEqual(NONE);
  });
});

describe('OrganizationOptsOutOfAiTraining', () => {
  const RULE = 'OrganizationOptsOutOfAiTraining';
  const POLICY = 'AWS::Organizations::Policy';
  const policy = (assign: string, more: JsonMap = {}) =>
    resource(POLICY, {
      Type: 'AISERVICES_OPT_OUT_POLICY',
      Content: { services: { default: { opt_out_policy: { '@@assign': assign } } } },
      TargetIds: ['r-root'],
      ...more,
    });

  test('passes an organisation that opts out, in a map or in text', () => {
    const It = resource('AWS::Organizations::Organization');
    expect(found(DETECTION_ROWS, RULE, { It, Policy: policy('optOut') })).toEqual([]);
    const Content = '{"services":{"default":{"opt_out_policy":{"@@assign":"optOut"}}}}';
    expect(found(DETECTION_ROWS, RULE, { It: policy('optIn', { Content }) })).toEqual([]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('optIn', { Type: 'TAG_POLICY' }) })).toEqual([]);
  });

  test('fails an organisation without, and a policy that does not, or stands nowhere', () => {
    expect(found(DETECTION_ROWS, RULE, { It: resource('AWS::Organizations::Organization') })).toEqual([
      'info violation It: no policy of type AISERVICES_OPT_OUT_POLICY',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('optIn') })).toEqual([
      'info violation It.Content: optIn',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('optOut', { TargetIds: [] }) })).toEqual([
      'info violation It.TargetIds: absent',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('x', { Content: '{"__proto__": {}}' }) })).toEqual([
      'info violation It.Content: no default',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(found(DETECTION_ROWS, RULE, { It: policy('x', { Content: HIDDEN }) })).toEqual([
      'info unknown It.Content',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('optOut', { TargetIds: HIDDEN }) })).toEqual([
      'info unknown It.TargetIds',
    ]);
    expect(found(DETECTION_ROWS, RULE, { It: policy('optOut', { Type: HIDDEN }) })).toEqual([
      'info unknown It.Type',
    ]);
    const It = resource('AWS::Organizations::Organization');
    const Tagging = policy('x', { Type: 'TAG_POLICY' });
    expect(found(DETECTION_ROWS, RULE, { It, Tagging })).toEqual([
      'info violation It: no policy of type AISERVICES_OPT_OUT_POLICY',
    ]);
    const Policy = policy('optOut', { Type: HIDDEN });
    expect(found(DETECTION_ROWS, RULE, { It, Policy, Tagging })).toEqual([
      'info unknown It',
      'info unknown Policy.Type',
    ]);
  });
});

describe('TrailEventsRaiseAlarms', () => {
  const RULE = 'TrailEventsRaiseAlarms';
  const PLACE = 'It.CloudWatchLogsLogGroupArn';
  const filters = (words: readonly (readonly string[])[], alarm: JsonMap = {}): JsonMap =>
    Object.fromEntries(
      words.flatMap((all, i) => [
        [
          `Filter${i}`,
          resource('AWS::Logs::MetricFilter', {
            LogGroupName: { Ref: 'Group' },
            FilterPattern: `{ $.x = "${all.join('" || $.y = "')}" }`,
            MetricTransformations: [{ MetricName: `m${i}`, MetricNamespace: 'Trail' }],
          }),
        ],
        [
          `Alarm${i}`,
          resource('AWS::CloudWatch::Alarm', {
            MetricName: `m${i}`,
            Namespace: 'Trail',
            AlarmActions: ['x'],
            ...alarm,
          }),
        ],
      ]),
    );
  const app = (more: JsonMap, arn: JsonMap | string = { 'Fn::GetAtt': ['Group', 'Arn'] }) => ({
    It: resource('AWS::CloudTrail::Trail', { CloudWatchLogsLogGroupArn: arn }),
    Group: resource('AWS::Logs::LogGroup'),
    ...more,
  });
  const every = TRAIL_EVENTS.map(({ words: [first = []] }) => first);

  test('passes a trail on whose events alarms tell', () => {
    expect(found(TRAIL_ALARM_ROWS, RULE, app(filters(every)))).toEqual([]);
  });

  test('passes rules of EventBridge on calls', () => {
    const rules = Object.fromEntries(
      every.map((eventName, i) => [
        `Rule${i}`,
        resource(RULE_TYPE, { EventPattern: { detail: { eventName } }, Targets: [{ Arn: 'x' }] }),
      ]),
    );
    expect(found(TRAIL_ALARM_ROWS, RULE, app(rules))).toEqual([]);
  });

  test.each(TRAIL_EVENTS.map(({ about }, i) => [about, i] as const))('misses %s', (about, i) => {
    const [finding] = findings(TRAIL_ALARM_ROWS, RULE, app(filters(every.filter((_, k) => k !== i))));
    expect([finding?.path, finding?.got, finding?.detail]).toEqual([
      'Properties.CloudWatchLogsLogGroupArn',
      'no alarm on 1 of 10 kinds of events',
      about,
    ]);
  });

  test('takes no longer name for the call that is meant', () => {
    const longer = every.map((words) =>
      words.map((word) => (word === 'CreateRoute' ? 'CreateRouteTable' : word)),
    );
    expect(findings(TRAIL_ALARM_ROWS, RULE, app(filters(longer)))[0]?.detail).toBe('changes of route tables');
  });

  test.each<[string, JsonMap]>([
    ['has no action', { AlarmActions: { Ref: 'AWS::NoValue' } }],
    ['is off', { ActionsEnabled: false }],
    ['is on another metric', { Namespace: 'Other' }],
  ])('takes an alarm for none that %s', (_, alarm) => {
    expect(found(TRAIL_ALARM_ROWS, RULE, app(filters(every, alarm)))).toEqual([
      `info violation ${PLACE}: no alarm on 10 of 10 kinds of events`,
    ]);
  });

  test('cannot tell of a log group that is elsewhere, and leaves a trail without one to another rule', () => {
    expect(found(TRAIL_ALARM_ROWS, RULE, app({}, HIDDEN))).toEqual([`info unknown ${PLACE}`]);
    expect(found(TRAIL_ALARM_ROWS, RULE, { It: resource('AWS::CloudTrail::Trail') })).toEqual([]);
  });
});

describe('PersonalDataAccessIsRecorded', () => {
  const RULE = 'PersonalDataAccessIsRecorded';
  const arn = (id: string, rest = '') => ({ 'Fn::Sub': `\${${id}.Arn}${rest}` });
  const app = (properties: JsonMap, table: JsonMap = store('AWS::DynamoDB::Table')) => ({
    It: resource('AWS::CloudTrail::Trail', properties),
    Bucket: store('AWS::S3::Bucket', { BucketName: 'orders' }),
    Table: table,
  });
  const basic = (...resources: readonly JsonMap[]) => ({ EventSelectors: [{ DataResources: resources }] });
  const objects = (Values: JsonMap['x']) => ({ Type: 'AWS::S3::Object', Values });
  const items = (Values: JsonMap['x']) => ({ Type: 'AWS::DynamoDB::Table', Values });
  const advanced = (...types: readonly string[]) => ({
    AdvancedEventSelectors: types.map((type) => ({
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: [type] },
      ],
    })),
  });

  test.each<[string, JsonMap]>([
    ['every store', basic(objects(['arn:aws:s3']), items(['arn:aws:dynamodb']))],
    ['the stores by reference', basic(objects([arn('Bucket', '/')]), items([arn('Table')]))],
    ['the bucket by name', basic(objects(['arn:aws:s3:::orders/']), items(['arn:aws:dynamodb']))],
    ['everything, by advanced selectors', advanced('AWS::S3::Object', 'AWS::DynamoDB::Table')],
  ])('passes a trail that records %s', (_, properties) => {
    expect(found(ACCESS_RECORD_ROWS, RULE, app(properties))).toEqual([]);
  });

  test('reads what advanced selectors leave out, as CloudTrail does', () => {
    const leavingOut = (arns: JsonMap) => {
      const [first, second] = advanced('AWS::S3::Object', 'AWS::DynamoDB::Table').AdvancedEventSelectors;
      const FieldSelectors = [...(first?.FieldSelectors ?? []), { Field: 'resources.ARN', ...arns }];
      return app({ AdvancedEventSelectors: [{ FieldSelectors }, second ?? {}] });
    };
    const countOf = (arns: JsonMap) => found(ACCESS_RECORD_ROWS, RULE, leavingOut(arns)).length;
    expect(countOf({ NotStartsWith: ['arn:aws:s3:::trail-logs/'] })).toBe(0);
    expect(countOf({ NotStartsWith: [arn('Bucket', '/')] })).toBe(1);
    expect(countOf({ StartsWith: ['arn:aws:s3'], NotStartsWith: ['arn:aws:s3:::orders/'] })).toBe(1);
    expect(countOf({ EndsWith: ['.csv'] })).toBe(1);
  });

  test('fails a trail that leaves one out', () => {
    expect(found(ACCESS_RECORD_ROWS, RULE, app(basic(objects(['arn:aws:s3']))))).toEqual([
      'info violation It.EventSelectors: without 1 of 2 stores of personal data',
    ]);
    expect(
      found(
        ACCESS_RECORD_ROWS,
        RULE,
        app(basic(objects(['arn:aws:s3:::orders-archive/']), items(['arn:aws:dynamodb']))),
      ),
    ).toHaveLength(1);
    expect(found(ACCESS_RECORD_ROWS, RULE, app(advanced('AWS::S3::Object')))).toHaveLength(1);
  });

  test('leaves a trail without any objects, and tables of account data, to other rules', () => {
    expect(found(ACCESS_RECORD_ROWS, RULE, app(basic(items(['arn:aws:dynamodb']))))).toEqual([]);
    const card = store(
      'AWS::DynamoDB::Table',
      {},
      { holds: ['personal-data', 'cardholder-data'], categories: ['primary-account-number'] },
    );
    expect(found(ACCESS_RECORD_ROWS, RULE, app(basic(objects(['arn:aws:s3'])), card))).toEqual([]);
  });

  test('is told once of several trails', () => {
    const app2 = { ...app({}), Second: resource('AWS::CloudTrail::Trail', basic(objects(['arn:aws:s3']))) };
    expect(found(ACCESS_RECORD_ROWS, RULE, app2)).toHaveLength(1);
  });
});

describe('TrailReadsAreRecorded', () => {
  const RULE = 'TrailReadsAreRecorded';
  const app = (values: JsonMap['x'], bucket: JsonMap = {}) => ({
    Trail: resource('AWS::CloudTrail::Trail', {
      S3BucketName: { Ref: 'It' },
      EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: values }] }],
    }),
    It: resource('AWS::S3::Bucket', bucket),
    Other: resource('AWS::S3::Bucket'),
  });

  test('passes a trail that records its own bucket, and a bucket that logs elsewhere', () => {
    expect(found(ACCESS_RECORD_ROWS, RULE, app(['arn:aws:s3']))).toEqual([]);
    const LoggingConfiguration = { DestinationBucketName: { Ref: 'Other' } };
    expect(found(ACCESS_RECORD_ROWS, RULE, app(['arn:aws:s3:::orders/'], { LoggingConfiguration }))).toEqual(
      [],
    );
  });

  test('fails a trail that records others only, and says nothing where it records none', () => {
    expect(found(ACCESS_RECORD_ROWS, RULE, app(['arn:aws:s3:::orders/']))).toEqual([
      'info violation It.LoggingConfiguration: absent',
    ]);
    const { Trail: _, ...rest } = app([]);
    const Trail = resource('AWS::CloudTrail::Trail', { S3BucketName: { Ref: 'It' } });
    expect(found(ACCESS_RECORD_ROWS, RULE, { ...rest, Trail })).toEqual([]);
    expect(found(ACCESS_RECORD_ROWS, RULE, rest)).toEqual([]);
  });
});
