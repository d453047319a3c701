import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { visible } from '../report/escape';
import { relativeTo } from '../report/place';
import { digestOfAssembly } from './assembly-digest';
import type { Io } from './io';

/** Prints the digest of an assembly, or says that it is not the expected one. */
export function runDigest(given: string, expected: string | undefined, io: Io): number {
  const directory = resolve(io.cwd, given);
  const name = relativeTo(io.cwd, given);
  if (!existsSync(join(directory, 'manifest.json'))) {
    const message = 'holds no manifest.json, give the folder that cdk synth writes (cdk.out)';
    throw new TransmissionError('UnreadableAssembly', message, name);
  }
  const found = digestOfAssembly(directory, name);
  if (expected === undefined || expected === found) {
    io.out(`${found}\n`);
    return 0;
  }
  io.err(`error: ${visible(name)}: is ${found}, not ${expected}, deploy nothing and find out what changed\n`);
  return 1;
}
