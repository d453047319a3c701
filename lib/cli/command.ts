import type { Arguments } from './arguments';
import type { Io } from './io';

/** An option of a command. */
export interface Option {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in the help; an option without one is a switch. */
  readonly value?: string;
  /** The values it takes, where it does not take any. */
  readonly choices?: readonly string[];
  /** Whether it may be given several times. */
  readonly repeatable?: boolean;
  /** One sentence, lower case, no full stop. */
  readonly about: string;
}

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One sentence, lower case, no full stop. */
  readonly summary: string;
  /** What follows the options: `<target...>`. */
  readonly operands: string;
  /** How many operands it takes. */
  readonly arity: { readonly least: number; readonly most: number };
  readonly options: readonly Option[];
  /** Command lines that work, without the program's name. */
  readonly examples: readonly string[];
  /** Whether its help lists the exit codes of a check. */
  readonly judges?: true;
  /** What its help lists instead, where they mean something else. */
  readonly exitCodes?: readonly (readonly [code: number, about: string])[];
  /** Runs it and gives the exit code, later where it asks the network. What is heavy is loaded here, so that `--help` is there at once. */
  run(args: Arguments, io: Io): number | Promise<number>;
}

/** Every command has it. */
export const HELP: Option = { name: 'help', short: 'h', about: 'print this' };
