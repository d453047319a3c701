import { App, type JsonMap, type ParameterValues, type TemplateSource } from '../../lib/judge/template';
import type { DeployedStack } from '../../lib/preflight/deployment';
import type { Obstacle } from '../../lib/preflight/report';

/** A stack in a test: its resources, and what is different about it. */
export interface StackOf extends Partial<Omit<TemplateSource, 'json'>> {
  readonly resources?: JsonMap;
  readonly sections?: JsonMap;
}

/** An app of several stacks, by their names; without a word about it they are in eu-west-1. */
export function stacksOf(stacks: Readonly<Record<string, StackOf>>, values: ParameterValues = {}): App {
  const sources = Object.entries(stacks).map(([name, { resources = {}, sections = {}, ...more }]) => ({
    name,
    stackName: name,
    region: 'eu-west-1',
    ...more,
    json: { ...sections, Resources: resources } as JsonMap,
  }));
  return new App(sources, values);
}

/** An app of one stack. */
export function stackOf(resources: JsonMap, more: StackOf = {}, values: ParameterValues = {}): App {
  return stacksOf({ Shop: { resources, ...more } }, values);
}

/** A stack as a manifest has it. */
export function deployed(name: string, more: Partial<DeployedStack> = {}): DeployedStack {
  return {
    name,
    stackName: name,
    region: 'eu-west-1',
    after: [],
    terminationProtection: false,
    assumed: [],
    ...more,
  };
}

/** Obstacles as one line each. */
export function lines(obstacles: readonly Obstacle[]): readonly string[] {
  return obstacles.map(({ level, topic, where, message }) => `${level} ${topic} ${where}: ${message}`);
}
