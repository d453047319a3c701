/** The untyped JSON of a template, before anything is evaluated. */
export type Json = string | number | boolean | null | JsonList | JsonMap;

/** A JSON list. */
export type JsonList = readonly Json[];

/** A JSON object. */
export interface JsonMap {
  readonly [key: string]: Json | undefined;
}

/** Whether a JSON value is an object. */
export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a map of a template holds under a key itself: names are the template's, and may be `constructor`. */
export function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** What stands under a key of a map, or at a place of a list. */
export function childOf(json: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(json)) return (json as readonly Json[])[Number(key)];
  return isJsonMap(json) ? own(json, String(key)) : undefined;
}

/** What stands at a path. */
export function valueAt(json: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(childOf, json);
}

/**
 * A place in a text file, both counted from 1. Columns count UTF-16 code units, as SARIF and editors do; a byte order
 * mark is no column.
 */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a text file: from its first character up to, and without, the one at `end`. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** Where a value is written out, with its tag (`!Sub`), its anchor and its quotes; comments after it are not part. */
export interface ValueRange extends TextRange {
  /** Its key with the quotes, without the colon; elements of lists have none. */
  readonly key?: TextRange;
  /** Whether an anchor on the way means that other places may repeat it: an edit there changes those too. */
  readonly isShared: boolean;
}

/** Keys and indexes that lead from the top of a template to a part of it. */
export type TemplatePath = readonly (string | number)[];

/** One resource as CloudFormation will see it. */
export interface Resource {
  readonly template: Template;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonMap;
  readonly metadata: JsonMap;
  /** The name of the condition that decides whether it exists. */
  readonly condition: string | undefined;
  /** The construct that made it, where the template or the assembly tells. */
  readonly constructPath: string | undefined;
}

/** What a loader knows about a template. */
export interface TemplateSource {
  /** The name that findings show: the stack's construct path, else the file's name. */
  readonly name: string;
  /** The stack's name in CloudFormation, where known: what `Fn::GetStackOutput` names. */
  readonly stackName?: string;
  /** The file that it was read from. */
  readonly file?: string;
  /** Set where the file was written to be judged and is gone: what lies there by now may be another one. */
  readonly isGone?: true;
  readonly region?: string;
  readonly account?: string;
  /** Set for a nested stack: the logical id of its `AWS::CloudFormation::Stack` in `parent`. */
  readonly parent?: { readonly name: string; readonly logicalId: string };
  readonly json: JsonMap;
  /**
   * Finds a property's place in the file: where its key begins, or the element of a list; where it is missing, the
   * nearest place above it. Loaders fill it in where they can.
   */
  readonly locate?: (path: TemplatePath) => Position | undefined;
  /**
   * Finds what exactly stands in the file for a value, as who changes it must know: `valueRange(['Resources', 'R',
   * 'Properties', 'SslPolicy'])` is the text `!Ref Policy` or `"ELB..."` from its first character to its last.
   * A value of nothing (`Key:`) is empty, right after the colon. `undefined` where it is not written out.
   */
  readonly valueRange?: (path: TemplatePath) => ValueRange | undefined;
  /** What the assembly's metadata tells about the constructs behind the resources. */
  readonly constructs?: ConstructTable;
  /**
   * Whether it is there to be referred to only, as a baseline that another app deploys: relations lead into it, and
   * nothing is found in it.
   */
  readonly isReference?: boolean;
  /** What its text hides from who reads it, such as keys that stand twice. */
  readonly notJudged?: readonly string[];
}

/** The constructs of one stack, as the metadata file beside its template lists them. */
export interface ConstructTable {
  /** The construct behind a logical id, such as `Shop/Listener/Resource`. */
  pathOf(logicalId: string): string | undefined;
  /** The source lines that made a construct, nearest first, such as `new Shop (/app/lib/shop.ts:12:5)`. */
  creationTrace(constructPath: string): readonly string[];
  /** The source lines of whoever assigned a property of a construct, such as `SslPolicy`, where that is known. */
  assignmentTraces?(constructPath: string, property: string): readonly (readonly string[])[];
  /** The ids acknowledged on a construct or above it, with their reasons. */
  acknowledged(constructPath: string): ReadonlyMap<string, string>;
  /** Everything that is acknowledged on constructs of this template, where that is known. */
  acknowledgements?(): readonly GivenAcknowledgement[];
}

/** An acknowledgement of CDK's kind, as somebody gave it. */
export interface GivenAcknowledgement {
  /** The path of the construct; empty for the app. */
  readonly at: string;
  readonly on: 'app' | 'stage' | 'construct';
  /** As CDK keeps it: `Pack::Pack-Rule`, or `Annotation::` before an id without a pack. */
  readonly id: string;
  readonly reason: string;
  /** The template that the construct is in, where it is in one. */
  readonly template?: string;
  /** Whether it was given while the app was constructed, by a hook that any package can set. */
  readonly byHook?: boolean;
}

/** One template: a stack or a nested stack. */
export interface Template {
  readonly source: TemplateSource;
  readonly name: string;
  readonly parent: { readonly template: Template; readonly logicalId: string } | undefined;
  readonly region: string | undefined;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly json: JsonMap;
  /** Why some of it cannot be judged: macros, loops over unknown lists, entries that are no resource. */
  readonly notJudged: readonly string[];
  /** Where a part of `json` stands in the source, for what a transform has written out. */
  readonly writtenAt?: (path: TemplatePath) => TemplatePath;
  /** The resources of SAM that a resource is made of. @default - none, which stands for itself */
  readonly makersOf?: (logicalId: string) => readonly string[];
}

/** Values for parameters, given by the user; a key is `Name` or `Stack.Name`. */
export type ParameterValues = Readonly<Record<string, string>>;
