import { TransmissionError } from '../core/errors';
import {
  AUDIT_LEVELS,
  type AuditLevel,
  auditCertificates,
  type CertificateAudit,
  type ServedEndpoint,
} from '../live/certificates';
import { requireAction } from './action';
import { Arguments } from './arguments';
import { nowOf } from './clock';
import type { Io } from './io';
import { styleOf } from './options';
import { outputsOf } from './outputs';
import { inventoryCsv } from './run-certificates-csv';
import { servedEndpoints } from './run-certificates-hosts';
import { auditJson } from './run-certificates-json';
import { renderAudit } from './run-certificates-text';
import { secondsOf } from './seconds';
import { loadTargets } from './targets';
import { refuseUnwritableOutputs, writeOutputs } from './write-outputs';

/** Such as `eu-west-1`, `us-gov-east-1` or `eusc-de-east-1`. */
const REGION = /^[a-z]{2,6}(-[a-z]{2,12}){1,3}-\d{1,2}$/;
const MOST_REGIONS = 50;
const TIME_LIMIT = 600;
const LONGEST_TIME_LIMIT = 86_400;

/** Reads the certificates of an account, region by region, and prints what is wrong with them. */
export async function runCertificates(args: Arguments, io: Io): Promise<number> {
  requireAction(args.operands[0] ?? '', 'audit', 'certificates', 'audit');
  const regions = regionsOf(args, io);
  const outputs = outputsOf(args, ['table', 'json', 'csv'] as const);
  const failOn = AUDIT_LEVELS.find((level) => level === args.one('fail-on')) ?? 'error';
  const seconds = secondsOf(args, 'time-limit', LONGEST_TIME_LIMIT) ?? TIME_LIMIT;
  const now = nowOf(args, io);
  const endpoints = endpointsOf(args, io);
  const profile = args.one('profile');
  refuseUnwritableOutputs(outputs, io);
  settleSdk();
  const audit = await auditCertificates({
    regions,
    now,
    endpoints,
    ...(profile === undefined ? {} : { profile }),
    signal: AbortSignal.timeout(seconds * 1000),
  });
  const exitCode = exitCodeOf(audit, failOn);
  const texts = outputs.map(({ format, file }) => ({
    ...(file === undefined ? {} : { file }),
    text:
      format === 'json'
        ? auditJson(audit, exitCode)
        : format === 'csv'
          ? inventoryCsv(audit)
          : renderAudit(audit, styleOf(args, io, file)),
  }));
  writeOutputs(texts, io);
  return exitCode;
}

/** What the templates serve, read before anybody is asked. */
function endpointsOf(args: Arguments, io: Io): readonly ServedEndpoint[] {
  const assembly = args.one('assembly');
  if (assembly === undefined) return [];
  const parameters = args.options.filter(({ name }) => name === 'parameters');
  const targets = loadTargets(new Arguments([assembly], parameters), io, undefined, 'certificates');
  return targets.flatMap(({ app }) => servedEndpoints(app));
}

/** What could not be read weighs more than what was found: nobody knows what it hides. */
function exitCodeOf({ complete, counts }: CertificateAudit, failOn: AuditLevel): 0 | 1 | 3 {
  if (!complete) return 3;
  const counted = AUDIT_LEVELS.slice(0, AUDIT_LEVELS.indexOf(failOn) + 1);
  return counted.some((level) => counts[level] > 0) ? 1 : 0;
}

/**
 * The SDK reads the environment of the process itself.
 *
 * It would print a notice on versions of Node that it will leave. And outside of EC2 nobody answers at the address of its
 * metadata service, where the SDK looks for credentials last: who has none should be told at once.
 */
function settleSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  process.env.AWS_EC2_METADATA_DISABLED ??= 'true';
}

function regionsOf(args: Arguments, io: Io): readonly string[] {
  const given = args.all('region');
  const fallback = io.env.AWS_REGION ?? io.env.AWS_DEFAULT_REGION;
  const named = given.length > 0 ? given : fallback === undefined || fallback === '' ? [] : [fallback];
  const where = given.length > 0 ? '--region' : 'AWS_REGION';
  if (named.length === 0) {
    const message =
      'needs --region, since AWS_REGION is not set, write --region eu-west-1, once for each region';
    throw new TransmissionError('MissingArgument', message, 'certificates');
  }
  const wrong = named.find((region) => !REGION.test(region));
  if (wrong !== undefined) {
    const message = `is ${JSON.stringify(wrong)}, it must be a region such as eu-west-1, correct it`;
    throw new TransmissionError('InvalidArgument', message, where);
  }
  const regions = [...new Set(named)];
  if (regions.length <= MOST_REGIONS) return regions;
  const message = `names ${regions.length} regions, at most ${MOST_REGIONS} are allowed, audit the others in a second run`;
  throw new TransmissionError('InvalidArgument', message, where);
}
