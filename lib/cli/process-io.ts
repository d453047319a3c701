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

/** A reader that closes the pipe early (`| head`) has seen what it wanted; any other failure lost the report. */
function failToPrint(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 3;
  process.stderr.write(`error: standard output: cannot be written (${error.code}), the report is lost\n`);
}
