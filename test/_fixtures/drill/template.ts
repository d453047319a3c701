/** The properties of a resource, or any map in them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A synthesised template, as far as a drill reads it. */
export interface Drilled {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
}

/** The resources of a type, with ids that say in which template they are. */
export function resourcesOf(
  templates: Readonly<Record<string, Drilled>>,
  type: string,
): readonly { readonly id: string; readonly properties: Properties }[] {
  return Object.entries(templates).flatMap(([name, { Resources = {} }]) =>
    Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) =>
      Type === type ? [{ id: `${name}/${logicalId}`, properties: Properties }] : [],
    ),
  );
}

/** The maps in a list. */
export function listOf(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
