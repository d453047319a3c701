import type { Finding } from '../../judge/judgement';
import { isJsonMap, type Json, type TemplatePath } from '../../judge/template';
import { keysOf, relativeTo } from '../place';
import type { Repair } from '../repair';
import type { Change } from './change';
import { DENIAL_ROWS } from './denial-rows';
import { ENTRY_ROWS } from './entry-rows';
import { ReadableTexts } from './readable-text';
import type { Case, RepairRow } from './row';
import type { SourceRepairs } from './source-repair';
import { STORE_ROWS } from './store-rows';
import { templateEdits } from './template-edits';

/** Every repair that is known to the letter. */
export const REPAIR_ROWS: readonly RepairRow[] = [...ENTRY_ROWS, ...DENIAL_ROWS, ...STORE_ROWS];

const BY_RULE: ReadonlyMap<string, RepairRow> = new Map(
  REPAIR_ROWS.flatMap((row) => row.rules.map((rule) => [rule, row] as const)),
);

/** Finds the repairs of findings; files are read once for all of them. */
export class Repairs {
  readonly #texts: ReadableTexts;
  #sources: SourceRepairs | undefined;

  /** @param folder the folder that the check ran in: nothing outside of it is changed, and no source is read */
  constructor(readonly folder: string) {
    this.#texts = new ReadableTexts(folder);
  }

  /** What would repair a finding; `undefined` where that is not known to the letter. */
  of(finding: Finding): Repair | undefined {
    const row = BY_RULE.get(finding.rule.id);
    const found = row === undefined ? undefined : caseOf(finding);
    if (row === undefined || found === undefined) return undefined;
    const repair = this.#repair(found, row);
    const caution = repair === undefined ? undefined : row.caution?.(found);
    return repair === undefined || caution === undefined
      ? repair
      : { ...repair, about: `${repair.about}; ${caution}` };
  }

  #repair(found: Case, row: RepairRow): Repair | undefined {
    const { constructPath, template } = found.finding.resource;
    if (template.source.constructs !== undefined) {
      this.#sources ??= sourceRepairs(this.folder, this.#texts);
      return this.#sources.of(found, row);
    }
    // What a program writes is written again by its next run.
    return constructPath === undefined ? this.#ofTemplate(found, row) : undefined;
  }

  #ofTemplate(found: Case, { changes }: RepairRow): Repair | undefined {
    const { source } = found.finding.resource.template;
    const wanted = changes(found);
    const lines =
      source.file === undefined || wanted === undefined ? undefined : this.#texts.read(source.file);
    if (source.file === undefined || lines === undefined || wanted === undefined) return undefined;
    const edits = templateEdits(source, lines, relativeTo(this.folder, source.file), wanted);
    return edits === undefined
      ? undefined
      : { about: wanted.map((change) => about(change, found)).join('; '), edits };
  }
}

/** The parser of TypeScript is loaded where an app is to be repaired, and only there. */
function sourceRepairs(folder: string, texts: ReadableTexts): SourceRepairs {
  const { SourceRepairs: Made } = require('./source-repair') as typeof import('./source-repair');
  return new Made(folder, texts);
}

/** A finding, where the resource that it stands on is written out. */
function caseOf(finding: Finding): Case | undefined {
  const { resource, path, verdict } = finding;
  const { source } = resource.template;
  if (verdict !== 'violation' || source.isReference === true) return undefined;
  const { Resources: resources } = source.json;
  const raw = isJsonMap(resources) ? resources[resource.logicalId] : undefined;
  // SAM's resources take other properties than what is made of them.
  if (!isJsonMap(raw) || raw.Type !== resource.type) return undefined;
  const place: TemplatePath = ['Resources', resource.logicalId];
  return {
    finding,
    template: source.json,
    resource: raw,
    place,
    at: [...place, ...keysOf(path, raw)],
    property: path.replace(/^Properties\.?/, ''),
  };
}

/** `Set SslPolicy to …`, as whoever reads it would say it. */
function about(change: Change, { place }: Case): string {
  const isOwn = place.every((key, i) => change.at[i] === key);
  const name = change.at
    .slice(isOwn ? place.length : 1)
    .filter((key) => key !== 'Properties')
    .join('.');
  if ('append' in change) return `Add ${text(change.append[0] ?? null)} to ${name}`;
  const value = 'set' in change ? change.set : change.put;
  if (!isOwn && isJsonMap(value)) return `Add the ${String(value.Type)} ${name}`;
  if ('set' in change && isJsonMap(value)) {
    const before = name === '' ? '' : `${name}.`;
    return Object.entries(value)
      .map(([key, item]) => `Set ${before}${key} to ${text(item ?? null)}`)
      .join('; ');
  }
  return `Set ${name} to ${text(value)}`;
}

function text(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (isJsonMap(value) && value.Effect === 'Deny') return `a Deny of ${String(value.Action)}`;
  return JSON.stringify(value);
}
