import type { Io } from './io';

/** The world of a real process. */
export function processIo(): Io {
  process.stdout.on('error', failToPrint);
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    isTty: process.stdout.isTTY === true,
  };
}

/**
 * Ends the process behind all that was printed, and what became of it. What still waits for an answer, such as a resolver or
 * an attempt of a client, is not waited for.
 */
export function exitOncePrinted(): void {
  process.stdout.write('', () => setImmediate(() => process.stderr.write('', () => process.exit())));
}

/** A reader that closes the pipe early (`| head`) has seen what it wanted; any other failure lost the report. */
function failToPrint(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 3;
  process.stderr.write(`error: standard output: cannot be written (${error.code}), the report is lost\n`);
}
