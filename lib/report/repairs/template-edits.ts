import { groupedBy } from '../../core/grouped-by';
import type { Span } from '../../judge/load/places';
import {
  isJsonMap,
  type Json,
  type JsonMap,
  type TemplatePath,
  type TemplateSource,
  type TextRange,
  valueAt,
} from '../../judge/template';
import type { Edit } from '../repair';
import { type Change, type Step, stepsOf } from './change';
import type { Patch, TextLines } from './text-lines';
import { blockEntry, blockItem, flowText, styleOf, type TemplateStyle, written } from './written-value';

/** A key of a map and its value. */
interface Member {
  readonly key: Span;
  readonly value: Span;
}

/** The edits that make changes in a template's own style; `undefined` where that cannot be done to the letter. */
export function templateEdits(
  source: TemplateSource,
  lines: TextLines,
  file: string,
  changes: readonly Change[],
): readonly Edit[] | undefined {
  const steps = stepsOf(source.json, changes);
  if (steps === undefined) return undefined;
  const patches = new Editor(source, lines).patches(steps);
  return patches?.map((patch) => lines.edit(patch, file));
}

class Editor {
  constructor(
    readonly source: TemplateSource,
    readonly lines: TextLines,
  ) {}

  patches(steps: readonly Step[]): readonly Patch[] | undefined {
    const groups = groupedBy(steps, ({ kind, at }) => JSON.stringify([kind, at]));
    const patches: Patch[] = [];
    for (const [first, ...others] of groups.values()) {
      const patch = first === undefined ? undefined : this.#patch(first, others);
      if (patch === undefined) return undefined;
      patches.push(patch);
    }
    patches.sort((a, b) => a.start - b.start || a.end - b.end);
    return joined(patches);
  }

