import { Fn, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { ZoneSigning, type ZoneSigningProps } from '../../../lib/constructs/dns';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn, vpcIn, zoneIn } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const ZONE_ID = 'ZEXAMPLECOM';
const KEY = 'AWS::KMS::Key';
const ALARM = 'AWS::CloudWatch::Alarm';
const KEY_SIGNING_KEY = 'AWS::Route53::KeySigningKey';
const SIGNING = 'AWS::Route53::DNSSEC';
const SIGNS = { Properties: { KeySpec: 'ECC_NIST_P256' } };

function define(stack: Stack, props: Partial<ZoneSigningProps> = {}): ZoneSigning {
  return new ZoneSigning(stack, 'Dnssec', { zone: zoneIn(stack), ...props });
}

describe('ZoneSigning', () => {
  test('makes a key for signatures that outlives the stack and is not rotated', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    rendered(stack).hasResource(KEY, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        EnableKeyRotation: Match.absent(),
      },
    });
  });

  test('lets Route 53 sign this zone of this account with it, and pass it on inside AWS', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const [key] = Object.values(rendered(stack).findResources(KEY, SIGNS));
    const service = {
      Effect: 'Allow',
      Principal: { Service: 'dnssec-route53.amazonaws.com' },
      Resource: '*',
    };
    expect(key?.Properties.KeyPolicy.Statement).toEqual([
      expect.objectContaining({ Action: 'kms:*' }),
      {
        ...service,
        Sid: 'AllowRoute53ToSignThisZone',
        Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnEquals: { 'aws:SourceArn': `arn:aws:route53:::hostedzone/${ZONE_ID}` },
        },
      },
      {
        ...service,
        Sid: 'AllowRoute53ToPassTheKeyOnInsideAws',
        Action: 'kms:CreateGrant',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
      },
    ]);
  });

  test('signs the zone once its key-signing key is active; both outlive the stack', () => {
    const stack = stackIn('us-east-1');
    const { key } = define(stack);
    const [keySigningKey] = Object.keys(resourcesOf(stack, KEY_SIGNING_KEY));
    rendered(stack).hasResource(KEY_SIGNING_KEY, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        HostedZoneId: ZONE_ID,
        Name: 'KeySigningKey1',
        Status: 'ACTIVE',
        KeyManagementServiceArn: stack.resolve(key.keyArn),
      },
    });
    rendered(stack).hasResource(SIGNING, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      DependsOn: [keySigningKey],
      Properties: { HostedZoneId: ZONE_ID },
    });
  });

  test.each(['DNSSECInternalFailure', 'DNSSECKeySigningKeysNeedingAction'])(
    'tells a topic of %s, and keeps telling between two values',
    (MetricName) => {
      const stack = stackIn('us-east-1');
      const { alarmTopic } = define(stack);
      rendered(stack).hasResourceProperties(ALARM, {
        Namespace: 'AWS/Route53',
        MetricName,
        Dimensions: [{ Name: 'HostedZoneId', Value: ZONE_ID }],
        Statistic: 'Sum',
        Period: 14_400,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'ignore',
        AlarmActions: [stack.resolve(alarmTopic.topicArn)],
      });
    },
  );

  test('tells a topic that exists, and makes none', () => {
    const stack = stackIn('us-east-1');
    const alarmTopic = new AlarmTopic(stack, 'Alarms').topic;
    define(stack, { alarmTopic });
    rendered(stack).resourceCountIs('AWS::SNS::Topic', 1);
    rendered(stack).resourcePropertiesCountIs(
      ALARM,
      { AlarmActions: [stack.resolve(alarmTopic.topicArn)] },
      2,
    );
  });

  test('prints the command that shows the DS record, and says where to enter it', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const [output] = Object.values(rendered(stack).findOutputs('*'));
    expect(output).toEqual({
      Description:
        'The command prints the DS record of the zone: enter it at the registrar (or in the parent zone) once the longest TTL of the zone has passed. Until then signatures protect nobody.',
      Value: `aws route53 get-dnssec --hosted-zone-id ${ZONE_ID} --query 'KeySigningKeys[].DSRecord' --output text`,
    });
  });

  test('signs a zone of the same stack, under another name of the key', () => {
    const stack = stackIn('us-east-1');
    const zone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
    define(stack, { zone, keySigningKeyName: 'ksk_2027' });
    rendered(stack).hasResourceProperties(KEY_SIGNING_KEY, {
      HostedZoneId: stack.resolve(zone.hostedZoneId),
      Name: 'ksk_2027',
    });
  });

  test('measures in the namespace of Route 53', () => {
    const signing = define(stackIn('us-east-1'));
    const { metricName, namespace, dimensions } = signing.metric('DNSSECKeySigningKeyAge');
    expect([namespace, metricName, dimensions]).toEqual([
      'AWS/Route53',
      'DNSSECKeySigningKeyAge',
      { HostedZoneId: ZONE_ID },
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    expect(Object.keys(rendered(stack).findResources(KEY, SIGNS))).toEqual(['DnssecKeyB9BF7ECA']);
    expect(Object.keys(resourcesOf(stack, KEY_SIGNING_KEY))).toEqual(['DnssecKeySigningKey046B56EC']);
    expect(Object.keys(resourcesOf(stack, SIGNING))).toEqual(['DnssecSigningE8E4F182']);
  });

  test('takes an unresolved name', () => {
    const keySigningKeyName = Fn.importValue('Name');
    expect(() => define(stackIn('us-east-1'), { keySigningKeyName })).not.toThrow();
  });

  test('has no finding by our pack and no error by cdk-nag', () => {
    const stack = stackIn('us-east-1');
    const signing = define(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(signing)).toEqual([]);
  });
});

describe('ZoneSigning refuses', () => {
  test.each([
    ['eu-west-1', 'eu-west-1'],
    [undefined, 'no region'],
  ])('a stack in %s', (region, got) => {
    expect(() => define(stackIn(region))).toThrow(
      `Stack/Dnssec: the stack must be in us-east-1, where Route 53 takes the keys of DNSSEC from and publishes its measures, got ${got}, put it into a stack of its own with that region in 'env', zones are global`,
    );
  });

  test('a private zone', () => {
    const stack = stackIn('us-east-1');
    const zone = new route53.PrivateHostedZone(stack, 'Private', { zoneName: 'internal', vpc: vpcIn(stack) });
    expect(() => define(stack, { zone })).toThrow(
      "Stack/Dnssec: 'zone' must be a public zone, Route 53 signs no private ones, pass the public zone",
    );
  });

  test.each(['ab', 'key-1', 'a'.repeat(129)])('the name %s for its key-signing key', (keySigningKeyName) => {
    expect(() => define(stackIn('us-east-1'), { keySigningKeyName })).toThrow(
      `Stack/Dnssec: 'keySigningKeyName' must be 3 to 128 letters, digits and underscores, got "${keySigningKeyName}"`,
    );
  });
});
