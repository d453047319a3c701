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

/** A place in a text file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

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
  readonly region?: string;
  readonly account?: string;
  /** Set for a nested stack: the logical id of its `AWS::CloudFormation::Stack` in `parent`. */
  readonly parent?: { readonly name: string; readonly logicalId: string };
  readonly json: JsonMap;
  /** Finds a property's place in the file; loaders fill it in where they can. */
  readonly locate?: (path: readonly (string | number)[]) => Position | undefined;
  /** What the assembly's metadata tells about the constructs behind the resources. */
  readonly constructs?: ConstructTable;
  /**
   * Whether it is there to be referred to only, as a baseline that another app deploys: relations lead into it, and
   * nothing is found in it.
   */
  readonly isReference?: boolean;
}

/** The constructs of one stack, as the metadata file beside its template lists them. */
export interface ConstructTable {
  /** The construct behind a logical id, such as `Shop/Listener/Resource`. */
  pathOf(logicalId: string): string | undefined;
  /** The source lines that made a construct, nearest first, such as `new Shop (/app/lib/shop.ts:12:5)`. */
  creationTrace(constructPath: string): readonly string[];
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
}

/** Values for parameters, given by the user; a key is `Name` or `Stack.Name`. */
export type ParameterValues = Readonly<Record<string, string>>;
