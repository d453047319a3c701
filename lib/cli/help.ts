import { hanging } from '../report/phrase';
import { type Command, HELP, type Option } from './command';

const WIDTH = 110;

/** The exit codes, as help and docs print them. */
export const EXIT_CODES: readonly (readonly [code: number, about: string])[] = [
  [0, 'nothing at or above the level of --fail-on'],
  [1, 'findings at or above the level of --fail-on'],
  [2, 'wrong use, configuration or input: nothing was checked'],
  [3, 'something could not be checked, which is never a pass'],
];

const VERSION_OPTION: Option = { name: 'version', short: 'v', about: 'print the version' };

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  return `secure-transmission: checks CloudFormation templates for customer data that travels unprotected

Usage: secure-transmission <command> [options]

Commands:
${columns(commands.map(({ name, operands, summary }) => [`${name} ${operands}`.trim(), summary]))}

Options:
${columns([HELP, VERSION_OPTION].map(optionRow))}

Of its commands only certificates, probe and payment-page ask the network. It runs nothing but a CDK app that
it is given.
'secure-transmission <command> --help' tells more.
`;
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const { name, summary, operands, options, examples, judges } = command;
  const listed = command.exitCodes ?? (judges ? EXIT_CODES : []);
  const exitCodes = listed.map(([code, about]): [string, string] => [String(code), about]);
  const usage = `Usage: secure-transmission ${[name, options.length === 0 ? '' : '[options]', operands].filter(Boolean).join(' ')}`;
  return `${[
    `secure-transmission ${name}: ${summary}`,
    usage,
    `Options:\n${columns([...options, HELP].map(optionRow))}`,
    ...(exitCodes.length > 0 ? [`Exit codes:\n${columns(exitCodes)}`] : []),
    `Examples:\n${examples.map((example) => `  secure-transmission ${example}`).join('\n')}`,
  ].join('\n\n')}\n`;
}

function optionRow({ name, short, value, about, repeatable }: Option): [string, string] {
  const flags = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  return [flags, repeatable ? `${about}; may be repeated` : about];
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) => hanging(`  ${left.padEnd(width)}  `, right, WIDTH)).join('\n');
}
