import type { TemplateResource } from '../construct-samples/synthesise';

/** What a resource costs in a month in which nobody uses it. */
export interface Price {
  readonly type: string;
  /**
   * US dollars for a month of 730 hours, in us-east-1.
   *
   * @default - nothing: only use is charged, or nothing at all
   */
  readonly atRest?: (resource: TemplateResource) => number;
  /** What `atRest` counts, such as '$0.0225 an hour'. */
  readonly counts?: string;
  /**
   * What is charged beyond that: by use, or at a price that could not be read.
   *
   * @default - nothing
   */
  readonly besides?: string;
  /**
   * The page on which the price was read.
   *
   * @default - for `atRest` none: the price is from memory, and so marked
   */
  readonly readAt?: string;
  /** Whether it is charged at rest, by a price that was not found. */
  readonly isUnknown?: boolean;
}

/** The day on which the prices were read. */
export const READ_ON = '2026-11-22';
export const REGION = 'us-east-1';
/** The hours of an average month. */
export const HOURS = 730;

/** A property that lists things: how many there are. */
export function count({ properties }: TemplateResource, property: string): number {
  const value = properties[property];
  return Array.isArray(value) ? value.length : 0;
}
