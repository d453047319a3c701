/**
 * The CDK app of the baseline: configuration in, stacks out, packs registered. It decides nothing.
 *
 * The configuration is the file that SECURE_TRANSMISSION_CONFIG names, else `secure-transmission.baseline.json`.
 */
import { existsSync, writeSync } from 'node:fs';
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GdprChecks, PciDss401Checks, TransmissionChecks } from '../lib/checks';
import { isTransmissionError, type TransmissionError } from '../lib/core/errors';
import { Baseline, type BaselineConfiguration, readConfiguration } from '../lib/stacks';
import { describeHoldings } from './holdings';

const DEFAULT_CONFIGURATION = 'secure-transmission.baseline.json';

/** The app, ready to be synthesised, and the pack that will know its posture. */
export interface BaselineApp {
  readonly app: App;
  readonly checks: TransmissionChecks;
  readonly configuration: BaselineConfiguration;
}

/** Builds the app. Nothing is written before it is synthesised, nor when the configuration is wrong. */
export function baselineApp(configurationFile: string, props: AppProps = {}): BaselineApp {
  const configuration = readConfiguration(configurationFile);
  const app = new App({
    autoSynth: false,
    // A finding fails the synthesis here too, where a pack that throws would pass under the CDK command line.
    postCliContext: {
      '@aws-cdk/core:failSynthOnValidationErrors': true,
      '@aws-cdk/core:appMode': 'process',
    },
    ...props,
  });
  describeHoldings(Baseline.build(app, configuration), configuration);
  const checks = new TransmissionChecks(app, { tlsPolicies: configuration.tlsPolicies });
  const { tlsPolicies } = configuration;
  Validations.of(app).addPlugins(
    checks,
    new PciDss401Checks(app, { tlsPolicies }),
    new GdprChecks(app, { tlsPolicies }),
    new AwsSolutionsChecks(app),
  );
  return { app, checks, configuration };
}

/** The file that holds the configuration. */
export function configurationFile(): string {
  const { SECURE_TRANSMISSION_CONFIG: named } = process.env;
  // Set to nothing is how a pipeline leaves a variable out.
  return named === undefined || named === '' ? DEFAULT_CONFIGURATION : named;
}

/** What to tell somebody whose configuration is wrong, one line for each mistake. */
export function explain(thrown: TransmissionError, outdir = process.env.CDK_OUTDIR ?? 'cdk.out'): string {
  const stale = existsSync(outdir)
    ? `${outdir}: not touched, it holds an earlier synthesis: do not deploy it\n`
    : '';
  const lines = thrown.message.split('\n').map((line) => `error: ${line}\n`);
  return `${lines.join('')}${stale}`;
}

if (require.main === module) {
  try {
    baselineApp(configurationFile()).app.synth();
  } catch (thrown) {
    if (!isTransmissionError(thrown)) throw thrown;
    // At once and to the end, also where the CDK command line reads it through a pipe.
    writeSync(2, explain(thrown));
    process.exitCode = thrown.kind === 'internal' ? 3 : 2;
  }
}
