import { RegionInfo } from 'aws-cdk-lib/region-info';
import { commonNameProblem, domainNameProblem, isInZone } from '../constructs/certificate';
import { CloudFrontOriginFacing } from '../constructs/distribution/cloudfront-origin-facing';
import { ORIGIN_FACING_PREFIX_LISTS } from '../constructs/distribution/origin-facing-prefix-lists';
import { EDGE_REGION } from '../constructs/edge-region';
import { shown } from '../core/schema';
import { TlsProfile } from '../core/tls';
import { rangeProblems } from './address-range';
import type { ConfigurationFile } from './configuration-file';

type Given = Partial<ConfigurationFile>;

/** The quota of inbound rules in a security group. */
const MOST_RULES = 60;
/** The same without those that the prefix list of CloudFront stands for. */
const MOST_PEERS_BESIDE_CLOUDFRONT = MOST_RULES - CloudFrontOriginFacing.WEIGHT;

/** What no property of a configuration can say alone, one sentence for each mistake. */
export function meaningProblems(given: Given): string[] {
  return [
    ...nameProblems(given),
    ...zoneProblems(given),
    ...zonePartitionProblems(given),
    ...arnProblems(given),
    ...certificateProblems(given),
    ...alarmProblems(given),
    ...networkProblems(given),
    ...auditProblems(given),
    ...monitoringProblems(given),
    ...encryptionProblems(given),
    ...distributionProblems(given),
  ];
}

function nameProblems({ domainName, subjectAlternativeNames = [], zones }: Given): string[] {
  const names = [domainName, ...subjectAlternativeNames];
  return names.flatMap((name, index) => {
    if (name === undefined) return [];
    const property = index === 0 ? "'domainName'" : `'subjectAlternativeNames[${index - 1}]'`;
    const problem = index === 0 ? commonNameProblem(name) : domainNameProblem(name);
    if (problem !== undefined) return [`${property} ${problem}`];
    if (names.indexOf(name) !== index) return [`${property} repeats ${shown(name)}, remove it`];
    if (zones === undefined || zones.some(({ zoneName }) => isInZone(name, zoneName))) return [];
    const known = zones.map(({ zoneName }) => zoneName).join(', ');
    return [`${property} lies in none of the zones (${known}), got ${shown(name)}, add its zone to 'zones'`];
  });
}

/** Zones are told apart by their names, in the templates too. */
function zoneProblems({ zones = [] }: Given): string[] {
  return (['zoneName', 'hostedZoneId'] as const).flatMap((property) => {
    const values = zones.map((zone) => zone[property]);
    return values.flatMap((value, index) =>
      values.indexOf(value) === index
        ? []
        : [`'zones[${index}].${property}' repeats ${shown(value)}, remove it`],
    );
  });
}

/** What zones say is written from a stack in us-east-1, which another partition does not have. */
function zonePartitionProblems({ zones = [], region }: Given): string[] {
  const partition = partitionOf(region);
  if (partition === undefined || partition === 'aws') return [];
  return zones.flatMap((zone, index) =>
    (['caa', 'dnssec'] as const)
      .filter((property) => zone[property] !== undefined && zone[property] !== false)
      .map(
        (property) =>
          `'zones[${index}].${property}' is for the partition aws, got 'region' ${region} of ${partition}, which has no ${EDGE_REGION}, remove it`,
      ),
  );
}

function auditProblems({ audit = {}, region }: Given): string[] {
  if (audit.enabled === false) {
    return AUDIT_SETTINGS.filter((setting) => audit[setting] !== undefined).map(
      (setting) =>
        `'audit.${setting}' is for the record of a trail, remove it, or set 'audit.enabled' to true`,
    );
  }
  const partition = partitionOf(region);
  return (audit.auditors ?? []).flatMap((arn, index) => {
    const [, arnPartition] = arn.split(':');
    if (partition === undefined || arnPartition === partition) return [];
    return [
      `'audit.auditors[${index}]' must be in the partition of ${region} (${partition}), got ${shown(arnPartition)}, correct the ARN`,
    ];
  });
}

const AUDIT_SETTINGS = [
  'lock',
  'organization',
  'auditors',
  'buckets',
  'refusedAtEndpoints',
  'insights',
] as const;

function monitoringProblems({ monitoring = {} }: Given): string[] {
  if (monitoring.enabled !== false) return [];
  const others = Object.keys(monitoring).filter((setting) => setting !== 'enabled');
  return others.map(
    (setting) =>
      `'monitoring.${setting}' is for the monitoring, remove it, or set 'monitoring.enabled' to true`,
  );
}

