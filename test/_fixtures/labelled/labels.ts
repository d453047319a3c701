import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** What is wrong with one template, decided from the documentation of the service before anything judged it. */
export interface Label {
  /** The file, beside the labels. */
  readonly template: string;
  /** What is the matter with it, in plain words. */
  readonly says: string;
  /** Where the less obvious truth is documented. */
  readonly source?: string;
  /** The rules that have to speak, by the logical id on which the fault stands; empty for a good template. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
  /** The same for what the template hides, so that nobody can tell: the judge has to say just that. */
  readonly hidden?: Readonly<Record<string, readonly string[]>>;
}

/** The labels of one area: complete for its rules, so that whatever else those say is a false alarm. */
export interface LabelledArea {
  readonly area: string;
  readonly rules: readonly string[];
  readonly templates: readonly Label[];
}

/** From the root of the project, where npm starts tests and tools. */
export const FOLDER = path.join('test', '_fixtures', 'labelled');

/** Every area, in the order of their names. */
export function labelledAreas(): readonly LabelledArea[] {
  const areas = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return areas
    .map(({ name }) => name)
    .sort()
    .map((area) => {
      const { rules, templates } = parse(
        readFileSync(path.join(FOLDER, area, 'labels.yaml'), 'utf8'),
      ) as Omit<LabelledArea, 'area'>;
      return { area, rules, templates };
    });
}

/** The files of templates that stand in an area. */
export function templatesIn(area: string): readonly string[] {
  return readdirSync(path.join(FOLDER, area))
    .filter((name) => name !== 'labels.yaml')
    .sort();
}

/** A fault as labels and judges are compared: which rule speaks about which resource, and whether it can tell. */
export function expectedOf({ expected, hidden = {} }: Label): ReadonlySet<string> {
  return new Set([...faultsIn(expected, ''), ...faultsIn(hidden, HIDDEN)]);
}

/** Behind a fault that could be one. */
export const HIDDEN = ' (hidden)';

function faultsIn(said: Readonly<Record<string, readonly string[]>>, suffix: string): readonly string[] {
  return Object.entries(said).flatMap(([id, rules]) => rules.map((rule) => `${rule} ${id}${suffix}`));
}
