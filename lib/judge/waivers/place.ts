import type { JsonMap, Resource, Template } from '../template';

/** The types of what findings about exemptions stand on: no resource of CloudFormation has them. */
export const WAIVER_TYPE = 'SecureTransmission::Waiver';
export const ACKNOWLEDGEMENT_TYPE = 'SecureTransmission::Acknowledgement';

/** Where something stands that is no resource: reports print a name, a file and a line of it all the same. */
export interface PlaceOptions {
  readonly type: typeof WAIVER_TYPE | typeof ACKNOWLEDGEMENT_TYPE;
  readonly name: string;
  readonly constructPath?: string | undefined;
  /** The keys that lead to it in its file. */
  readonly keys?: readonly (string | number)[];
}

/** A place in a template, as a resource that findings can point at. */
export function placeIn(template: Template, { type, name, constructPath, keys }: PlaceOptions): Resource {
  const { locate } = template.source;
  const source =
    locate === undefined || keys === undefined
      ? template.source
      : // Reports ask for a property of a resource: Resources, name, property.
        { ...template.source, locate: (path: Keys) => locate([...keys, ...path.slice(2)]) };
  return {
    template: { ...template, source },
    logicalId: name,
    type,
    properties: {},
    metadata: {},
    condition: undefined,
    constructPath,
  };
}

type Keys = readonly (string | number)[];

/** How findings name the app itself, where they stand in none of its templates. */
export const OF_THE_APP = 'the app';

/** What stands in no template of the app: a file of waivers, or the app itself. */
export function apartFromTemplates(name: string, source: Partial<Template['source']> = {}): Template {
  const json: JsonMap = {};
  return {
    source: { ...source, name, json },
    name,
    parent: undefined,
    region: undefined,
    resources: new Map(),
    json,
    notJudged: [],
  };
}

/** Whether a finding stands on a waiver or an acknowledgement. */
export function isExemption({ type }: Resource): boolean {
  return type === WAIVER_TYPE || type === ACKNOWLEDGEMENT_TYPE;
}