  #patch(first: Step, others: readonly Step[]): Patch | undefined {
    switch (first.kind) {
      case 'replace':
        return others.length === 0 ? this.#replaced(first.at, first.value) : undefined;
      case 'insert': {
        const entries = [first, ...others].flatMap((step) =>
          step.kind === 'insert' ? [[step.key, step.value] as const] : [],
        );
        return new Set(entries.map(([key]) => key)).size === entries.length
          ? this.#inserted(first.at, entries)
          : undefined;
      }
      case 'append':
        return others.length === 0 ? this.#appended(first.at, first.items) : undefined;
    }
  }

  #replaced(at: TemplatePath, value: Json): Patch | undefined {
    const span = this.#span(at);
    if (span === undefined) return undefined;
    const text = this.lines.text.slice(span.start, span.end);
    const style = this.#style(at.slice(0, -1));
    const isBlockList = /^-\s/.test(text) && Array.isArray(value) && value.length > 0;
    const start = isBlockList ? span.start : this.#afterColon(at, span);
    if (start === undefined) return undefined;
    const indent = this.lines.before(span.start);
    const inFlow = this.#isInFlow(at.slice(0, -1));
    const isBroken = inFlow && text.includes('\n');
    const replacement = isBlockList
      ? (value as readonly Json[]).flatMap((item) => blockItem(item, style)).join(style.lineEnd + indent)
      : ((inFlow ? undefined : written(value, style)) ??
        flowText(value, this.lines.indentAt(span.start), style, isBroken));
    const isApart = text !== '' && start === span.start;
    return { start, end: span.end, text: isApart ? replacement : ` ${replacement}` };
  }

  /** Where one line takes the place of a value: of several lines, right after the colon of their key. */
  #afterColon(at: TemplatePath, { start }: Span): number | undefined {
    const key = this.source.valueRange?.(at)?.key;
    if (key === undefined) return start;
    const from = this.#offsets(key).end;
    const between = this.lines.text.slice(from, start);
    if (!between.includes('\n')) return start;
    // A comment there belongs to what goes.
    return /^\s*:\s*$/.test(between) ? from + between.indexOf(':') + 1 : undefined;
  }

  #inserted(at: TemplatePath, entries: readonly (readonly [string, Json])[]): Patch | undefined {
    const map = this.#span(at);
    const raw = valueAt(this.source.json, at);
    if (map === undefined || !isJsonMap(raw)) return undefined;
    const inFlow = this.lines.text[map.start] === '{';
    const style = this.#style(at);
    if (Object.keys(raw).length === 0) {
      const whole = flowText(Object.fromEntries(entries), '', style, false);
      return inFlow ? { ...map, text: whole } : undefined;
    }
    const [first, last] = this.#ends(at, raw, map) ?? [];
    if (first === undefined || last === undefined) return undefined;
    const { lineEnd } = style;
    const before = this.lines.before(first.key.start);
    if (inFlow) {
      const isBroken = before.trim() === '';
      const texts = entries.map(
        ([key, value]) => `${JSON.stringify(key)}: ${flowText(value, before, style, isBroken)}`,
      );
      const separator = isBroken ? `,${lineEnd}${before}` : ', ';
      return insertion(last.value.end, texts.map((text) => separator + text).join(''));
    }
    // Within a list the dash stands before the first key.
    const indent = before.replace(/[^\t]/g, ' ');
    const added = entries.flatMap(([key, value]) => blockEntry(key, value, style));
    const end = this.lines.endOfLine(last.value.end);
    // What stays open after the last value is none of ours to close: a block of text that keeps its empty lines.
    const isSafe = !/^[|>]/.test(this.lines.text.slice(last.value.start, last.value.start + 1));
    if (isSafe) return insertion(end, added.map((line) => lineEnd + indent + line).join(''));
    return insertion(first.key.start, added.map((line) => line + lineEnd + indent).join(''));
  }

  #appended(at: TemplatePath, items: readonly Json[]): Patch | undefined {
    const list = this.#span(at);
    const raw = valueAt(this.source.json, at);
    if (list === undefined || !Array.isArray(raw)) return undefined;
    const style = this.#style(at.slice(0, -1));
    if (raw.length === 0) {
      const isEmpty = this.lines.text[list.start] === '[';
      return isEmpty ? { ...list, text: flowText(items, '', style, false) } : undefined;
    }
    const last = this.#span([...at, raw.length - 1]);
    if (last === undefined || last.start < list.start || last.end > list.end) return undefined;
    const before = this.lines.before(last.start);
    if (this.lines.text[list.start] === '[') {
      const isBroken = before.trim() === '';
      const separator = isBroken ? `,${style.lineEnd}${before}` : ', ';
      const texts = items.map((item) => separator + flowText(item, before, style, isBroken));
      return insertion(last.end, texts.join(''));
    }
    // The end of a block of text is not ours to move.
    const [, indent] = /^([ ]*)-[ ]+$/.exec(before) ?? [];
    if (indent === undefined || /^[|>]/.test(this.lines.text.slice(last.start, last.start + 1)))
      return undefined;
    const added = items.flatMap((item) => blockItem(item, style));
    const text = added.map((line) => style.lineEnd + indent + line).join('');
    return insertion(this.lines.endOfLine(last.end), text);
  }

  /** The first and the last key of a map as they stand in the text; `undefined` where that is not certain. */
  #ends(at: TemplatePath, raw: JsonMap, map: Span): readonly [Member, Member] | undefined {
    const keys = Object.keys(raw);
    const [first, last] = [keys[0], keys.at(-1)].map((key) => this.#member(at, key, map));
    if (first === undefined || last === undefined) return undefined;
    // Keys that are numbers come first, and those of a merge key stand elsewhere.
    const rest = this.lines.text.slice(last.value.end, map.end);
    const isLast = this.lines.text[map.start] === '{' ? /^\s*,?\s*\}$/.test(rest) : /^[\s:]*$/.test(rest);
    return isLast && first.key.start <= last.key.start ? [first, last] : undefined;
  }

  #member(at: TemplatePath, key: string | undefined, map: Span): Member | undefined {
    const range = key === undefined ? undefined : this.source.valueRange?.([...at, key]);
    if (range?.key === undefined || key === undefined) return undefined;
    const found = { key: this.#offsets(range.key), value: this.#offsets(range) };
    const isWithin = found.key.start >= map.start && found.value.end <= Math.max(map.end, found.key.end + 1);
    // The file may have changed since it was read.
    const name = this.lines.text.slice(found.key.start, found.key.end);
    return isWithin && name.includes(JSON.stringify(key).slice(1, -1)) ? found : undefined;
  }

  /** Where a value stands, if nothing else uses it. */
  #span(at: TemplatePath): Span | undefined {
    const range = this.source.valueRange?.(at);
    return range === undefined || range.isShared ? undefined : this.#offsets(range);
  }

  #offsets({ start, end }: TextRange): Span {
    return { start: this.lines.offset(start), end: this.lines.offset(end) };
  }

  #isInFlow(at: TemplatePath): boolean {
    const span = this.#span(at);
    return span !== undefined && /[{[]/.test(this.lines.text.charAt(span.start));
  }

  /** How deep one level is: as deep as a map stands below its key. */
  #style(at: TemplatePath): TemplateStyle {
    const { lines } = this;
    const above = this.source.valueRange?.(at)?.key;
    const raw = valueAt(this.source.json, at);
    const [first] = isJsonMap(raw) ? Object.keys(raw) : [];
    const below = first === undefined ? undefined : this.source.valueRange?.([...at, first])?.key;
    if (below !== undefined && lines.before(lines.offset(below.start)).startsWith('\t')) {
      return styleOf(lines, '\t');
    }
    const depth = above && below ? below.start.column - above.start.column : 0;
    return styleOf(lines, ' '.repeat(depth > 0 && depth <= 8 ? depth : 2));
  }
}

/** Patches that touch become one; where they overlap, nobody chose what comes out. */
function joined(patches: readonly Patch[]): readonly Patch[] | undefined {
  const apart: Patch[] = [];
  for (const patch of patches) {
    const before = apart.at(-1);
    if (before === undefined || patch.start > before.end) apart.push(patch);
    else if (patch.start === before.end && patch.start > before.start) {
      apart[apart.length - 1] = { start: before.start, end: patch.end, text: before.text + patch.text };
    } else return undefined;
  }
  return apart;
}

function insertion(at: number, text: string): Patch {
  return { start: at, end: at, text };
}
