import { VERSION } from '../core/version';
import type { App } from '../judge/template';
import { configurationObstacles, documentObstacles } from './configuration';
import { type DeployedStack, inOrder } from './deployment';
import { deployersOf, environmentsOf } from './environments';
import { leftoversOf, protectionsOf } from './leftovers';
import { newNames } from './names';
import { needsOf } from './needs';
import { quotasOf } from './quotas';
import { wrongRegions } from './regions';
import type { DeploymentConfiguration, Obstacle, PreflightReport } from './report';
import { stackOf } from './values';
import { validationZones } from './zones';

/** What is known beside the templates. */
export interface PreflightOptions {
  /** What the report calls the assembly. */
  readonly target: string;
  /** What the judge found and nobody accepted, as far as it blocks. */
  readonly findings?: readonly Obstacle[];
  /** How many checks of the judge could not run. */
  readonly notJudged?: number;
  readonly configuration?: DeploymentConfiguration;
  /** What messages call the folder of the documents. */
  readonly documents?: string;
  /** What expires is measured by it. */
  readonly now: Date;
}

/** What must be true before a deployment, and what it will do; from the assembly alone. */
export function preflight(
  app: App,
  stacks: readonly DeployedStack[],
  options: PreflightOptions,
): PreflightReport {
  const { target, configuration, now, findings = [], notJudged = 0 } = options;
  const resources = app.templates
    .filter(({ source }) => source.isReference !== true)
    .flatMap((template) => [...template.resources.values()]);
  const order = inOrder(
    stacks,
    ({ name }) => resources.filter(({ template }) => stackOf(template).name === name).length,
  );
  const zones = validationZones(app, configuration);
  const needs = needsOf(app, stacks);
  const names = newNames(app);
  const quotas = quotasOf(app);
  const obstacles = [
    ...findings,
    ...(configuration === undefined ? [] : configurationObstacles(configuration, stacks)),
    ...(configuration === undefined ? [] : documentObstacles(configuration, options.documents, now)),
    ...order.obstacles,
    ...wrongRegions(app, stacks),
    ...zones.obstacles,
    ...needs.obstacles,
    ...names.obstacles,
    ...quotas.obstacles,
  ];
  const isBlocked = obstacles.some(({ level }) => level === 'blocks');
  return {
    tool: { name: 'secure-transmission', version: VERSION },
    target,
    exitCode: notJudged > 0 ? 3 : isBlocked ? 1 : 0,
    // What blocks comes first, else the order in which somebody looks.
    obstacles: [...unique(obstacles)].sort((one, other) => rank(one) - rank(other)),
    stacks: order.found,
    environments: environmentsOf(stacks),
    zones: zones.found,
    quotas: quotas.found,
    needs: needs.found,
    names: names.found,
    leftovers: leftoversOf(app),
    protections: protectionsOf(app, stacks),
    deployers: deployersOf(
      stacks,
      resources.map(({ type }) => type),
    ),
  };
}

function rank({ level }: Obstacle): number {
  return level === 'blocks' ? 0 : 1;
}

function unique(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((one) => [`${one.topic} ${one.where} ${one.message}`, one])).values()];
}
