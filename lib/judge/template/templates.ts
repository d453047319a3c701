import { isSam, SAM_TRANSFORM, translateSam } from '../sam';
import { intrinsicIn } from './evaluate';
import { expandLoops, isLoop } from './loops';
import {
  isJsonMap,
  type Json,
  type JsonMap,
  own,
  type ParameterValues,
  type Resource,
  type Template,
  type TemplatePath,
  type TemplateSource,
} from './rendered-app';

/** Resource types that CDK adds for itself. */
const SKIPPED_TYPES = new Set(['AWS::CDK::Metadata']);

/** Indexes templates, each with the one around it, under names of which no two are the same. */
export function templatesOf(sources: readonly TemplateSource[], values: ParameterValues): Template[] {
  const made = new Map<TemplateSource, Template>();
  const taken = new Set<string>();
  const make = (source: TemplateSource, around: readonly TemplateSource[]): Template => {
    const already = made.get(source);
    if (already !== undefined) return already;
    const above = parentOf(source, sources);
    const parent =
      // What is around itself is around nothing.
      above === undefined || source.parent === undefined || above === source || around.includes(above)
        ? undefined
        : { template: make(above, [...around, source]), logicalId: source.parent.logicalId };
    const name = uniqueName(source.name, taken);
    const template = indexTemplate(source, name, parent, values);
    made.set(source, template);
    return template;
  };
  return sources.map((source) => make(source, []));
}

/** Of several templates of one name the nearest before: loaders tell a stack before those nested in it. */
function parentOf(source: TemplateSource, sources: readonly TemplateSource[]): TemplateSource | undefined {
  const { parent } = source;
  if (parent === undefined) return undefined;
  const isAbove = ({ name }: TemplateSource) => name === parent.name;
  return sources.slice(0, sources.indexOf(source)).findLast(isAbove) ?? sources.find(isAbove);
}

/** Choices and findings are told apart by the names of templates. */
function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted} (${n})`;
  taken.add(name);
  return name;
}

function indexTemplate(
  source: TemplateSource,
  name: string,
  parent: Template['parent'],
  values: ParameterValues,
): Template {
  const {
    json: looped,
    notJudged: loops,
    writtenAt: inLoop = unchanged,
  } = expandLoops(source.json, {
    name,
    parent,
    values,
  });
  const sam = isSam(looped) ? translateSam(looped) : undefined;
  const json = sam?.json ?? looped;
  const resources = new Map<string, Resource>();
  const notJudged = [...(source.notJudged ?? []), ...loops, ...macrosOf(json), ...(sam?.notJudged ?? [])];
  const bySam = sam?.writtenAt ?? unchanged;
  const template: Template = {
    source,
    name,
    parent,
    region: source.region,
    resources,
    json,
    notJudged,
    writtenAt: (path) => inLoop(bySam(path)),
    ...(sam === undefined ? {} : { makersOf: sam.makersOf }),
  };
  const declared = isJsonMap(json.Resources) ? json.Resources : {};
  for (const [logicalId, raw] of Object.entries(declared)) {
    if (!isJsonMap(raw) || typeof raw.Type !== 'string') {
      // Loops and macros have been told already.
      if (!isLoop(logicalId) && logicalId !== MACRO)
        notJudged.push(`${logicalId} is not written out as a resource`);
      continue;
    }
    if (SKIPPED_TYPES.has(raw.Type)) continue;
    const metadata = isJsonMap(raw.Metadata) ? raw.Metadata : {};
    const constructPath =
      metadata['aws:cdk:path'] ??
      source.constructs?.pathOf(logicalId) ??
      pathBelowMaker(logicalId, looped, source, bySam);
    resources.set(logicalId, {
      template,
      logicalId,
      type: raw.Type,
      properties: propertiesOf(raw),
      metadata,
      condition: typeof raw.Condition === 'string' ? raw.Condition : undefined,
      constructPath: typeof constructPath === 'string' ? constructPath : undefined,
    });
  }
  return template;
}

const unchanged = (path: TemplatePath): TemplatePath => path;

/** What SAM makes of a construct's resource stands below that construct, so that what is said of it holds for both. */
function pathBelowMaker(
  logicalId: string,
  { Resources: resources }: JsonMap,
  { constructs }: TemplateSource,
  writtenAt: (path: TemplatePath) => TemplatePath,
): string | undefined {
  const maker = String(writtenAt(['Resources', logicalId])[1]);
  const raw = isJsonMap(resources) && maker !== logicalId ? own(resources, maker) : undefined;
  if (!isJsonMap(raw)) return undefined;
  const told = isJsonMap(raw.Metadata) ? raw.Metadata['aws:cdk:path'] : undefined;
  const path = typeof told === 'string' ? told : constructs?.pathOf(maker);
  return path === undefined ? undefined : `${path}/${logicalId}`;
}

const MACRO = 'Fn::Transform';

/** A macro beside the properties may change all of them. */
function propertiesOf(resource: JsonMap): JsonMap {
  const properties = isJsonMap(resource.Properties) ? resource.Properties : {};
  const macro = own(resource, MACRO);
  return macro === undefined ? properties : { ...properties, [MACRO]: macro };
}

/** Transforms that do not rewrite the resources that are written out, and SAM's, whose resources we write out. */
const HARMLESS_TRANSFORMS = new Set(['AWS::LanguageExtensions', SAM_TRANSFORM]);

function macrosOf(json: JsonMap): string[] {
  const declared: Json = json.Transform ?? [];
  const names = (Array.isArray(declared) ? (declared as readonly Json[]) : [declared]).map((transform) => {
    const name = isJsonMap(transform) ? transform.Name : transform;
    return typeof name === 'string' ? name : JSON.stringify(name ?? null);
  });
  const within = [json, json.Resources].some((map) => isJsonMap(map) && intrinsicIn(map)?.name === MACRO);
  return [...names, ...(within ? [MACRO] : [])]
    .filter((name) => !HARMLESS_TRANSFORMS.has(name))
    .map((name) => `transform ${name} may add or change resources at deployment`);
}

/** The resources of its own template that a resource mentions anywhere, whatever conditions say. */
export function resourcesMentioned({ template, properties }: Resource): readonly Resource[] {
  const found = new Set<Resource>();
  const note = (name: Json | undefined) => {
    const resource = typeof name === 'string' ? template.resources.get(name.split('.')[0] ?? '') : undefined;
    if (resource !== undefined) found.add(resource);
  };
  const visit = (node: Json | undefined): void => {
    if (typeof node === 'string') for (const [, name] of node.matchAll(/\$\{([^!}]+)\}/g)) note(name);
    else if (Array.isArray(node)) for (const item of node as readonly Json[]) visit(item);
    else if (isJsonMap(node)) {
      const attribute = node['Fn::GetAtt'];
      note(node.Ref);
      note(Array.isArray(attribute) ? (attribute as readonly Json[])[0] : attribute);
      for (const item of Object.values(node)) visit(item);
    }
  };
  visit(properties);
  return [...found];
}
