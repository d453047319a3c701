/**
 * `npm start`: synthesises the baseline in this process, enforces its packs and prints the posture.
 *
 * The templates are those that `cdk synth` writes, byte for byte; a test holds it to that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIo } from '../lib/cli/process-io';
import { isTransmissionError } from '../lib/core/errors';
import {
  COLOURED,
  conclusionOf,
  PLAIN,
  relativeTo,
  renderFindings,
  renderPacks,
  renderPosture,
  type ValidationReport,
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

function start(): number {
  const io = processIo();
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: object };
  process.env.CDK_OUTDIR = OUTDIR;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...context, ...CLI_CONTEXT });
  try {
    // As under the command line, what the packs find is left to us to print.
    const postCliContext = { '@aws-cdk/core:failSynthOnValidationErrors': false };
    const { app, checks, configuration } = baselineApp(configurationFile(), { postCliContext });
    const { directory } = app.synth();
    const file = join(directory, 'validation-report.json');
    const report = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport;
    const style = io.isTty && io.env.NO_COLOR === undefined ? COLOURED : PLAIN;
    const findings = renderFindings(report, style);
    if (findings !== '') io.out(`${findings}\n`);
    const { judgement } = checks;
    const place = relativeTo(io.cwd, file);
    if (judgement !== undefined) {
      const { tlsPolicies } = configuration;
      io.out(renderPosture([judgement], { report: place, style, tlsPolicies }));
    }
    io.out(`${renderPacks([checks.name, 'AwsSolutions'], report)}\n`);
    return EXIT_CODES[judgement === undefined ? 'failed' : conclusionOf(report)];
  } catch (thrown) {
    if (!isTransmissionError(thrown)) throw thrown;
    io.err(explain(thrown, OUTDIR));
    return thrown.kind === 'internal' ? 3 : 2;
  }
}

process.exitCode = start();
