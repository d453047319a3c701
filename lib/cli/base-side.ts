import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isTransmissionError, TransmissionError } from '../core/errors';
import { SeveralMistakes } from '../core/several-mistakes';
import { isWithin } from '../judge/load/within';
import { relativeTo } from '../report/place';
import { Arguments, type GivenOption } from './arguments';
import { type Configured, configuredArguments } from './configured-arguments';
import type { Io } from './io';

/** Options that name files which one change can bring together with the fault that they excuse. */
const FILES = ['config', 'waivers', 'known', 'baseline'];

/** What one state is judged with. */
export interface SideArguments extends Configured {
  readonly io: Io;
  /** Runs what reads files of this side: errors name them as seen from where the command runs. */
  reading<T>(read: () => T): T;
}

/** What HEAD is judged with: the files of the working folder. */
export function headSide(given: Arguments, io: Io): SideArguments {
  return { ...configuredArguments(given, io), io, reading: (read) => read() };
}

/**
 * What BASE is judged with: the files of the same names in its own working folder. Those that are not there are none.
 *
 * @throws TransmissionError where such files decide what is found and nobody says where those of BASE are
 */
export function baseSide(given: Arguments, io: Io, head: SideArguments): SideArguments {
  const folder = given.one('base-folder');
  if (folder === undefined) {
    refuseUnsaid(io, head);
    return head;
  }
  const cwd = resolve(io.cwd, folder);
  const at = relativeTo(io.cwd, folder);
  if (!existsSync(cwd)) {
    const message = 'does not exist, it must be the working folder of BASE, check BASE out there';
    throw new TransmissionError('InvalidArgument', message, `--base-folder ${at}`);
  }
  const ofBase: Io = { ...io, cwd };
  const options = given.options.flatMap((option) => optionOfBase(option, io.cwd, cwd));
  const reading = <T>(read: () => T): T => withFolder(read, at);
  const configured = reading(() => configuredArguments(new Arguments(given.operands, options), ofBase));
  return { ...configured, io: ofBase, reading };
}

function refuseUnsaid(io: Io, { args, file: configuration }: SideArguments): void {
  const named = FILES.find((name) => args.has(name));
  const file = named === undefined ? configuration?.name : args.one(named);
  if (file === undefined) return;
  const message = `is needed, since ${relativeTo(io.cwd, file)} decides what is found and BASE may have another one`;
  const remedy =
    'write --base-folder FOLDER, the working folder of BASE, or --base-folder . where they are the same';
  throw new TransmissionError('MissingArgument', `${message}, ${remedy}`, '--base-folder');
}

function optionOfBase(option: GivenOption, here: string, there: string): GivenOption[] {
  const { name, value } = option;
  if (value === undefined || !FILES.includes(name)) return [option];
  const file = resolve(here, value);
  // What lies in neither folder is the same for both.
  if (!isWithin(file, here)) return [{ name, value: file }];
  const path = relative(here, file);
  return existsSync(join(there, path)) ? [{ name, value: path }] : [];
}

function withFolder<T>(read: () => T, folder: string): T {
  try {
    return read();
  } catch (error) {
    if (!isTransmissionError(error) || error.where === undefined || folder === '.') throw error;
    const { code, where, problem } = error;
    if (where.startsWith('--')) throw error;
    const named = `${folder}/${where}`;
    if (!(error instanceof SeveralMistakes)) {
      throw new TransmissionError(code, problem, named, error);
    }
    throw new SeveralMistakes(
      code,
      error.mistakes,
      named,
      error.places.map((place) => `${folder}/${place}`),
    );
  }
}
