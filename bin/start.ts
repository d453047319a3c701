/**
 * `npm start`: synthesises the baseline in this process, enforces its packs and prints the posture.
 *
 * The templates are those that `cdk synth` writes, byte for byte; a test holds it to that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { processIo } from '../lib/cli/process-io';
import { isTransmissionError, TransmissionError } from '../lib/core/errors';
import {
  COLOURED,
  conclusionOf,
  PLAIN,
  packsText,
  relativeTo,
  renderFindings,
  renderPosture,
  type ValidationReport,
  visible,
} from '../lib/report';
import { baselineApp, configurationFile, explain } from './baseline';

const OUTDIR = process.env.CDK_OUTDIR ?? 'cdk.out';
const EXIT_CODES = { clean: 0, findings: 1, failed: 3 } as const;

/** What the CDK command line hands to an app beside the context of cdk.json. */
const CLI_CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': false,
  'aws:cdk:bundling-stacks': ['**'],
};

const io = processIo();

function start(): number {
  refuseArguments(process.argv.slice(2));
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: object };
  process.env.CDK_OUTDIR = OUTDIR;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...context, ...CLI_CONTEXT });
  const file = configurationFile();
  // As under the command line, what the packs find is left to us to print.
  const postCliContext = { '@aws-cdk/core:failSynthOnValidationErrors': false };
  const { app, checks, configuration } = baselineApp(file, { postCliContext });
  const { directory, stacks } = app.synth();
  const { tlsProfile, tlsPolicies } = configuration;
  io.out(`Synthesised from ${visible(file)}: ${placesOf(stacks)}; ${tlsProfile}\n\n`);

  const reportFile = join(directory, 'validation-report.json');
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as ValidationReport;
  const style = io.isTty && io.env.NO_COLOR === undefined ? COLOURED : PLAIN;
  const open = renderFindings(report, style);
  if (open !== '') io.out(`${open}\n`);
  const findings = packsText([checks.name, 'PciDss401Checks', 'GdprChecks', 'AwsSolutions'], report);
  const { judgement } = checks;
  if (judgement === undefined) {
    io.out(`findings       ${findings}\n`);
    return EXIT_CODES.failed;
  }
  const place = relativeTo(io.cwd, reportFile);
  io.out(renderPosture([judgement], { findings, report: place, style, tlsPolicies }));
  return EXIT_CODES[conclusionOf(report)];
}

/** The stacks by region, in the order in which they are deployed. */
function placesOf(stacks: readonly CloudFormationStackArtifact[]): string {
  const regions = new Map<string, string[]>();
  for (const { hierarchicalId, environment } of stacks) {
    regions.set(environment.region, [...(regions.get(environment.region) ?? []), hierarchicalId]);
  }
  return [...regions].map(([region, names]) => `${names.join(', ')} in ${region}`).join('; ');
}

/** Whoever gives one expects it to do something. */
function refuseArguments([argument]: readonly string[]): void {
  if (argument === undefined) return;
  throw new TransmissionError(
    'UnknownOption',
    'is nothing that npm start takes, it takes --timings only, name another configuration in SECURE_TRANSMISSION_CONFIG',
    argument,
  );
}

/** Exit code 1 is for findings: what nobody expected must not look like them. */
function failure(thrown: unknown): number {
  if (isTransmissionError(thrown)) {
    io.err(explain(thrown, OUTDIR));
    return thrown.kind === 'internal' ? 3 : 2;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  io.err(
    `error: internal failure: ${visible(message, 1000)}, nothing is known to be fine, do not deploy ${OUTDIR}; SECURE_TRANSMISSION_DEBUG=1 shows where\n`,
  );
  if (io.env.SECURE_TRANSMISSION_DEBUG === '1' && thrown instanceof Error) io.err(`${thrown.stack}\n`);
  return 3;
}

try {
  process.exitCode = start();
} catch (thrown) {
  process.exitCode = failure(thrown);
}
