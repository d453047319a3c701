import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { parseAddedTlsPolicies, TlsProfile } from '../core/tls';
import type { BaselineConfiguration, ConfigurationFile } from './configuration-file';
import { meaningProblems } from './configuration-problems';
import { baselineConfigurationSchema } from './configuration-schema';
import { lineOf, positionOfMistake } from './json-position';
import { schemaProblems } from './schema-problems';

/** No configuration that a person writes is larger, in bytes. */
const MAX_SIZE = 1_000_000;
/** The network without a word about it. */
const NETWORK = {
  cidr: '10.0.0.0/16',
  availabilityZoneCount: 2,
  natGateways: 0,
  interfaceEndpoints: [],
  gatewayEndpoints: [],
};

/** The trail without a word about it. */
const AUDIT = {
  enabled: true,
  lock: 'governance',
  buckets: [],
  refusedAtEndpoints: [],
  insights: false,
} as const;
/** The monitoring without a word about it. */
const MONITORING = {
  enabled: true,
  probe: true,
  oldTlsFinder: true,
  findings: true,
  pciDssStandard: false,
  apiLogging: false,
};

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
    retentionDays: given.retentionDays ?? 400,
    owner: given.owner ?? 'platform team',
    certificate: { rsaTwin: false, domainNameQuota: 10, ...given.certificate },
    alarms: given.alarms ?? {},
    loadBalancer: { internetFacing: false, allowedPeers: [], httpRedirect: false, ...given.loadBalancer },
    network: { ...NETWORK, ...given.network },
    audit: { ...AUDIT, ...given.audit },
    monitoring: monitoringOf(given, file),
    distribution: distributionOf(given, file),
    tlsPolicies: parseAddedTlsPolicies(given.tlsPolicies, `${file}: tlsPolicies`),
  };
}

/** A file is told relative to that of the configuration, wherever the app runs. */
function monitoringOf({ monitoring }: ConfigurationFile, file: string): BaselineConfiguration['monitoring'] {
  const pages = monitoring?.paymentPages;
  return {
    ...MONITORING,
    ...monitoring,
    ...(pages === undefined ? {} : { paymentPages: resolve(dirname(file), pages) }),
  };
}

/** A folder is told relative to the file, wherever the app runs. */
function distributionOf(
  { distribution }: ConfigurationFile,
  file: string,
): BaselineConfiguration['distribution'] {
  if (distribution === undefined) return undefined;
  const { documents } = distribution;
  return {
    allowedCountries: [],
    strictTransportSecurity: 'TWO_YEARS',
    writes: true,
    aliasRecords: true,
    ...distribution,
    ...(documents === undefined ? {} : { documents: resolve(dirname(file), documents) }),
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

function unreadable(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  const remedy = 'give the path of a configuration in SECURE_TRANSMISSION_CONFIG';
  return code === 'ENOENT' ? `does not exist, ${remedy}` : `cannot be read (${String(code)}), ${remedy}`;
}
