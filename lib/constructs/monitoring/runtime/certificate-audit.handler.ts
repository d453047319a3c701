import { auditCertificates, measuredAudit } from '../../../live/certificates';
import { metricLine } from '../../../live/embedded-metrics';

/** What of Lambda's context is used. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** Kept to tell what was read until then. */
const TIME_TO_TELL = 15_000;
/** Lines of the log: whoever has more findings reads them from the command line. */
const MOST_LINES = 1000;
/** Metrics of single certificates where the environment does not say. */
const METRICS = 500;

/**
 * Audits the certificates of the regions in its environment. What is wrong stands in the log, a line for each; metrics say
 * how much that is and how much life remains, and wake the alarms.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const { AWS_LAMBDA_FUNCTION_NAME: name = 'certificate-audit', AWS_REGION = '', REGIONS = '' } = process.env;
  const regions = REGIONS.split(',').filter((region) => region !== '');
  const now = new Date();
  const audit = await auditCertificates({
    regions: regions.length > 0 ? regions : [AWS_REGION],
    now,
    signal: AbortSignal.timeout(Math.max(1000, context.getRemainingTimeInMillis() - TIME_TO_TELL)),
  });
  for (const { region, problems } of audit.regions) {
    for (const problem of problems) print({ level: 'ERROR', region, notRead: problem });
  }
  const grave = audit.findings.filter(({ level }) => level !== 'info');
  for (const { level, rule, region, arn, domainName, message, fix } of grave.slice(0, MOST_LINES)) {
    const severity = level === 'error' ? 'ERROR' : 'WARN';
    print({ level: severity, rule, region, arn, domainName, message, fix });
  }
  const most = Number(process.env.CERTIFICATE_METRICS ?? METRICS);
  for (const measured of measuredAudit(audit, name, Number.isInteger(most) ? most : METRICS)) {
    process.stdout.write(`${metricLine(measured, now)}\n`);
  }
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
