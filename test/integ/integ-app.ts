import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { context } from '../../cdk.json';
import { TransmissionChecks } from '../../lib/checks';
import { disposable } from './disposable';
import { type IntegEnvironment, integEnvironment } from './environment';

/** An endpoint that is tried once the app stands. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** An app that can be deployed: what it is made of, and where its TLS can be tried from outside. */
export interface IntegApp {
  /** Fills the app. */
  build(app: App, environment: IntegEnvironment): void;
  endpoints(environment: IntegEnvironment): readonly Endpoint[];
}

/** An app, and the pack that knows afterwards what it has judged. */
export interface JudgedApp {
  readonly app: App;
  readonly checks: TransmissionChecks;
}

/**
 * The app with its stacks, judged by our pack and cdk-nag's when it is synthesised; made to be deployed, it can be
 * taken down.
 */
export function appOf({ build }: IntegApp, environment: IntegEnvironment, props: AppProps = {}): JudgedApp {
  const app = new App({
    context,
    postCliContext: { '@aws-cdk/core:failSynthOnValidationErrors': true },
    ...props,
  });
  build(app, environment);
  if (environment.isDeployed) disposable(app);
  const checks = new TransmissionChecks(app);
  Validations.of(app).addPlugins(checks, new AwsSolutionsChecks(app));
  return { app, checks };
}

/** Lets a file of this folder be the app of the CDK command line. */
export function runAsApp(module: NodeJS.Module, app: IntegApp): void {
  if (require.main === module) appOf(app, integEnvironment(process.env)).app.synth();
}

/** Accepts on a record that no template of an app makes the zone, nor its CAA record. */
export function acceptZone(record: IConstruct): void {
  accept(
    record,
    'TransmissionChecks',
    'ZoneNamesCertificateAuthorities',
    'The zone belongs to the account of the tests, not to this app: which authorities it names is not ours to say.',
  );
}

/** Accepts what a rule finds, on the construct that it is about. */
export function accept(scope: IConstruct, pack: string, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `${pack}::${pack}-${rule}`, reason });
}
