import { isTransmissionError, TransmissionError } from '../core/errors';
import { linesOf } from '../core/several-mistakes';
import { didYouMean } from '../core/suggest';
import { VERSION } from '../core/version';
import { visible } from '../report/escape';
import { parseArguments } from './arguments';
import { COMMANDS } from './commands';
import { commandHelp, programHelp } from './help';
import type { Io } from './io';

/**
 * The command line: 0 clean, 1 findings, 2 wrong use, configuration or input, 3 something could not be checked.
 *
 * @param argv what follows the program's name
 */
export function main(argv: readonly string[], io: Io): number | Promise<number> {
  try {
    const code = run(argv, io);
    return typeof code === 'number' ? code : code.catch((error: unknown) => report(error, io));
  } catch (error) {
    return report(error, io);
  }
}

function run([name, ...rest]: readonly string[], io: Io): number | Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp(COMMANDS));
    return 0;
  }
  if (name === '--version' || name === '-v') {
    io.out(`${VERSION}\n`);
    return 0;
  }
  const names = COMMANDS.map((command) => command.name);
  const choice = `use one of ${names.join(', ')}`;
  const seeHelp = 'see secure-transmission --help';
  if (name === undefined) {
    throw new TransmissionError(
      'MissingArgument',
      `needs a command, ${choice}, ${seeHelp}`,
      'secure-transmission',
    );
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const code = name.startsWith('-') ? 'UnknownOption' : 'UnknownCommand';
    const what = name.startsWith('-')
      ? 'is not an option of secure-transmission, those of a command stand behind it'
      : 'is not a command';
    throw new TransmissionError(code, `${what}${didYouMean(name, names)}, ${choice}, ${seeHelp}`, name);
  }
  const args = parseArguments(command, rest);
  if (args.has('help')) {
    io.out(commandHelp(command));
    return 0;
  }
  return command.run(args, io);
}

/** One line for each mistake, whatever went wrong; a stack trace only for who asks. */
function report(error: unknown, io: Io): number {
  const message = error instanceof Error ? error.message : String(error);
  const isOurs = isTransmissionError(error);
  io.err(
    isOurs
      ? linesOf(error)
          .map((line) => `error: ${visible(line, 1000)}\n`)
          .join('')
      : `error: internal failure: ${visible(message, 1000)}, nothing is known to be fine, report it with the template\n`,
  );
  if (io.env.SECURE_TRANSMISSION_DEBUG === '1' && error instanceof Error) {
    io.err(
      `${(error.stack ?? '')
        .split('\n')
        .map((line) => visible(line, 1000))
        .join('\n')}\n`,
    );
  }
  return isOurs && error.kind !== 'internal' ? 2 : 3;
}
