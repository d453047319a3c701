import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSameLine, type Place, sourcePlace } from '../place';
import type { Repair } from '../repair';
import { type Imported, Imports } from './imports';
import { InstalledCdk } from './installed-cdk';
import { l1Of, l1Props, stringCode } from './l1-props';
import { type Code, lacks, objectText, propsPatches } from './props-edits';
import type { ReadableTexts } from './readable-text';
import type { Case, ConstructRepair, Member, PropValue, RepairRow } from './row';
import { type Making, makingsIn, objectIn, parseSource, spanOf, textIn } from './syntax';
import type { Patch, TextLines } from './text-lines';

/** A source of an app, read. */
interface SourceText {
  readonly lines: TextLines;
  readonly imports: Imports;
  readonly makings: readonly Making[];
}

/** What one call is to be given. */
interface Wanted {
  readonly making: Making;
  /** The argument that holds the properties. */
  readonly index: number;
  readonly props: Readonly<Record<string, PropValue>> | undefined;
  /** Properties of an L1, as code. */
  readonly codes: Readonly<Record<string, Code>> | undefined;
  readonly module: string;
  readonly without: readonly string[];
}

/** Repairs apps of the CDK where their authors wrote what is at fault. */
export class SourceRepairs {
  readonly #sources = new Map<string, SourceText | undefined>();
  readonly #installed: InstalledCdk;

  constructor(
    readonly folder: string,
    readonly texts: ReadableTexts,
  ) {
    this.#installed = new InstalledCdk(folder);
  }

  /** The edits at the call that made the resource; `undefined` where it is not one that is recognised. */
  of(found: Case, row: RepairRow): Repair | undefined {
    const { resource, path } = found.finding;
    const place = sourcePlace(resource, this.folder);
    // Where another line set the property, what the call is given makes no difference.
    if (place?.line === undefined || !isSameLine(place, sourcePlace(resource, this.folder, path)))
      return undefined;
    const source = this.#read(place.file);
    if (source === undefined) return undefined;
    const all = source.makings.flatMap((making) => this.#wanted(making, place, source, found, row) ?? []);
    const exact = all.filter(({ making }) => columnOf(making, source) === place.column);
    const [wanted, other] = exact.length > 0 ? exact : all;
    return wanted === undefined || other !== undefined ? undefined : repair(wanted, source, place.file);
  }

  #read(file: string): SourceText | undefined {
    if (this.#sources.has(file)) return this.#sources.get(file);
    const source = this.#parsed(file);
    this.#sources.set(file, source);
    return source;
  }

  #parsed(file: string): SourceText | undefined {
    if (!/\.[cm]?[jt]sx?$/.test(file) || this.#isCompiled(file)) return undefined;
    const lines = this.texts.read(file);
    const parsed = lines === undefined ? undefined : parseSource(lines.text, file);
    if (lines === undefined || parsed === undefined) return undefined;
    return { lines, imports: new Imports(parsed), makings: makingsIn(parsed) };
  }

  /** What a compiler wrote is written again by its next run. */
  #isCompiled(file: string): boolean {
    const twin = file.replace(/\.([cm]?)jsx?$/, '.$1ts');
    return twin !== file && [twin, `${twin}x`].some((name) => existsSync(resolve(this.folder, name)));
  }

  #wanted(making: Making, { file, line }: Place, source: SourceText, found: Case, row: RepairRow) {
    if (source.lines.position(calledAt(making)).line !== line) return undefined;
    const { type } = found.finding.resource;
    const { imports } = source;
    const made = making.type === 'NewExpression' ? imports.find(making.callee) : undefined;
    const l1 = l1Of(type);
    if (made !== undefined && l1 !== undefined && made.module === l1.module && made.name === l1.name) {
      const codes = l1Props(row.changes(found) ?? [], found);
      const isThis = isNamed(making, 1, '', found);
      if (codes === undefined || Object.keys(codes).length === 0 || !isThis) return undefined;
      return { making, index: 2, props: undefined, codes, module: made.module, without: [] } satisfies Wanted;
    }
    for (const one of row.constructs ?? []) {
      const index = indexOfProps(making, made, one);
      const props = index === undefined ? undefined : one.props(found);
      if (
        index === undefined ||
        props === undefined ||
        !isNamed(making, index - 1, one.idSuffix ?? '', found)
      )
        continue;
      if (!this.#installed.declares(file, one.module, one.declared)) continue;
      return {
        making,
        index,
        props,
        codes: undefined,
        module: one.module,
        without: one.without ?? [],
      } satisfies Wanted;
    }
    return undefined;
  }
}

