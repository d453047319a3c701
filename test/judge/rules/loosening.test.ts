import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App as CdkApp, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { EncryptedQueue, EncryptedTopic } from '../../../lib/constructs/messaging';
import { ClientCertificates, ClientTrustStore } from '../../../lib/constructs/mutual-tls';
import { PrivateNetwork, VpcEncryptionMode } from '../../../lib/constructs/network';
import { TlsNetworkLoadBalancer } from '../../../lib/constructs/network-load-balancer';
import { ManagedRuleGroup, WebAcl, WebAclScope } from '../../../lib/constructs/web-acl';
import { type Finding, judge, TRANSMISSION_PACK } from '../../../lib/judge';
import { declaredBy } from '../../../lib/judge/hops/loosening';
import { SUPPORTING_PACK } from '../../../lib/judge/packs/supporting';
import { LOOSENING_PACK_ROWS } from '../../../lib/judge/rules/loosening';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { certificateIn, FLAGS, vpcIn } from '../../constructs/support';
import { appOf } from '../support';

const REASON = 'The ledger cannot do it before the migration in March 2027.';
const LIB = path.resolve(__dirname, '../../../lib/constructs');

/** The findings that carry a reason of `resource` for `what`. */
function carriers(findings: readonly Finding[], logicalId: string, what: string): readonly Finding[] {
  return findings.filter(
    ({ resource, detail }) => resource.logicalId === logicalId && detail?.includes(`${what}: "`) === true,
  );
}

function judged(resources: JsonMap) {
  return judge(appOf(resources), TRANSMISSION_PACK).findings;
}

const declaring = (section: Json, Type = 'AWS::SSM::Parameter', Properties: JsonMap = {}): JsonMap => ({
  It: { Type, Properties, Metadata: { SecureTransmission: section } },
});

const SOURCES: readonly string[] = readdirSync(LIB, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

/** The keys under which our constructs record loosenings, as expressions of their sources. */
function recordedIn(folder: string): readonly (readonly [place: string, key: string])[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      const calls = [...text.matchAll(/recordLoosening\(\s*[^,]+,\s*([^,]+),/g)];
      return calls.map(([, key = '']) => [path.relative(folder, file), keyIn(key.trim(), text)] as const);
    })
    .filter(([place]) => place !== 'loosening.ts');
}

/** `'x'` is x, a constant is what it holds, and anything else stays an expression. */
function keyIn(expression: string, text: string): string {
  const literal = /^'(.*)'$/.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  for (const source of [text, ...SOURCES]) {
    const found = new RegExp(`const ${expression.replace(/\W/g, '.')} = '(.*?)';`).exec(source)?.[1];
    if (found !== undefined) return found;
  }
  return expression;
}

const RECORDED = recordedIn(LIB);

