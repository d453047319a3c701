import { RegionInfo } from 'aws-cdk-lib/region-info';
import { commonNameProblem, domainNameProblem, isInZone } from '../constructs/certificate';
import { CloudFrontOriginFacing } from '../constructs/distribution/cloudfront-origin-facing';
import { ORIGIN_FACING_PREFIX_LISTS } from '../constructs/distribution/origin-facing-prefix-lists';
import { EDGE_REGION } from '../constructs/edge-region';
import { TlsProfile } from '../core/tls';
import { rangeProblems } from './address-range';
import type { ConfigurationFile } from './configuration-file';
import { shown } from './schema-problems';

type Given = Partial<ConfigurationFile>;

/** The quota of rules in a security group, without those that the prefix list of CloudFront stands for. */
const MOST_PEERS_BESIDE_CLOUDFRONT = 60 - CloudFrontOriginFacing.WEIGHT;

/** What no property of a configuration can say alone, one sentence for each mistake. */
export function meaningProblems(given: Given): string[] {
  return [
    ...nameProblems(given),
    ...zoneProblems(given),
    ...arnProblems(given),
    ...certificateProblems(given),
    ...networkProblems(given),
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
  const names = zones.map(({ zoneName }) => zoneName);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [`'zones[${index}].zoneName' repeats ${shown(name)}, remove it`],
  );
}

function arnProblems({ region, account, certificate = {}, alarms = {}, distribution }: Given): string[] {
  const partition = region === undefined ? undefined : RegionInfo.get(region).partition;
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
  const { certificate = {}, alarms = {}, distribution, subjectAlternativeNames = [] } = given;
  const { certificateArn, rsaCertificateArn, rsaTwin, domainNameQuota = 10 } = certificate;
  const problems = [];
  const names = 1 + subjectAlternativeNames.length;
  if (names > domainNameQuota) {
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
  if (alarms.email !== undefined && alarms.topicArn !== undefined) {
    problems.push("'alarms.email' subscribes to the new topic, remove it, or remove 'alarms.topicArn'");
  }
  if (alarms.edgeTopicArn !== undefined && distribution === undefined) {
    problems.push("'alarms.edgeTopicArn' is told about the edge, add 'distribution', or remove it");
  }
  return problems;
}

function networkProblems({ network = {}, loadBalancer = {} }: Given): string[] {
  const { natGateways = 0, availabilityZoneCount = 2, cidr } = network;
  const problems = rangeProblems("'network.cidr'", cidr);
  for (const [index, peer] of (loadBalancer.allowedPeers ?? []).entries()) {
    problems.push(...rangeProblems(`'loadBalancer.allowedPeers[${index}]'`, peer));
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

function distributionProblems({ distribution, loadBalancer = {}, region, tlsProfile }: Given): string[] {
  if (distribution === undefined) return [];
  const problems = [];
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
  const partition = region === undefined ? 'aws' : RegionInfo.get(region).partition;
  if (partition !== 'aws') {
    problems.push(
      `'distribution' is for the partition aws, got 'region' ${region} of ${partition}, which CloudFront does not serve from ${EDGE_REGION}, remove it`,
    );
  }
  return problems;
}
