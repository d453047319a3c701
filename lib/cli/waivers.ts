import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import type { App } from '../judge/template';
import type { WaiverEntry } from '../judge/waivers';
import { parseWaiverFile, waiversFor } from '../judge/waivers/waiver-file';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { codeOf } from './configuration';
import type { Io } from './io';

/** For each of the apps, the waivers of `--waivers` that are for it. */
export function waiversOf(
  apps: readonly App[],
  args: Arguments,
  io: Io,
): readonly (readonly WaiverEntry[])[] {
  const given = args.one('waivers');
  if (given === undefined) return apps.map(() => []);
  const file = relativeTo(io.cwd, given);
  return waiversFor(apps, parseWaiverFile(read(resolve(io.cwd, given), file), file));
}

function read(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = `cannot be read (${codeOf(error)}), give a file of waivers that exists`;
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
}
