import { createHash } from 'node:crypto';
import { byCodeUnit } from '../../core/order';
import { type ParsedWaiver, parseWaiver } from '../../core/waivers';
import { type App, isJsonMap, type Json, type JsonMap, type Resource, type Template } from '../template';
import { apartFromTemplates, OF_THE_APP, placeIn, WAIVER_TYPE } from './place';

/** The section of a template's Metadata that holds its waivers. */
export const WAIVERS_METADATA = 'SecureTransmissionWaivers';

/** A waiver where it stands. */
export interface WaiverEntry extends ParsedWaiver {
  /** The same as long as rule and scope are: a waiver that is renewed keeps it. */
  readonly id: string;
  readonly carrier: 'template' | 'file';
  /** What findings about it point at. */
  readonly place: Resource;
  /** Where it holds: in a template it covers what is its own, whatever it says about others. */
  readonly parts: readonly WaiverPart[];
}

/** What a waiver covers in one template; `undefined` stands for any. */
export interface WaiverPart {
  readonly template: Template | undefined;
  readonly resources: readonly string[] | undefined;
}

/** The waivers that the templates of an app carry. */
export function waiversIn(app: App): readonly WaiverEntry[] {
  const merged = new Map<string, WaiverEntry>();
  for (const template of app.templates) {
    if (template.source.isReference === true) continue;
    const { Metadata: metadata } = template.json;
    const section = isJsonMap(metadata) ? metadata[WAIVERS_METADATA] : undefined;
    if (section === undefined) continue;
    // What is no list is one entry, which is then said to be none.
    const items: readonly Json[] = Array.isArray(section) ? (section as readonly Json[]) : [section];
    for (const [index, item] of items.entries()) {
      const entry = inTemplate(template, item, index);
      const key = entry.scope.construct === undefined ? `${template.name}\n${index}` : textOf(item);
      const known = merged.get(key);
      // A construct that reaches into nested stacks has one waiver, which each of their templates carries.
      merged.set(key, known === undefined ? entry : { ...known, parts: [...known.parts, ...entry.parts] });
    }
  }
  return [...merged.values()];
}

/** A waiver on a construct around stacks, of which no template may know. */
export function waiverAround(item: JsonMap): WaiverEntry {
  return inTemplate(apartFromTemplates(OF_THE_APP), item, 0);
}

/** The waivers of an app with others that are given beside it; what its templates carry is not told twice. */
export function allWaivers(app: App, given: readonly WaiverEntry[]): readonly WaiverEntry[] {
  const own = waiversIn(app);
  const isOwn = ({ id, carrier, given: texts }: WaiverEntry) =>
    carrier === 'template' &&
    own.some((entry) => entry.id === id && JSON.stringify(entry.given) === JSON.stringify(texts));
  return given.length === 0 ? own : [...own, ...given.filter((entry) => !isOwn(entry))];
}

function inTemplate(template: Template, item: Json, index: number): WaiverEntry {
  const parsed = parseWaiver(item);
  const { construct, template: named, resources } = parsed.scope;
  const own = named === undefined ? parsed : { ...parsed, broad: [...parsed.broad, elsewhere(named)] };
  const scope = construct ?? template.name;
  const shown = construct === undefined && resources !== undefined ? [scope, ...resources].join('/') : scope;
  const id = idOf(['waiver', parsed.given.rule ?? '', shown]);
  return {
    ...own,
    waiver: named === undefined ? own.waiver : undefined,
    id,
    carrier: 'template',
    place: placeIn(template, {
      type: WAIVER_TYPE,
      name: `Waiver-${id}`,
      constructPath: construct,
      keys: ['Metadata', WAIVERS_METADATA, index],
    }),
    parts: [{ template, resources }],
  };
}

function elsewhere(named: string) {
  const got = JSON.stringify(named.slice(0, 60));
  return { field: 'template', got, want: 'left out, since a waiver in a template covers that template only' };
}

/** All but the resources, which differ from template to template. */
function textOf(item: Json): string {
  if (!isJsonMap(item)) return JSON.stringify(item);
  const { resource: _, ...rest } = item;
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => byCodeUnit(a, b)));
}

/** A stable id of an exemption. */
export function idOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** Whether a waiver is about a resource, whatever it says about rules. */
export function isAbout({ scope, parts }: WaiverEntry, resource: Resource): boolean {
  return parts.some(({ template, resources }) => {
    if (template !== undefined && template.name !== resource.template.name) return false;
    if (scope.template !== undefined && !isNamed(resource.template, scope.template)) return false;
    if (resources !== undefined && !isAmong(resource, resources)) return false;
    // Where a template lists the resources of a construct, the list says it.
    if (scope.construct === undefined || (template !== undefined && resources !== undefined)) return true;
    return isWithin(resource, scope.construct);
  });
}

/** Whoever names a resource of SAM means what SAM makes of it; what it makes of several, all of them have to be named. */
function isAmong({ template, logicalId }: Resource, resources: readonly string[]): boolean {
  if (resources.includes(logicalId)) return true;
  const makers = template.makersOf?.(logicalId) ?? [];
  return makers.length > 0 && makers.every((maker) => resources.includes(maker));
}

function isWithin({ constructPath, template }: Resource, construct: string): boolean {
  if (template.name === construct) return true;
  return constructPath === construct || constructPath?.startsWith(`${construct}/`) === true;
}

/** By the path of its stack, its name, or the name of its file. */
export function isNamed({ name, source }: Template, wanted: string): boolean {
  const file = source.file?.replace(/^.*[\\/]/, '');
  return name === wanted || file === wanted;
}
