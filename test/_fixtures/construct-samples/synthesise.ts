import path from 'node:path';
import { App, type AppProps, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { context } from '../../../cdk.json';
import { type ConstructSample, REGION } from './construct-sample';

/** The construct below which samples define what is not under proof. */
const AROUND = 'Around';

/** A sample in the app. */
export interface BuiltSample {
  readonly sample: ConstructSample;
  /** How pages and tests call it. */
  readonly title: string;
  readonly stack: Stack;
  /** What the sample built, where that is a construct. */
  readonly made: IConstruct | undefined;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The title of a sample: its construct, and what was asked for. */
export function titleOf({ construct, options }: ConstructSample): string {
  return options === undefined ? construct : `${construct} (${options})`;
}

/** An app under the flags of the baseline, in which each sample is a stack. */
export function sampleApp(
  samples: readonly ConstructSample[],
  { context: more, ...props }: AppProps = {},
): { readonly app: App; readonly built: readonly BuiltSample[] } {
  const app = new App({ analyticsReporting: false, ...props, context: { ...context, ...more } });
  return { app, built: buildSamples(app, samples) };
}

/** Adds a stack for each sample to an app. */
export function buildSamples(app: App, samples: readonly ConstructSample[]): readonly BuiltSample[] {
  const counts = new Map<string, number>();
  return samples.map((sample) => {
    const count = (counts.get(sample.construct) ?? 0) + 1;
    counts.set(sample.construct, count);
    const id = `Sample-${sample.construct}${count === 1 ? '' : `-${count}`}`;
    const stack = new Stack(app, id, { env: { region: sample.region ?? REGION } });
    const made = sample.build(stack, new Construct(stack, AROUND));
    return { sample, title: titleOf(sample), stack, made: Construct.isConstruct(made) ? made : undefined };
  });
}

/** The file of a stack's template, in the app's own folder of output. */
export function templateFileOf({ stack }: Pick<BuiltSample, 'stack'>, outdir: string): string {
  return path.join(outdir, stack.templateFile);
}

/** What the construct adds, with all that it adds elsewhere in the stack, in the order of the template. */
export function resourcesAdded({ stack, made }: BuiltSample, template: unknown): readonly TemplateResource[] {
  const own = new Set(made === undefined ? [] : idsBelow(made));
  const around = idsBelow(stack.node.findChild(AROUND)).filter((id) => !own.has(id));
  return resourcesOf(template).filter(({ logicalId }) => !around.includes(logicalId));
}

function idsBelow({ node }: IConstruct): string[] {
  return node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .map((resource) => resource.stack.resolve(resource.logicalId) as string);
}

/** The resources of a template. */
export function resourcesOf(template: unknown): readonly TemplateResource[] {
  const { Resources = {} } = template as {
    Resources?: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  return Object.entries(Resources).map(([logicalId, { Type: type, Properties: properties = {} }]) => ({
    logicalId,
    type,
    properties,
  }));
}
