import { type App, isJsonMap, type Json, type JsonMap, type Template } from '../judge/template';
import type { DeployedStack } from './deployment';
import type { Need, Obstacle, Section } from './report';
import { stackOf } from './values';

/** A reference to what another stack, or somebody else, makes. */
interface Asked extends Need {
  readonly template: Template;
}

/** What has to be there before the app can be deployed, as far as its own stacks do not make it in time. */
export function needsOf(app: App, stacks: readonly DeployedStack[]): Section<readonly Need[]> {
  const asked = app.templates.filter(({ source }) => source.isReference !== true).flatMap(referencesIn);
  const obstacles: Obstacle[] = [];
  const needs = new Map<string, Need>();
  for (const { template, ...need } of asked) {
    const maker = makerOf(need, app);
    // What a baseline makes has been deployed with it, by others.
    if (maker === undefined || maker.source.isReference === true) {
      needs.set([need.kind, need.name, need.stack].join('\n'), need);
    } else if (!isBefore(stackOf(maker).name, need.stack, stacks)) {
      obstacles.push({
        level: 'blocks',
        topic: 'order',
        where: need.stack,
        message: `reads the ${need.kind} ${need.name} that ${stackOf(maker).name} makes, and does not depend on it: cdk deploy may take it first, and it fails`,
        remedy: `declare it: stack.addDependency(...) on ${stackOf(maker).name}`,
      });
    }
  }
  const found = [...needs.values(), ...openParameters(app)];
  return { found, obstacles: [...unique(obstacles), ...openParameters(app).map(openParameter)] };
}

function openParameter({ name, stack }: Need): Obstacle {
  return {
    level: 'blocks',
    topic: 'needs',
    where: stack,
    message: `its parameter ${name} has no default, so that its first deployment needs a value`,
    remedy: `deploy with --parameters ${stack}:${name}=VALUE, and give the same here as --parameters ${stack}.${name}=VALUE`,
  };
}

/** Parameters that nobody has given a value; those of nested stacks get theirs from the stack around them. */
function openParameters(app: App): readonly Need[] {
  return app.templates
    .filter(({ parent, source }) => parent === undefined && source.isReference !== true)
    .flatMap((template) =>
      Object.entries(isJsonMap(template.json.Parameters) ? template.json.Parameters : {})
        .filter(([, declaration]) => isJsonMap(declaration) && declaration.Default === undefined)
        .filter(
          ([name]) =>
            app.parameterValues[name] === undefined &&
            app.parameterValues[`${template.name}.${name}`] === undefined,
        )
        .map(([name]) => need('parameter', name, template)),
    );
}

function need(kind: Need['kind'], name: string, template: Template): Need {
  const { region, name: stack } = stackOf(template);
  return { kind, name, stack, ...(region === undefined ? {} : { region }) };
}

function referencesIn(template: Template): readonly Asked[] {
  const found: Asked[] = [];
  const ask = (kind: Need['kind'], name: string, region?: string) => {
    const where = region === undefined ? {} : { region };
    found.push({ ...need(kind, name, template), ...where, template });
  };
  const visit = (node: Json | undefined): void => {
    if (typeof node === 'string') {
      for (const [, service, name = ''] of node.matchAll(
        /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^:}]+)/g,
      )) {
        ask(service === 'secretsmanager' ? 'secret' : 'SSM parameter', name);
      }
    } else if (Array.isArray(node)) {
      for (const item of node as readonly Json[]) visit(item);
    } else if (isJsonMap(node)) {
      const { 'Fn::ImportValue': imported, 'Fn::GetStackOutput': output } = node;
      if (typeof imported === 'string') ask('export', imported);
      if (isJsonMap(output)) {
        const { StackName: stackName, OutputName: name, Region: region } = output;
        ask(
          'stack output',
          `${text(stackName)}.${text(name)}`,
          typeof region === 'string' ? region : undefined,
        );
      }
      for (const item of Object.values(node)) visit(item);
    }
  };
  visit(template.json.Resources);
  visit(template.json.Outputs);
  for (const declaration of Object.values(
    isJsonMap(template.json.Parameters) ? template.json.Parameters : {},
  )) {
    const { Type: type, Default: name } = isJsonMap(declaration) ? declaration : ({} as JsonMap);
    const isStored = typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<');
    // The version of the bootstrap stack is told with the environments.
    if (isStored && typeof name === 'string' && !name.startsWith('/cdk-bootstrap/'))
      ask('SSM parameter', name);
  }
  return found;
}

/** The template that makes what is asked for. */
function makerOf({ kind, name, region }: Need, app: App): Template | undefined {
  const { templates } = app;
  switch (kind) {
    case 'export':
      return templates.find(
        (template) =>
          template.region === region && outputs(template).some((output) => exportOf(output) === name),
      );
    case 'stack output':
      return templates.find((template) => {
        const { stackName } = template.source;
        if (template.region !== region) return false;
        return outputs(template, true).some((id) => `${stackName}.${String(id)}` === name);
      });
    case 'SSM parameter':
      return app
        .resourcesOfType('AWS::SSM::Parameter')
        .find(({ template, properties }) => template.region === region && properties.Name === name)?.template;
    default:
      return undefined;
  }
}

function outputs({ json }: Template, ids = false): readonly Json[] {
  if (!isJsonMap(json.Outputs)) return [];
  return ids ? Object.keys(json.Outputs) : Object.values(json.Outputs).flatMap((output) => output ?? []);
}

function exportOf(output: Json): Json | undefined {
  return isJsonMap(output) && isJsonMap(output.Export) ? output.Export.Name : undefined;
}

/** Whether a stack is deployed before another; within one stack CloudFormation sees to the order. */
function isBefore(first: string, then: string, stacks: readonly DeployedStack[]): boolean {
  const seen = new Set<string>();
  const open = [then];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === first) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(stacks.find((stack) => stack.name === name)?.after ?? []));
  }
  return false;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function unique(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((one) => [`${one.where} ${one.message}`, one])).values()];
}
