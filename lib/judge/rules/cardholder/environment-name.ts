import { type Cursor, type Template, tagsOf } from '../../template';

/** Words by which people call what real customers use. */
const PRODUCTION = new Set(['prod', 'production', 'prd', 'live']);

/** Words by which they call what comes before it. */
const PREPRODUCTION = new Set(
  [
    'dev',
    'develop',
    'development',
    'test',
    'tests',
    'testing',
    'tst',
    'qa',
    'uat',
    'sit',
    'stg',
    'stage',
    'staging',
  ]
    .concat([
      'preprod',
      'preproduction',
      'nonprod',
      'nonproduction',
      'sandbox',
      'demo',
      'acceptance',
      'acc',
      'int',
    ])
    .concat(['integration', 'ci', 'beta', 'gamma', 'playground']),
);

/** What an environment is for. */
export type EnvironmentKind = 'production' | 'pre-production';

/** A tag that says it, whatever stands before it. */
const ENVIRONMENT_TAG = /^([a-z0-9-]+:)?(env|environment|stage)$/i;

/** What a resource says by its tag, else what the name of its stack does. */
export function environmentAt(view: Cursor): EnvironmentKind | undefined {
  const tags = tagsOf(view);
  const said =
    tags.state === 'given' ? [...tags.value].find(([key]) => ENVIRONMENT_TAG.test(key))?.[1] : undefined;
  return (said === undefined ? undefined : environmentNamed(said)) ?? environmentOf(view.resource.template);
}

/** What was read in the names of templates: every resource of a stack asks. */
const known = new WeakMap<Template, { readonly kind: EnvironmentKind | undefined }>();

/** What the name of a stack says: that of its Stage first, since that is what deploys it. */
export function environmentOf(template: Template): EnvironmentKind | undefined {
  const { kind } = known.get(template) ?? { kind: readEnvironment(template) };
  known.set(template, { kind });
  return kind;
}

function readEnvironment(template: Template): EnvironmentKind | undefined {
  let outermost = template;
  while (outermost.parent !== undefined) outermost = outermost.parent.template;
  return environmentNamed(outermost.name);
}

/** What a name says, part by part; where parts disagree, nothing. */
export function environmentNamed(name: string): EnvironmentKind | undefined {
  for (const part of name.split('/')) {
    const words = wordsOf(part);
    // `non-prod` and `pre-production` are two words.
    const isBefore =
      words.some((word) => PREPRODUCTION.has(word)) ||
      words.some((word, i) => PREPRODUCTION.has(`${word}${words[i + 1] ?? ''}`));
    if (isBefore) return 'pre-production';
    if (words.some((word) => PRODUCTION.has(word))) return 'production';
  }
  return undefined;
}

function wordsOf(part: string): readonly string[] {
  return part
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
