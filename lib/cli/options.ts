import { LEVELS } from '../judge/packs/pack';
import { PACK_NAMES, PROFILE_NAMES } from '../judge/profiles/names';
import { COLOURED, PLAIN, type Style } from '../report/style';
import type { Arguments } from './arguments';
import type { Option } from './command';
import type { Io } from './io';

/** Which packs; `lib/cli/packs.ts` has what is behind their names. */
export const PACK: Option = {
  name: 'pack',
  value: 'NAME',
  choices: PACK_NAMES,
  repeatable: true,
  about: `${PACK_NAMES.join(', ')} (default: transmission)`,
};

/** Which kind of app. */
export const PROFILE: Option = {
  name: 'profile',
  value: 'NAME',
  choices: PROFILE_NAMES,
  about: 'the kind of app, which decides about packs and levels (docs/profiles.md)',
};

/** Values for parameters of templates. */
export const PARAMETERS: Option = {
  name: 'parameters',
  value: 'NAME=VALUE',
  repeatable: true,
  about: 'the value of a parameter; Stack.NAME=VALUE for one stack',
};

/** Settings in a file. */
export const CONFIG: Option = {
  name: 'config',
  value: 'FILE',
  about: 'settings in JSON or YAML (default: secure-transmission.config.json or .yaml)',
};

/** The baseline that the app stands on. */
export const BASELINE: Option = {
  name: 'baseline',
  value: 'FILE',
  about: 'the baseline.json that the app stands on: what it reads from SSM leads there',
};

/** What a CDK app reads. */
export const CONTEXT: Option = {
  name: 'context',
  value: 'NAME=VALUE',
  repeatable: true,
  about: 'context for a CDK app, as for cdk synth',
};

/** How long a CDK app may run. */
export const TIME_LIMIT: Option = {
  name: 'time-limit',
  value: 'SECONDS',
  about: 'how long a CDK app may run (default: 600)',
};

/** Waivers beside those that the templates carry. */
export const WAIVERS: Option = {
  name: 'waivers',
  value: 'FILE',
  about: 'waivers in YAML, beside those that the templates carry',
};

/** Old findings that were accepted. */
export const KNOWN: Option = {
  name: 'known',
  value: 'FILE',
  about: 'old findings in JSON that do not count for 180 days (docs/known-findings.md)',
};

/** The level that fails. */
export const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'LEVEL',
  choices: LEVELS,
  about: `the lightest level that fails: ${LEVELS.join(', ')} (default: error)`,
};

/** The forms of a report. */
export function formatOption(formats: readonly string[]): Option {
  const about = `${formats.join(', ')} (default: text)`;
  return { name: 'format', value: 'FORMAT', choices: formats, repeatable: true, about };
}

/** Where a form of a report goes. */
export const OUTPUT: Option = {
  name: 'output',
  value: 'FILE',
  repeatable: true,
  about: 'where the format before it goes (default: standard output)',
};

/** The time by which what expires is measured. */
export const NOW: Option = {
  name: 'now',
  value: 'DATE',
  about: 'the time of the check (default: SOURCE_DATE_EPOCH, else the clock)',
};

/** Colour, whatever standard output is. */
export const COLOR: readonly Option[] = [
  { name: 'color', about: 'colour text (default: on a terminal, unless NO_COLOR is set)' },
  { name: 'no-color', about: 'do not colour text' },
];

/**
 * How text is shown: what is asked for here goes before what the environment says.
 *
 * @param file where it goes, if not to standard output: a file is no terminal
 */
export function styleOf(args: Arguments, io: Io, file?: string): Style {
  const asked = args.options.filter(({ name }) => name === 'color' || name === 'no-color').at(-1);
  const isTerminal =
    file === undefined && io.isTty && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
  return (asked === undefined ? isTerminal : asked.name === 'color') ? COLOURED : PLAIN;
}