function partitionOf(region: string | undefined): string | undefined {
  return region === undefined ? undefined : RegionInfo.get(region).partition;
}

function arnProblems({ region, account, certificate = {}, alarms = {}, distribution }: Given): string[] {
  const partition = partitionOf(region);
  const arns: [property: string, arn: string | undefined, where: string | undefined, whose: string][] = [
    ['certificate.certificateArn', certificate.certificateArn, region, "'region'"],
    ['certificate.rsaCertificateArn', certificate.rsaCertificateArn, region, "'region'"],
    ['alarms.topicArn', alarms.topicArn, region, "'region'"],
    ['alarms.edgeTopicArn', alarms.edgeTopicArn, EDGE_REGION, 'the region of the edge'],
    ['distribution.certificateArn', distribution?.certificateArn, EDGE_REGION, 'the region of CloudFront'],
  ];
  return arns.flatMap(([property, arn, where, whose]) => {
    if (arn === undefined) return [];
    const [, arnPartition, service, arnRegion, arnAccount] = arn.split(':');
    const what = service === 'acm' ? 'certificate' : 'topic';
    const remedy = `leave it out to have a new ${what}`;
    const problems = [];
    if (where !== undefined && arnRegion !== where) {
      problems.push(
        `'${property}' must be in ${whose} (${where}), got a ${what} in ${shown(arnRegion)}, name one there, or ${remedy}`,
      );
    } else if (partition !== undefined && arnPartition !== partition) {
      problems.push(
        `'${property}' must be in the partition of ${region} (${partition}), got ${shown(arnPartition)}, correct the ARN, or ${remedy}`,
      );
    }
    if (account !== undefined && arnAccount !== account) {
      problems.push(
        `'${property}' must be in 'account' (${account}), got ${shown(arnAccount)}, name one there, or ${remedy}`,
      );
    }
    return problems;
  });
}

function certificateProblems(given: Given): string[] {
  const { certificate = {}, distribution, subjectAlternativeNames = [] } = given;
  const { certificateArn, rsaCertificateArn, rsaTwin, domainNameQuota = 10 } = certificate;
  const problems = [];
  const names = 1 + subjectAlternativeNames.length;
  const isNew = [certificate, ...(distribution === undefined ? [] : [distribution])].some(
    ({ certificateArn: existing }) => existing === undefined,
  );
  if (isNew && names > domainNameQuota) {
    problems.push(
      `'subjectAlternativeNames' must have at most ${domainNameQuota - 1} entries, since a certificate of ACM has ${domainNameQuota} names unless the quota of the account was raised, got ${names - 1}, remove some, or have it raised and say so in 'certificate.domainNameQuota'`,
    );
  }
  if (rsaCertificateArn !== undefined && certificateArn === undefined) {
    problems.push(
      "'certificate.rsaCertificateArn' is the twin of a certificate that exists, add 'certificate.certificateArn', or remove it",
    );
  }
  if (rsaTwin === true && certificateArn !== undefined) {
    problems.push(
      "'certificate.rsaTwin' is for new certificates, remove it, or name the twin in 'certificate.rsaCertificateArn'",
    );
  }
  return problems;
}

function alarmProblems({ alarms = {}, distribution, zones, region }: Given): string[] {
  const { email, topicArn, edgeTopicArn } = alarms;
  // Zones that do not fit the schema may be signed.
  const isAnythingAtEdge =
    distribution !== undefined || zones?.some(({ dnssec }) => dnssec === true) !== false;
  const existing = edgeTopicArn ?? (region === EDGE_REGION ? topicArn : undefined);
  const problems = [];
  if (email !== undefined && topicArn !== undefined && !(isAnythingAtEdge && existing === undefined)) {
    problems.push(
      "'alarms.email' subscribes to the topics that are made, and none is, remove it, or remove 'alarms.topicArn'",
    );
  }
  if (edgeTopicArn !== undefined && !isAnythingAtEdge) {
    problems.push(
      `'alarms.edgeTopicArn' is told about what stands in ${EDGE_REGION}, add 'distribution' or sign a zone by 'dnssec', or remove it`,
    );
  }
  return problems;
}

