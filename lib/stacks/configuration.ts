import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { commonNameProblem, domainNameProblem, isInZone } from '../constructs/certificate';
import { TransmissionError } from '../core/errors';
import { parseAddedTlsPolicies, type TlsPolicy, TlsProfile } from '../core/tls';
import { baselineConfigurationSchema } from './configuration-schema';
import { lineOf, positionOfMistake } from './json-position';
import { schemaProblems, shown } from './schema-problems';

/** No configuration that a person writes is larger, in bytes. */
const MAX_SIZE = 1_000_000;

/** A hosted zone of Route 53. */
export interface ZoneConfiguration {
  readonly zoneName: string;
  readonly hostedZoneId: string;
}

/** The certificate of the endpoint. */
export interface CertificateConfiguration {
  /** Whether a new certificate has a twin with an RSA key. */
  readonly rsaTwin: boolean;
  /** The certificate that exists already, in place of a new one. */
  readonly certificateArn?: string;
  /** The twin of that certificate with an RSA key. */
  readonly rsaCertificateArn?: string;
}

/** Who is told when a certificate is not renewed. */
export interface AlarmConfiguration {
  readonly email?: string;
  /** The topic that exists already, in place of a new one. */
  readonly topicArn?: string;
}

/** The load balancer, the point of entry. */
export interface LoadBalancerConfiguration {
  readonly internetFacing: boolean;
  /** The address ranges that may connect, in CIDR notation. */
  readonly allowedPeers: readonly string[];
  readonly httpRedirect: boolean;
}

/** The network. */
export interface NetworkConfiguration {
  readonly cidr: string;
  readonly availabilityZoneCount: number;
  readonly natGateways: number;
}

/** What the baseline builds, checked and complete. */
export interface BaselineConfiguration {
  /** The beginning of the names of the stacks. */
  readonly name: string;
  readonly domainName: string;
  readonly subjectAlternativeNames: readonly string[];
  readonly zones: readonly ZoneConfiguration[];
  readonly region: string;
  /** The account, only if the file names one: a template must not depend on who makes it. */
  readonly account?: string;
  readonly tlsProfile: TlsProfile;
  readonly certificate: CertificateConfiguration;
  readonly alarms: AlarmConfiguration;
  readonly loadBalancer: LoadBalancerConfiguration;
  readonly network: NetworkConfiguration;
  /** TLS policies that the catalogue does not know yet, for the judge. */
  readonly tlsPolicies: readonly TlsPolicy[];
}

/** What the file holds once it fits the schema. */
interface ConfigurationFile {
  readonly name?: string;
  readonly domainName: string;
  readonly subjectAlternativeNames?: readonly string[];
  readonly zones: readonly ZoneConfiguration[];
  readonly region: string;
  readonly account?: string;
  readonly tlsProfile?: string;
  readonly certificate?: Partial<CertificateConfiguration>;
  readonly alarms?: AlarmConfiguration;
  readonly loadBalancer?: Partial<LoadBalancerConfiguration>;
  readonly network?: Partial<NetworkConfiguration>;
  readonly tlsPolicies?: unknown;
}

/** The configuration in a file. Its errors hold one line for each mistake, each beginning with the file's name. */
export function readConfiguration(file: string): BaselineConfiguration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TransmissionError('UnreadableConfiguration', unreadable(cause), file, cause);
  }
  return parseConfiguration(text, file);
}

/**
 * The configuration in a text of JSON.
 *
 * @param text the text
 * @param file the name of its file, for messages
 */
export function parseConfiguration(text: string, file: string): BaselineConfiguration {
  if (text.length > MAX_SIZE) {
    throw new TransmissionError(
      'UnreadableConfiguration',
      `is larger than ${MAX_SIZE} bytes, which no configuration is, check the path`,
      file,
    );
  }
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') {
    throw new TransmissionError(
      'UnreadableConfiguration',
      `is empty, write ${baselineConfigurationSchema.description}`,
      file,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    const line = lineOf(json, positionOfMistake(json));
    throw new TransmissionError(
      'UnreadableConfiguration',
      'is not valid JSON here, look for a missing or spare comma, quote or bracket (JSON has no comments)',
      `${file}:${line}`,
      cause,
    );
  }
  return resolveConfiguration(value, file);
}

/**
 * The configuration in a value, checked and with its defaults.
 *
 * @param value what was read
 * @param file the name of its file, for messages
 */
