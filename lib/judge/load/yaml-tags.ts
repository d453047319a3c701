import type { CollectionTag, ScalarTag, YAMLMap, YAMLSeq } from 'yaml';

/** CloudFormation's short forms that stand for `Fn::<name>`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

const CORE = 'tag:yaml.org,2002:';

/** Tags that say what plain YAML would mean anyway. */
const PLAIN_TAGS: ReadonlySet<string> = new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq', 'merge'].map((name) => CORE + name),
]);

/** The parser's tags for the short forms; one name, three kinds of node: a tag is registered for each. */
export const SHORT_FORM_TAGS: readonly (ScalarTag | CollectionTag)[] = [...SHORT_FORMS.keys()].flatMap(
  (tag) => [
    { tag, resolve: (text: string) => text },
    { tag, collection: 'seq', resolve: (node: YAMLMap | YAMLSeq) => node },
    { tag, collection: 'map', resolve: (node: YAMLMap | YAMLSeq) => node },
  ],
);

/**
 * The function that a tagged node is a call of; `undefined` where the tag changes nothing.
 *
 * A tag that nobody defined hides what it makes, and so do those that CloudFormation does not take (`!!binary`,
 * `!!set`, ...) and those that a `%TAG` line makes of a short form.
 */
export function functionOf(tag: string | undefined): string | undefined {
  if (tag === undefined || PLAIN_TAGS.has(tag)) return undefined;
  return SHORT_FORMS.get(tag) ?? `Fn::${tag.replace(CORE, '').replace(/^!/, '')} (unknown tag)`;
}
