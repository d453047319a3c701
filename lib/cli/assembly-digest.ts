import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { byCodeUnit } from '../core/order';
import { isWithin } from '../judge/load/within';
import { isJsonMap, type Json } from '../judge/template';

/**
 * What CDK writes into an assembly while it reads or deploys it: its locks, and archives that it makes of assets.
 *
 * @see https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/toolkit-lib/lib/api/rwlock.ts
 */
const WRITTEN_BY_READERS = [/^(synth|read\.[\d.]+)\.lock$/, /^\.cache$/];

/**
 * A digest over everything that a deployment of an assembly reads: names, contents, and whether a file is executable,
 * since a custom runtime of a function must be. Not over times and owners, which a copy changes.
 *
 * @param shown the folder as errors name it
 * @returns `sha256:` and 64 hexadecimal digits
 */
export function digestOfAssembly(directory: string, shown: string): string {
  const hash = createHash('sha256');
  for (const name of entriesBelow(directory, '')) hash.update(lineOf(directory, name, `${shown}/${name}`));
  return `sha256:${hash.digest('hex')}`;
}

/** Every file and link below a folder, in one order on every machine. */
function entriesBelow(directory: string, below: string): string[] {
  return readdirSync(join(directory, below), { withFileTypes: true })
    .filter(({ name }) => below !== '' || !WRITTEN_BY_READERS.some((pattern) => pattern.test(name)))
    .flatMap((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? entriesBelow(directory, name) : [name];
    })
    .sort(byCodeUnit);
}

/** One line for a file; the name is quoted, so that none can look like the end of one line and the beginning of another. */
function lineOf(directory: string, name: string, shown: string): string {
  const path = join(directory, name);
  const kind = kindOf(lstatSync(path), shown);
  const content = kind === 'link' ? targetOf(directory, name, shown) : readFileSync(path);
  if (name.endsWith('.assets.json')) {
    // A deployment follows a link, and so does this.
    const read = () => (kind === 'link' ? readFileSync(path) : content).toString();
    refuseAssetsOutside(read, directory, name, shown);
  }
  return `${kind} ${sha256(content)} ${JSON.stringify(name)}\n`;
}

function kindOf(stats: Stats, shown: string): 'link' | 'executable' | 'file' {
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFile()) return (stats.mode & 0o100) === 0 ? 'file' : 'executable';
  const message = 'is neither a file nor a link, which no synthesis writes, remove it';
  throw new TransmissionError('UnreadableAssembly', message, shown);
}

/** Where a link leads: what it leads to is in the assembly, and has a line of its own. */
function targetOf(directory: string, name: string, shown: string): string {
  const path = join(directory, name);
  const target = readlinkSync(path);
  if (isInside(directory, resolve(dirname(path), target))) return target;
  const message = 'is a link out of the assembly, which no digest covers, put a copy in its place';
  throw new TransmissionError('UnreadableAssembly', message, shown);
}

/** An app without staging (`aws:cdk:disable-asset-staging`) deploys from folders beside the assembly. */
function refuseAssetsOutside(read: () => string, directory: string, name: string, shown: string): void {
  let manifest: Json;
  try {
    manifest = JSON.parse(read()) as Json;
  } catch (error) {
    const message = 'is not a readable list of assets, synthesise the app again (cdk synth)';
    throw new TransmissionError('UnreadableAssembly', message, shown, error);
  }
  if (!isJsonMap(manifest)) return;
  for (const kind of ['files', 'dockerImages']) {
    const assets = manifest[kind];
    for (const asset of Object.values(isJsonMap(assets) ? assets : {})) {
      const source = isJsonMap(asset) && isJsonMap(asset.source) ? asset.source : {};
      const place = source.path ?? source.directory;
      if (typeof place !== 'string' || isInside(directory, resolve(directory, dirname(name), place)))
        continue;
      const message = `names the asset ${JSON.stringify(place)}, which lies outside of the assembly where no digest covers it, synthesise with asset staging`;
      throw new TransmissionError('UnreadableAssembly', message, shown);
    }
  }
}

function isInside(directory: string, path: string): boolean {
  return path !== directory && isWithin(path, directory);
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
