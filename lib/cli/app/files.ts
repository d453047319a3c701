import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TransmissionError } from '../../core/errors';

/** What runs in a process of its own, and so is a file of its own beside the bundle. */
export type OwnFile = 'register' | 'supervise';

/** Where the file lies: beside this one, else where the package has it; in its sources, what was built from them. */
export function fileOf(name: OwnFile, from: string = __dirname): string {
  const places = ['.', '../lib/cli/app', '../../../dist/lib/cli/app'];
  const found = places.map((place) => join(from, place, `${name}.js`)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const message = `lacks lib/cli/app/${name}.js, which runs CDK apps, install it again`;
  throw new TransmissionError('IncompletePackage', message, 'cdk-secure-transmission');
}
