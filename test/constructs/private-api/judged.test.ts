import { Stack, Tags } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { TransmissionChecks } from '../../../lib/checks';
import { ApiAccountLogging, ApiAuthorization, ApiVpcLink } from '../../../lib/constructs/api';
import { TlsNetworkLoadBalancer } from '../../../lib/constructs/network-load-balancer';
import type { PrivateApiDomain, PrivateApiProps } from '../../../lib/constructs/private-api';
import { TlsProfile } from '../../../lib/core/tls';
import { type ReportedFinding, synthesised } from '../../checks/synthesised';
import { functionIn, ORDER } from '../api/support';
import { allPacks } from '../judged';
import { certificateIn, existingVpcIn, FLAGS } from '../support';
import { domainIn, ORGANIZATION, privateApiIn } from './support';

const REASON = 'Callers use names of endpoints until they have moved in March.';

/** What asks for the customer's own words or surroundings: what a store holds, where a certificate is listed, backups. */
const OF_THE_APP = [
  'PciDss401Checks-CertificateIsInventoried',
  'PciDss401Checks-DataStoreIsClassified',
  'PciDss401Checks-TopicLogsDeliveries',
  // The zone is imported, so that nobody knows that it is private.
  'TransmissionChecks-ZoneNamesCertificateAuthorities',
];
/** Asks for Cognito on every method, signatures of AWS notwithstanding. */
const COGNITO_ONLY = 'AwsSolutions-COG4';
/** A warning that asks for a web application firewall; an API that the internet does not reach can do without. */
const WAF = 'AwsSolutions-APIG3';

function judged(
  build: (stack: Stack) => unknown,
  packs = allPacks,
  context: Record<string, unknown> = FLAGS,
): readonly ReportedFinding[] {
  const { findings } = synthesised(
    (app) => {
      build(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }));
    },
    packs,
    { context },
  );
  return findings;
}

const rulesOf = (findings: readonly ReportedFinding[]) =>
  [...new Set(findings.map(({ rule }) => rule))].filter((rule) => !OF_THE_APP.includes(rule)).sort();

const topicIn = (stack: Stack) =>
  sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');

const apiIn = (
  stack: Stack,
  props: Partial<PrivateApiProps> = {},
  domain: Partial<PrivateApiDomain> = {},
) => {
  const api = privateApiIn(stack, {
    domain: domainIn(stack, domain),
    organizationId: ORGANIZATION,
    ...props,
  });
  api.addRoute('POST /orders', functionIn(stack, 'Add'), { body: ORDER });
  return api;
};

test.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])(
  '%s nobody but the rule that wants Cognito everywhere has an error to report of a private API',
  (_, flags) => {
    const findings = judged((stack) => apiIn(stack), undefined, flags);
    expect(rulesOf(findings)).toEqual([WAF, COGNITO_ONLY]);
  },
);

test('with Cognito not even that', () => {
  const findings = judged((stack) => {
    const pool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abcdefghi');
    apiIn(stack, { authorization: ApiAuthorization.cognito([pool]), alarmTopic: topicIn(stack) });
  });
  expect(rulesOf(findings)).toEqual([WAF]);
});

test.each(TlsProfile.values().map((profile) => [profile.name, profile] as const))(
  'under the profile %s our pack has no error',
  (_, tlsProfile) => {
    const findings = judged(
      (stack) => apiIn(stack, { tlsProfile }),
      (app) => [new TransmissionChecks(app)],
    );
    // The list of Security Hub has one policy with FIPS, which cuts clients of TLS 1.2 off.
    const left =
      tlsProfile === TlsProfile.TLS_1_2_OR_NEWER_FIPS
        ? ['TransmissionChecks-ApiDomainTlsPolicyIsOnSecurityHubList']
        : [];
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)).toEqual(left);
  },
);

test('behind a VPC link requests go on encrypted, to a load balancer that is authenticated', () => {
  const findings = judged(
    (stack) => {
      const vpc = existingVpcIn(stack);
      const balancer = new TlsNetworkLoadBalancer(stack, 'Ledger', { vpc });
      balancer.addTlsListener('Listener', {
        certificate: certificateIn(stack, 'ledger'),
        targets: [new IpTarget('10.0.1.2')],
      });
      const link = new ApiVpcLink(stack, 'Link', { vpc });
      apiIn(stack).addRoute('GET /ledger', link.to(balancer, { url: 'https://ledger.example.com/' }));
    },
    (app) => [new TransmissionChecks(app)],
  );
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings.map(({ rule }) => rule).filter((rule) => /Api/.test(rule))).toEqual([]);
});

test('in the cardholder data environment it counts as private', () => {
  const findings = judged((stack) => {
    const api = apiIn(stack);
    Tags.of(api).add('pci:scope', 'cde');
  });
  expect(findings.map(({ rule }) => rule)).not.toContain('PciDss401Checks-CardholderApiIsPrivate');
});

test('in the cardholder data environment an API whose policy names no network does not', () => {
  const findings = judged((stack) => {
    const { api } = apiIn(stack);
    Tags.of(api).add('pci:scope', 'cde');
    const resource = api.node.defaultChild as unknown as { policy: unknown };
    resource.policy = {
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
    };
  });
  expect(findings.map(({ rule }) => rule)).toContain('PciDss401Checks-CardholderApiIsPrivate');
});

test('the reason to compare no names does not take the finding away, and stands in it', () => {
  const findings = judged((stack) => apiIn(stack, { basicAccessReason: REASON }));
  const rule = 'TransmissionChecks-ApiEndpointAccessIsStrict';
  const found = findings.filter((finding) => finding.rule === rule);
  expect(found.length).toBeGreaterThan(0);
  for (const { description } of found)
    expect(description).toContain(`its author says basicAccess: "${REASON}"`);
});

test('so does the reason for the TLS policy that domains had before', () => {
  const legacyTlsPolicyReason = 'The region does not offer enhanced TLS policies on private domains yet.';
  const findings = judged((stack) => apiIn(stack, {}, { legacyTlsPolicyReason }));
  expect(findings.find(({ rule }) => rule === 'TransmissionChecks-ApiDomainIsForwardSecret')).toMatchObject({
    constructPath: 'Stack/Orders/Domain/Resource',
    description: expect.stringContaining(`its author says legacyTlsPolicy: "${legacyTlsPolicyReason}"`),
  });
});

test('the setting of the account has the managed policy that AWS tests its role for, which cdk-nag tells', () => {
  expect(rulesOf(judged((stack) => new ApiAccountLogging(stack, 'ApiLogging')))).toEqual([
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  ]);
});