export function resolveConfiguration(value: unknown, file: string): BaselineConfiguration {
  const problems = [
    ...schemaProblems(baselineConfigurationSchema, value),
    ...meaningProblems(soundPartOf(value)),
  ];
  if (problems.length > 0) {
    const lines = problems.map((problem) => `${file}: ${problem}`);
    throw new TransmissionError('InvalidConfiguration', lines.join('\n'));
  }
  // What the schema lets through is of this type, which a test holds against ajv.
  const given = value as ConfigurationFile;
  return {
    name: given.name ?? 'SecureTransmission',
    domainName: given.domainName,
    subjectAlternativeNames: given.subjectAlternativeNames ?? [],
    zones: given.zones,
    region: given.region,
    account: given.account,
    tlsProfile: TlsProfile.of(given.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER.name),
    certificate: { rsaTwin: false, ...given.certificate },
    alarms: given.alarms ?? {},
    loadBalancer: { internetFacing: false, allowedPeers: [], httpRedirect: false, ...given.loadBalancer },
    network: { cidr: '10.0.0.0/16', availabilityZoneCount: 2, natGateways: 0, ...given.network },
    tlsPolicies: parseAddedTlsPolicies(given.tlsPolicies, `${file}: tlsPolicies`),
  };
}

/** The properties that fit the schema, those of a section one by one, so that one mistake does not hide another. */
function soundPartOf(
  value: unknown,
  schemas = baselineConfigurationSchema.properties,
): Partial<ConfigurationFile> {
  if (typeof value !== 'object' || value === null) return {};
  const sound = Object.entries(value).flatMap(([key, given]: [string, unknown]) => {
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema === undefined) return [];
    if (schemaProblems(schema, given).length === 0) return [[key, given]];
    return schema.properties === undefined ? [] : [[key, soundPartOf(given, schema.properties)]];
  });
  return Object.fromEntries(sound);
}

/** What no property can say alone. */
function meaningProblems(given: Partial<ConfigurationFile>): string[] {
  return [
    ...nameProblems(given),
    ...arnProblems(given),
    ...certificateProblems(given),
    ...networkProblems(given),
  ];
}

function nameProblems({
  domainName,
  subjectAlternativeNames = [],
  zones,
}: Partial<ConfigurationFile>): string[] {
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

function arnProblems({
  region,
  account,
  certificate = {},
  alarms = {},
}: Partial<ConfigurationFile>): string[] {
  const arns = {
    'certificate.certificateArn': certificate.certificateArn,
    'certificate.rsaCertificateArn': certificate.rsaCertificateArn,
    'alarms.topicArn': alarms.topicArn,
  };
  const partition = region === undefined ? undefined : RegionInfo.get(region).partition;
  return Object.entries(arns).flatMap(([property, arn]) => {
    if (arn === undefined) return [];
    const [, arnPartition, service, arnRegion, arnAccount] = arn.split(':');
    const what = service === 'acm' ? 'certificate' : 'topic';
    const remedy = `leave it out to have a new ${what}`;
    const problems = [];
    if (region !== undefined && arnRegion !== region) {
      problems.push(
        `'${property}' must be in 'region' (${region}), got a ${what} in ${shown(arnRegion)}, name one there, or ${remedy}`,
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

function certificateProblems({ certificate = {}, alarms = {} }: Partial<ConfigurationFile>): string[] {
  const { certificateArn, rsaCertificateArn, rsaTwin } = certificate;
  const problems = [];
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
  return problems;
}

function networkProblems({ network = {}, loadBalancer = {} }: Partial<ConfigurationFile>): string[] {
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

/**
 * What is wrong with an address range whose shape the schema has let through.
 *
 * AWS takes a range that begins inside itself (`10.1.2.3/8`) and widens it without a word: who wrote it meant
 * something else.
 */
function rangeProblems(property: string, range: string | undefined): string[] {
  if (range === undefined) return [];
  const [address = '', length = ''] = range.split('/');
  const isOf6 = address.includes(':');
  const prefix = Number(length);
  if (isOf6 ? !isIPv6(address) || prefix > 128 : !isIPv4(address) || prefix > 32) {
    return [
      `${property} must be an address range in CIDR notation, such as "10.0.0.0/16", got ${shown(range)}`,
    ];
  }
  const first = isOf6 ? address : firstAddress(address, prefix);
  return first === address
    ? []
    : [
        `${property} must begin with the first address of its range, got ${shown(range)}, write "${first}/${prefix}" or correct its length`,
      ];
}

/** The first address of the range of IPv4 that holds an address. */
function firstAddress(address: string, prefix: number): string {
  const parts = address.split('.').map(Number);
  return parts
    .map((part, index) => {
      const kept = Math.min(8, Math.max(0, prefix - 8 * index));
      return part & (0xff << (8 - kept)) & 0xff;
    })
    .join('.');
}

function unreadable(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  const remedy = 'give the path of a configuration in SECURE_TRANSMISSION_CONFIG';
  return code === 'ENOENT' ? `does not exist, ${remedy}` : `cannot be read (${String(code)}), ${remedy}`;
}