function networkProblems({ network = {}, loadBalancer = {} }: Given): string[] {
  const { natGateways = 0, availabilityZoneCount = 2, cidr } = network;
  const problems = rangeProblems("'network.cidr'", cidr);
  const { allowedPeers = [], httpRedirect } = loadBalancer;
  for (const [index, peer] of allowedPeers.entries()) {
    problems.push(...rangeProblems(`'loadBalancer.allowedPeers[${index}]'`, peer));
  }
  if (httpRedirect === true && allowedPeers.length > MOST_RULES / 2) {
    problems.push(
      `'loadBalancer.allowedPeers' must have at most ${MOST_RULES / 2} entries with 'loadBalancer.httpRedirect', since each needs two of the ${MOST_RULES} rules of a security group, got ${allowedPeers.length}, widen or remove some`,
    );
  }
  if (natGateways > availabilityZoneCount) {
    problems.push(
      `'network.natGateways' must be at most 'network.availabilityZoneCount' (${availabilityZoneCount}), got ${natGateways}, lower it`,
    );
  }
  return problems;
}

/** What leads out of a network that enforces encryption has to be excluded, with a reason. */
function encryptionProblems({ network = {}, loadBalancer = {}, distribution }: Given): string[] {
  const { encryptionControl, encryptionExclusions = {}, natGateways = 0 } = network;
  if (encryptionControl !== 'enforce') {
    return network.encryptionExclusions === undefined
      ? []
      : [
          "'network.encryptionExclusions' is for 'network.encryptionControl' \"enforce\" only, remove it, or enforce encryption",
        ];
  }
  const hasInternetGateway =
    loadBalancer.internetFacing === true || natGateways > 0 || distribution !== undefined;
  const needed = [
    ...(hasInternetGateway ? (['internetGateway'] as const) : []),
    ...(natGateways > 0 ? (['natGateway'] as const) : []),
  ];
  return needed
    .filter((gateway) => encryptionExclusions[gateway] === undefined)
    .map(
      (gateway) =>
        `'network.encryptionExclusions.${gateway}' is missing, which this network has, add a sentence that says why its traffic is excluded, or set 'network.encryptionControl' to "monitor"`,
    );
}

function distributionProblems(given: Given): string[] {
  const { distribution, domainName, loadBalancer = {}, region, tlsProfile } = given;
  if (distribution === undefined) return [];
  const problems = [];
  if (domainName?.startsWith('*.')) {
    problems.push(
      `'domainName' must be one host with 'distribution', which asks the load balancer by that name, got ${shown(domainName)}, move the wildcard to 'subjectAlternativeNames'`,
    );
  }
  if (
    region !== undefined &&
    distribution.originFacingPrefixListId === undefined &&
    !ORIGIN_FACING_PREFIX_LISTS.has(region)
  ) {
    problems.push(
      `'distribution.originFacingPrefixListId' is missing, which we do not know for ${region}, read it with: aws ec2 describe-managed-prefix-lists --region ${region} --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing`,
    );
  }
  if (loadBalancer.httpRedirect === true) {
    problems.push(
      "'loadBalancer.httpRedirect' must be false with 'distribution', which redirects itself and never asks port 80, remove it",
    );
  }
  if (tlsProfile !== undefined && !TlsProfile.of(tlsProfile).supports('cloudfront-viewer')) {
    const others = TlsProfile.values().filter((profile) => profile.supports('cloudfront-viewer'));
    problems.push(
      `'tlsProfile' must be one of ${others.join(', ')} with 'distribution', for which CloudFront has TLS policies, got "${tlsProfile}", change it, or remove 'distribution'`,
    );
  }
  const peers = loadBalancer.allowedPeers?.length ?? 0;
  if (peers > MOST_PEERS_BESIDE_CLOUDFRONT) {
    problems.push(
      `'loadBalancer.allowedPeers' must have at most ${MOST_PEERS_BESIDE_CLOUDFRONT} entries with 'distribution', since a security group has 60 rules and the addresses of CloudFront take 55, got ${peers}, widen or remove some`,
    );
  }
  if (loadBalancer.internetFacing === true) {
    problems.push(
      "'loadBalancer.internetFacing' must be false with 'distribution', through which everyone comes, remove one of the two",
    );
  }
  const partition = partitionOf(region);
  if (partition !== undefined && partition !== 'aws') {
    problems.push(
      `'distribution' is for the partition aws, got 'region' ${region} of ${partition}, which CloudFront does not serve from ${EDGE_REGION}, remove it`,
    );
  }
  return problems;
}
