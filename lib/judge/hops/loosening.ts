import { type App, isJsonMap, type Resource } from '../template';
import type { Connector } from './connector';
import type { Loosening } from './fact';
import { stated } from './observed';

/** The section of a resource's Metadata in which constructs write down what is loosened, and why. */
const SECTION = 'SecureTransmission';

/** What a resource says of itself: what is lost, and why. What is no sentence gives no reason. */
export interface Declared {
  readonly what: string;
  readonly reason: string | undefined;
}

/** The loosenings that a resource declares, whatever stands in place of a sentence. */
export function declaredBy({ metadata }: Resource): readonly Declared[] {
  if (!Object.hasOwn(metadata, SECTION)) return [];
  const { SecureTransmission: section } = metadata;
  if (!isJsonMap(section)) return section === undefined ? [] : [{ what: '', reason: textOf(section) }];
  return Object.entries(section).map(([what, reason]) => ({ what, reason: textOf(reason) }));
}

/** Resources of any type that declare loosenings. */
export function declarers(app: App): readonly Resource[] {
  return app.templates.flatMap(({ resources }) =>
    [...resources.values()].filter((resource) => declaredBy(resource).length > 0),
  );
}

/** What the authors of templates declare. It is asked about resources of every type. */
export const loosenings: Connector = {
  service: 'loosening',
  types: [],
  makes: ['loosening'],
  facts(resource, world): readonly Loosening[] {
    const view = world.view(resource);
    return declaredBy(resource).map(({ what }) => ({
      fact: 'loosening',
      resource,
      what,
      declared: {
        ...stated(view, true as const, { given: true }),
        path: ['Metadata', SECTION, ...(what === '' ? [] : [what])].join('.'),
        got: 'declared',
      },
      region: resource.template.region,
      when: world.when,
    }));
  },
};

function textOf(reason: unknown): string | undefined {
  return typeof reason === 'string' ? reason : undefined;
}
