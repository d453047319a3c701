import { parseArgs } from 'node:util';
import { TransmissionError } from '../core/errors';
import { didYouMean } from '../core/suggest';
import { type Command, HELP, type Option } from './command';

/** An option as it was given. */
export interface GivenOption {
  readonly name: string;
  /** Absent for switches. */
  readonly value?: string;
}

/** What was given to a command, checked against its options. */
export class Arguments {
  constructor(
    readonly operands: readonly string[],
    /** In the order in which they were given. */
    readonly options: readonly GivenOption[],
  ) {}

  /** Whether an option was given. */
  has(name: string): boolean {
    return this.options.some((option) => option.name === name);
  }

  /** The values of an option, in order. */
  all(name: string): readonly string[] {
    return this.options.flatMap((option) =>
      option.name === name && option.value !== undefined ? [option.value] : [],
    );
  }

  /** The value of an option that is given at most once. */
  one(name: string): string | undefined {
    return this.all(name)[0];
  }
}

/** Reads the arguments of a command; what it does not understand is an error, never ignored. */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const options = [...command.options, HELP];
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(options.map((option) => [option.name, parseArgsOption(option)])),
  });
  const operands: string[] = [];
  const given: GivenOption[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    if (option === undefined) throw unknownOption(command, token.rawName, options);
    given.push(checked(option, token, given));
  }
  const args = new Arguments(operands, given);
  if (!args.has('help')) checkArity(command, operands);
  return args;
}

function parseArgsOption({ value, short }: Option) {
  const type = value === undefined ? ('boolean' as const) : ('string' as const);
  return short === undefined ? { type } : { type, short };
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checked(option: Option, token: OptionToken, before: readonly GivenOption[]): GivenOption {
  const { name, choices } = option;
  const where = `--${name}`;
  if (option.repeatable !== true && before.some((other) => other.name === name)) {
    throw new TransmissionError('InvalidArgument', 'is given twice, it is allowed once, remove one', where);
  }
  if (option.value === undefined) {
    if (token.value === undefined) return { name };
    throw new TransmissionError(
      'InvalidArgument',
      'takes no value, remove what follows the equals sign',
      where,
    );
  }
  const { value } = token;
  // What looks like an option was meant as one, unless it is tied on with an equals sign.
  if (value === undefined || value === '' || (!token.inlineValue && /^-./.test(value))) {
    const remedy = `write ${where}=${option.value}`;
    throw new TransmissionError('MissingArgument', `needs a value, ${remedy}`, where);
  }
  if (choices !== undefined && !choices.includes(value)) {
    const allowed = `it must be one of ${choices.join(', ')}${didYouMean(value, choices)}`;
    throw new TransmissionError('InvalidArgument', `is ${JSON.stringify(value)}, ${allowed}`, where);
  }
  return { name, value };
}

function unknownOption(command: Command, given: string, options: readonly Option[]): TransmissionError {
  const meant = didYouMean(
    given,
    options.map(({ name }) => `--${name}`),
  );
  const remedy = `see secure-transmission ${command.name} --help`;
  return new TransmissionError(
    'UnknownOption',
    `is not an option of ${command.name}${meant}, ${remedy}`,
    given,
  );
}

function checkArity({ name, operands: wanted, arity }: Command, operands: readonly string[]): void {
  const usage = `write secure-transmission ${name} ${wanted}`.trim();
  if (operands.length < arity.least) {
    throw new TransmissionError('MissingArgument', `needs ${wanted}, ${usage}`, name);
  }
  if (operands.length > arity.most) {
    const most = arity.most === 0 ? 'nothing' : `only ${wanted}`;
    const surplus = JSON.stringify(operands[arity.most]);
    throw new TransmissionError('InvalidArgument', `takes ${most}, got ${surplus} as well, ${usage}`, name);
  }
}
