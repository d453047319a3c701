import type { Io } from './io';

/** The world of a real process. */
export function processIo(): Io {
  // A reader that closes the pipe early (`| head`) has seen what it wanted; that is not a failure of the check.
  process.stdout.on('error', ignoreClosedPipe);
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    isTty: process.stdout.isTTY === true,
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
