import type { Schema } from '../core/schema';
import { LEVELS } from '../judge/packs/pack';
import { PACK_NAMES } from '../judge/profiles/names';
import { DEFAULT_TIME_LIMIT, LONGEST_TIME_LIMIT } from './run-options';

/** What a configuration file may say in place of options. */
export interface RunSettings {
  readonly targets?: readonly string[];
  readonly packs?: readonly string[];
  readonly failOn?: string;
  readonly waivers?: string;
  readonly known?: string;
  readonly baseline?: string;
  readonly templateParameters?: readonly string[];
  readonly context?: readonly string[];
  readonly timeLimit?: number;
}

const MOST = 200;

const path = (title: string): Schema => ({
  type: 'string',
  title,
  description: 'the path of a file, from the folder of this one',
  minLength: 1,
  maxLength: 1000,
});

const assignments = (title: string, example: string): Schema => ({
  type: 'array',
  title,
  description: `a list of at most ${MOST} entries NAME=VALUE`,
  maxItems: MOST,
  items: { type: 'string', pattern: '^[^=]+=', maxLength: 5000 },
  examples: [[example]],
});

/** The schema of these settings; the command line goes before each of them. */
export const runSettingsSchema: Readonly<Record<keyof RunSettings, Schema>> = {
  targets: {
    type: 'array',
    title: 'what is judged where the command line names nothing',
    description: 'a list of paths and patterns, from the folder of this file',
    minItems: 1,
    maxItems: MOST,
    uniqueItems: true,
    items: { type: 'string', minLength: 1, maxLength: 1000 },
    examples: [['cdk.out', 'templates/**/*.yaml']],
  },
  packs: {
    type: 'array',
    title: 'the packs that run, in place of those of the profile',
    description: `a list of ${PACK_NAMES.join(', ')}`,
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string', enum: PACK_NAMES, description: `one of ${PACK_NAMES.join(', ')}` },
  },
  failOn: {
    type: 'string',
    title: 'the lightest level that fails',
    description: `one of ${LEVELS.join(', ')}`,
    enum: LEVELS,
    default: 'error',
  },
  waivers: path('waivers beside those that the templates carry'),
  known: path('old findings that do not count'),
  baseline: path('the baseline.json that the app stands on'),
  templateParameters: assignments(
    'values of parameters of templates; Stack.NAME=VALUE for one stack',
    'Stage=production',
  ),
  context: assignments('context for CDK apps, beside that of their cdk.json', 'stage=production'),
  timeLimit: {
    type: 'integer',
    title: 'how long a CDK app may run, in seconds',
    description: `a number of seconds from 1 to ${LONGEST_TIME_LIMIT}`,
    minimum: 1,
    maximum: LONGEST_TIME_LIMIT,
    default: DEFAULT_TIME_LIMIT,
  },
};