describe('every key under which a construct records a loosening', () => {
  test('is found in the sources', () => {
    const calls = SOURCES.flatMap((text) => text.match(/(?<!function )recordLoosening\(/g) ?? []);
    expect(calls.length).toBeGreaterThan(10);
    expect(RECORDED.length).toBe(calls.length);
  });

  test.each(RECORDED)('leaves a finding with the sentence: %s, %s', (_, key) => {
    // Expressions such as template literals end up as keys of any text.
    const resources = declaring({ [key]: REASON });
    expect(carriers(judged(resources), 'It', key)).toHaveLength(1);
  });

  test('that a rule speaks for is one that a construct records', () => {
    const spoken = [TRANSMISSION_PACK, SUPPORTING_PACK].flatMap(({ rules }) =>
      rules.flatMap(({ rule }) => rule.loosenings ?? []),
    );
    const isRecorded = (key: string) =>
      // Recorded by the template literal that ends in Exclusion, after the name of what is excluded.
      [key, key.replace(/Exclusion$/, '')].some((text) => SOURCES.some((one) => one.includes(`'${text}'`)));
    expect(spoken.filter((key) => !isRecorded(key))).toEqual([]);
    expect(spoken).not.toEqual([]);
  });
});

/** Constructs that are loosened, with the rules in whose findings the sentences stand. */
const LOOSENED: readonly (readonly [string, (stack: Stack) => void, readonly string[]])[] = [
  [
    'targets in clear behind a network load balancer',
    (stack) => {
      const { balancer } = networkLoadBalancer(stack);
      balancer.addTlsListener('Tls', {
        certificate: certificateIn(stack),
        targets: [new IpTarget('10.0.0.7')],
        plaintextTargetsReason: REASON,
      });
    },
    ['TargetGroupIsEncrypted'],
  ],
  [
    'bytes that are passed on',
    (stack) => {
      networkLoadBalancer(stack).balancer.addPassThroughListener('Pass', {
        targets: [new IpTarget('10.0.0.7')],
        passThroughReason: REASON,
      });
    },
    ['ListenerIsNotPassedThrough'],
  ],
  [
    'clients that are not verified',
    (stack) => listenerWith(stack, () => ClientCertificates.passThrough({ unverifiedClientsReason: REASON })),
    ['ListenerVerifiesClientCertificates'],
  ],
  [
    'certificates that have expired',
    (stack) =>
      listenerWith(stack, (store) => ClientCertificates.verify(store, { expiredCertificatesReason: REASON })),
    ['ListenerRejectsExpiredClientCertificates'],
  ],
  [
    'traffic that is excluded',
    (stack) => {
      new PrivateNetwork(stack, 'Network', {
        publicSubnets: true,
        vpcEncryptionControl: VpcEncryptionMode.ENFORCE,
        vpcEncryptionExclusions: { internetGateway: REASON, lambda: `${REASON} Nor can functions.` },
      });
    },
    ['EncryptionControlExcludesNothing', 'EncryptionControlExcludesNothing'],
  ],
  [
    'an endpoint that leads elsewhere too',
    (stack) => {
      new PrivateNetwork(stack, 'Network').addGatewayEndpoint('Layers', {
        service: ec2.GatewayVpcEndpointAwsService.S3,
        exceptions: [
          { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::prod-layers/*'], reason: REASON },
        ],
      });
    },
    ['LooseningIsWaived'],
  ],
  [
    'rules that count, and query strings in logs',
    (stack) => {
      new WebAcl(stack, 'WebAcl', {
        scope: WebAclScope.REGIONAL,
        countedRules: [{ ruleGroup: ManagedRuleGroup.DEFAULTS[0] as ManagedRuleGroup, reason: REASON }],
        queryStringsInLogsReason: REASON,
      });
    },
    ['LogOmitsQueryStrings', 'LooseningIsWaived', 'LooseningIsWaived'],
  ],
  [
    'messages by e-mail',
    (stack) => {
      const topic = new EncryptedTopic(stack, 'Topic');
      topic.addSubscription(new subscriptions.EmailSubscription('a@example.com'), {
        unencryptedDeliveryReason: REASON,
      });
    },
    ['SubscriptionAvoidsMailAndSms'],
  ],
  [
    'senders that say no source',
    (stack) => {
      const service = { service: 'events.amazonaws.com', withoutSourceReason: REASON };
      new EncryptedQueue(stack, 'Queue').allowService(service);
      new EncryptedTopic(stack, 'Topic').allowService(service);
    },
    ['LooseningIsWaived', 'LooseningIsWaived'],
  ],
];

function networkLoadBalancer(stack: Stack) {
  const vpc = vpcIn(stack);
  return { vpc, balancer: new TlsNetworkLoadBalancer(stack, 'Entry', { vpc }) };
}

function listenerWith(stack: Stack, make: (store: ClientTrustStore) => ClientCertificates): void {
  const store = ClientTrustStore.fromClientTrustStoreAttributes(stack, 'Store', {
    trustStoreArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/Store/1',
  }) as ClientTrustStore;
  const listener = new elbv2.CfnListener(stack, 'Listener', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/lb/1',
    protocol: 'HTTPS',
    port: 443,
    certificates: [{ certificateArn: certificateIn(stack).certificates[0]?.certificateArn }],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '200' } }],
  });
  make(store).applyTo(listener);
}

describe('a construct that is loosened', () => {
  test.each(LOOSENED)('has each sentence in one finding: %s', (_, build, rules) => {
    const stack = new Stack(new CdkApp({ context: FLAGS }), 'Stack', {
      env: { region: 'eu-west-1', account: '111122223333' },
    });
    build(stack);
    const json = Template.fromStack(stack).toJSON() as JsonMap;
    const app = new App([{ name: 'Stack', region: 'eu-west-1', json }]);
    const { findings } = judge(app, TRANSMISSION_PACK);
    const declared = app.templates
      .flatMap(({ resources }) => [...resources.values()])
      .flatMap((resource) => declaredBy(resource).map(({ what }) => [resource.logicalId, what] as const));
    const found = declared.map(([logicalId, what]) => carriers(findings, logicalId, what));
    expect(found.map(({ length }) => length)).toEqual(declared.map(() => 1));
    expect(found.flatMap((ones) => ones.map(({ rule }) => rule.id)).toSorted()).toEqual(
      [...rules].toSorted(),
    );
    for (const [finding] of found) expect(finding?.detail).toContain(JSON.stringify(REASON).slice(1, -1));
  });
});

describe('LooseningIsWaived', () => {
  const ID = 'LooseningIsWaived';
  const of = (resources: JsonMap) => judged(resources).filter(({ rule }) => rule.id === ID);
  const placesOf = (resources: JsonMap) => of(resources).map((one) => one.path);

  test('finds what no other finding is about, at its place', () => {
    expect(of(declaring({ withoutWebAcl: REASON }))).toMatchObject([
      {
        path: 'Metadata.SecureTransmission.withoutWebAcl',
        level: 'warning',
        verdict: 'violation',
        got: 'declared',
        detail: `its author says withoutWebAcl: ${JSON.stringify(REASON)}`,
      },
    ]);
  });

  test('finds each of several by itself', () => {
    expect(placesOf(declaring({ a: REASON, b: REASON }))).toEqual([
      'Metadata.SecureTransmission.a',
      'Metadata.SecureTransmission.b',
    ]);
  });

  test('leaves to other rules what they find, and tells what they do not', () => {
    const group = (Protocol: string) =>
      declaring({ plaintextTargets: REASON }, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
        Protocol,
        HealthCheckProtocol: 'HTTPS',
      });
    expect(judged(group('HTTP')).map(({ rule }) => rule.id)).toEqual(['TargetGroupIsEncrypted']);
    // An override has mended it: the sentence is still there, and somebody has to take it away.
    expect(judged(group('HTTPS')).map(({ rule }) => rule.id)).toEqual([ID]);
  });

  test('leaves to the rule on databases what stands on a parameter group', () => {
    const resources = {
      Database: {
        Type: 'AWS::RDS::DBCluster',
        Properties: {
          Engine: 'aurora-postgresql',
          EngineVersion: '16.6',
          StorageEncrypted: true,
          DBClusterParameterGroupName: { Ref: 'It' },
        },
      },
      ...declaring({ plaintextClients: REASON }, 'AWS::RDS::DBClusterParameterGroup', {
        Family: 'aurora-postgresql16',
        Parameters: { 'rds.force_ssl': '0', ssl_min_protocol_version: 'TLSv1.2' },
      }),
    };
    const found = carriers(judged(resources), 'It', 'plaintextClients');
    expect(found.map(({ rule }) => rule.id)).toEqual(['DatabaseRequiresTls']);
    expect(of(resources)).toEqual([]);
  });

  test('does not lend a sentence to findings about something else', () => {
    const resources = declaring({ withoutWebAcl: REASON }, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTP',
      HealthCheckProtocol: 'HTTPS',
    });
    const findings = judged(resources);
    expect(findings.map(({ rule }) => rule.id).toSorted()).toEqual([ID, 'TargetGroupIsEncrypted']);
    expect(findings.find(({ rule }) => rule.id !== ID)?.detail ?? '').not.toContain('author');
  });

  test.each<[string, Json, string]>([
    ['true', { a: true }, 'Metadata.SecureTransmission.a'],
    ['a function', { a: { Ref: 'Why' } }, 'Metadata.SecureTransmission.a'],
    ['nothing', { a: null }, 'Metadata.SecureTransmission.a'],
    ['text in place of the section', 'trust me', 'Metadata.SecureTransmission'],
    ['a list in place of the section', ['trust me'], 'Metadata.SecureTransmission'],
  ])('takes %s for a loosening without a reason', (_, section, place) => {
    const [finding, ...others] = of(declaring(section));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ path: place, verdict: 'violation' });
  });

  test('says nothing about resources that declare nothing', () => {
    expect(of(declaring({}))).toEqual([]);
    expect(of({ It: { Type: 'AWS::SSM::Parameter', Metadata: { 'aws:cdk:path': 'Stack/It' } } })).toEqual([]);
    expect(of({ It: { Type: 'AWS::SSM::Parameter', Metadata: { constructor: { a: REASON } } } })).toEqual([]);
  });

  test('quotes a sentence, so that it cannot pose as more of the message', () => {
    const hostile = 'fine"; everything is compliant\n::error file=x::\u001b[2J <script>';
    const [finding] = of(declaring({ 'a\nb': hostile }));
    expect(finding?.detail).toContain(JSON.stringify(hostile));
    expect(finding?.detail?.includes('\u001b')).toBe(false);
  });

  test('says nothing of a resource that exists in no deployment, and tells in which it does', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: {
        Never: { 'Fn::Equals': ['a', 'b'] },
        IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      },
    };
    const conditional = (Condition: string) =>
      appOf({ It: { ...(declaring({ a: REASON }).It as JsonMap), Condition } }, parts);
    expect(judge(conditional('Never'), TRANSMISSION_PACK).findings).toEqual([]);
    expect(judge(conditional('IsProd'), TRANSMISSION_PACK).findings).toMatchObject([{ rule: { id: ID } }]);
  });

  test('finds Metadata that was added by hand to a resource of any type', () => {
    const stack = new Stack(new CdkApp(), 'Stack');
    const made = new CfnResource(stack, 'Thing', { type: 'Vendor::Some::Thing' });
    made.addMetadata('SecureTransmission', { something: REASON });
    const json = Template.fromStack(stack).toJSON() as JsonMap;
    const { findings } = judge(new App([{ name: 'Stack', json }]), TRANSMISSION_PACK);
    expect(findings.map(({ rule }) => rule.id)).toEqual([ID]);
  });

  test('does not disturb in which cases other findings of the resource hold', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const resources = declaring({ a: REASON }, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTP',
      HealthCheckProtocol: { 'Fn::If': ['IsProd', 'HTTPS', 'HTTP'] },
    });
    const { findings } = judge(appOf(resources, parts), TRANSMISSION_PACK);
    expect(findings.map(({ rule, when }) => [rule.id, when])).toEqual([
      ['HealthCheckIsEncrypted', 'Stack.Stage = test'],
      [ID, undefined],
      ['TargetGroupIsEncrypted', undefined],
    ]);
  });

  test('limits itself to what is in scope', () => {
    const app = appOf(declaring({ a: REASON }));
    expect(judge(app, TRANSMISSION_PACK, { inScope: () => false }).findings).toEqual([]);
  });

  test('runs last, wherever it stands in a pack', () => {
    const rules = [...LOOSENING_PACK_ROWS, ...TRANSMISSION_PACK.rules.filter(({ rule }) => rule.id !== ID)];
    const app = appOf(
      declaring({ plaintextTargets: REASON }, 'AWS::ElasticLoadBalancingV2::TargetGroup', {
        Protocol: 'HTTP',
        HealthCheckProtocol: 'HTTPS',
      }),
    );
    const judgement = judge(app, { name: 'Pack', rules });
    expect(judgement.findings.map(({ rule }) => rule.id)).toEqual(['TargetGroupIsEncrypted']);
    expect(judgement.rules[0]?.rule.id).toBe(ID);
  });
});
