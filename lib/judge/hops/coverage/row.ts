/** What a resource type is about. */
export type Carries = 'traffic' | 'store' | 'both';

/** Names of types without their service, some in one string, with spaces between. */
type Types = readonly [string, ...string[]];

/** One line of what is judged. */
export type JudgedRow = readonly [service: string, carries: Carries | 'neither', ...types: Types];

/** One line of what is not judged yet; the phrase says what travels or is kept. */
export type NotYetRow = readonly [service: string, carries: Carries, phrase: string, ...types: Types];

/** One line of what needs no judging. */
export type NeitherRow = readonly [service: string, ...types: Types];

/** The full names of a row's types. */
export function typesOf(service: string, types: readonly string[]): string[] {
  return types.flatMap((names) => names.split(' ')).map((name) => `${service}::${name}`);
}
