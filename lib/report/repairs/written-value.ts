import { isJsonMap, type Json, type JsonMap } from '../../judge/template';
import type { TextLines } from './text-lines';

/** How a template is written, so that what is added looks like the rest of it. */
export interface TemplateStyle {
  readonly lineEnd: string;
  /** Spaces for one level. */
  readonly step: string;
  /** `!Ref X` and not `Ref: X`. */
  readonly shortForms: boolean;
  readonly quote: '"' | "'";
}

/** What a whole text shows of its style: looked for once, since one template has hundreds of findings. */
const styles = new WeakMap<TextLines, Omit<TemplateStyle, 'step'>>();

/** How a text is written, with the depth of one level at some place of it. */
export function styleOf(lines: TextLines, step: string): TemplateStyle {
  const known = styles.get(lines);
  if (known !== undefined) return { ...known, step };
  const { text, lineEnd } = lines;
  const hasLong = /["']?Fn::(GetAtt|Sub|Join|If|Select)["']?\s*:/.test(text);
  const hasShort = /[:-]\s+!(Ref|GetAtt|Sub|Join|If|Select)\b/.test(text);
  const singles = text.match(/: '/g)?.length ?? 0;
  const doubles = text.match(/: "/g)?.length ?? 0;
  const quote = singles >= doubles ? "'" : '"';
  const made = { lineEnd, shortForms: hasShort || !hasLong, quote } as const;
  styles.set(lines, made);
  return { ...made, step };
}

/** A value in the midst of braces: JSON, which YAML takes there as well. */
export function flowText(
  value: Json,
  indent: string,
  { lineEnd, step }: TemplateStyle,
  isBroken: boolean,
): string {
  if (!isBroken) return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
  return JSON.stringify(value, undefined, step).replaceAll('\n', lineEnd + indent);
}

/** The lines of `key: value` in YAML blocks. */
export function blockEntry(key: string, value: Json, style: TemplateStyle): readonly string[] {
  return under(`${isPlain(key) ? key : quoted(key, style)}:`, value, style);
}

/** The lines of `- value` in YAML blocks. */
export function blockItem(value: Json, style: TemplateStyle): readonly string[] {
  const short = written(value, style);
  if (short !== undefined) return [`- ${short}`];
  const [first = '', ...rest] = blockLines(value, style);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** A value that fits on one line of YAML; `undefined` for maps and lists. */
export function written(value: Json, style: TemplateStyle): string | undefined {
  if (typeof value === 'string') return isPlain(value) ? value : quoted(value, style);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Object.keys(value).length === 0) return JSON.stringify(value);
  return style.shortForms && isJsonMap(value) ? shortForm(value, style) : undefined;
}

function under(head: string, value: Json, style: TemplateStyle): readonly string[] {
  const short = written(value, style);
  if (short !== undefined) return [`${head} ${short}`];
  return [head, ...blockLines(value, style).map((line) => style.step + line)];
}

function blockLines(value: Json, style: TemplateStyle): readonly string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => blockItem(item, style));
  return Object.entries(value as JsonMap).flatMap(([key, item]) => blockEntry(key, item ?? null, style));
}

function shortForm(value: JsonMap, style: TemplateStyle): string | undefined {
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (others.length > 0) return undefined;
  if (name === 'Fn::Sub' && typeof argument === 'string') return `!Sub ${quoted(argument, style)}`;
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  // Names come from the template, and may be made to look like more of it.
  if (!parts.every((part) => typeof part === 'string' && /^[A-Za-z0-9.:]+$/.test(part))) return undefined;
  if (name === 'Ref' && parts.length === 1) return `!Ref ${parts.join('')}`;
  return name === 'Fn::GetAtt' && parts.length === 2 ? `!GetAtt ${parts.join('.')}` : undefined;
}

/** Text that no version of YAML takes for anything else. */
function isPlain(text: string): boolean {
  const isWord = /^[A-Za-z]([A-Za-z0-9_./:-]*[A-Za-z0-9_])?$/.test(text);
  return isWord && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text);
}

function quoted(text: string, { quote }: TemplateStyle): string {
  return quote === "'" && !/['\n]/.test(text) ? `'${text}'` : JSON.stringify(text);
}
