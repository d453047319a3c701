import { resolve } from 'node:path';
import type { App } from '../judge/template';
import type { WaiverEntry } from '../judge/waivers';
import { parseWaiverFile, waiversFor } from '../judge/waivers/waiver-file';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { readGiven } from './given-file';
import type { Io } from './io';

/** For each of some apps, the waivers that are for it. */
export type WaiversFor = (apps: readonly App[]) => readonly (readonly WaiverEntry[])[];

/** The waivers of `--waivers`, read before an app runs, which could write the file. */
export function givenWaivers(args: Arguments, io: Io): WaiversFor {
  const given = args.one('waivers');
  if (given === undefined) return (apps) => apps.map(() => []);
  const file = relativeTo(io.cwd, given);
  const text = readGiven(resolve(io.cwd, given), file, 'give a file of waivers that exists');
  const entries = parseWaiverFile(text, file);
  return (apps) => waiversFor(apps, entries);
}