/** Where V8 says that a call stands: at `new`, or at the name of what is called. */
function calledAt(making: Making): number {
  if (making.type === 'NewExpression') return spanOf(making).start;
  const { callee } = making;
  return spanOf(callee.type === 'MemberExpression' ? callee.property : callee).start;
}

function columnOf(making: Making, { lines }: SourceText): number {
  return lines.position(calledAt(making)).column;
}

function indexOfProps(
  making: Making,
  made: Imported | undefined,
  repair: ConstructRepair,
): number | undefined {
  if (made !== undefined)
    return made.module === repair.module && repair.made.includes(made.name) ? 2 : undefined;
  const { callee } = making;
  if (making.type !== 'CallExpression' || callee.type !== 'MemberExpression') return undefined;
  const { property } = callee;
  return property.type === 'Identifier' && repair.made.includes(`.${property.name}`) ? 1 : undefined;
}

/** What CDK adds below the id that a user gives. */
const BELOW = new Set(['Resource', 'Default', 'Policy']);

/** Whether the id in a call is the one of the construct at fault, so that it is this call and no other on the line. */
function isNamed(making: Making, index: number, suffix: string, { finding }: Case): boolean {
  const id = textIn(making.arguments[index]);
  const names = finding.resource.constructPath?.split('/') ?? [];
  while (BELOW.has(names.at(-1) ?? '') && names.length > 1) names.pop();
  return id !== undefined && names.at(-1) === id + suffix;
}

function repair(
  { making, index, props, codes, module, without }: Wanted,
  source: SourceText,
  file: string,
): Repair | undefined {
  const { lines, imports } = source;
  const adds: Patch[] = [];
  const written = codes ?? codesOf(props ?? {}, module, source, adds);
  if (written === undefined) return undefined;
  const args = making.arguments;
  const given = args[index];
  const last = args.at(-1);
  let patches: readonly Patch[] | undefined;
  if (given !== undefined) {
    const object = objectIn(given);
    const isFree = object !== undefined && (without.length === 0 || lacks(object, without));
    patches = !isFree ? undefined : propsPatches(lines.text, object, written, imports);
  } else if (last !== undefined && args.length === index && last.type !== 'SpreadElement') {
    const { end } = spanOf(last);
    patches = [{ start: end, end, text: `, ${objectText(written)}` }];
  }
  if (patches === undefined || patches.length === 0) return undefined;
  const edits = [...patches, ...adds]
    .sort((a, b) => a.start - b.start)
    .map((patch) => lines.edit(patch, file));
  return { about: aboutProps(written), edits };
}

/** Values as the file can write them; `undefined` where it cannot name a constant. */
function codesOf(
  props: Readonly<Record<string, PropValue>>,
  module: string,
  source: SourceText,
  adds: Patch[],
): Readonly<Record<string, Code>> | undefined {
  const codes: Record<string, Code> = {};
  for (const [prop, value] of Object.entries(props)) {
    const code = codeOf(value, module, source, adds);
    if (code === undefined) return undefined;
    codes[prop] = code;
  }
  return codes;
}

function codeOf(value: PropValue, module: string, source: SourceText, adds: Patch[]): Code | undefined {
  if (typeof value === 'string') return stringCode(value);
  if (typeof value !== 'object') return String(value);
  if (!isMember(value)) return codesOf(value, module, source, adds);
  const { enumeration: name, member } = value;
  const named = source.imports.nameFor({ module, name }, source.lines.text);
  if (named === undefined) return undefined;
  if (named.add !== undefined) addOnce(adds, named.add);
  return `${named.text}.${member}`;
}

/** Several names that one import lacks are one edit. */
function addOnce(adds: Patch[], { at, text }: { readonly at: number; readonly text: string }): void {
  const index = adds.findIndex(({ start }) => start === at);
  const before = adds[index]?.text ?? '';
  if (before.endsWith(text)) return;
  const patch = { start: at, end: at, text: before + text };
  if (index === -1) adds.push(patch);
  else adds[index] = patch;
}

function isMember(value: Exclude<PropValue, string | number | boolean>): value is Member {
  return typeof value.enumeration === 'string' && typeof value.member === 'string';
}

function aboutProps(codes: Readonly<Record<string, Code>>): string {
  const parts = Object.entries(codes).map(
    ([prop, code]) => `${prop}: ${typeof code === 'string' ? code : objectText(code)}`,
  );
  return `Set ${parts.join(', ')}`;
}
