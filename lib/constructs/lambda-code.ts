import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { TransmissionError } from '../core/errors';

/** Where the package has them, seen from here; in its sources, what was built from them; the last from our own tools. */
const FOLDERS = ['../../lambda', '../../dist/lambda', '../../../dist/lambda'];

/**
 * The code of a Lambda function that this package brings.
 *
 * It was bundled when the package was built: an app's synthesis needs no bundler, and the hash of the asset does not
 * depend on its machine.
 *
 * @param name the name of the handler's file, `<name>.handler.ts`
 * @param files texts that stand beside it, by their names
 * @throws TransmissionError where the package is not complete
 */
export function lambdaCode(name: string, files: Readonly<Record<string, string>> = {}): lambda.Code {
  const folder = lambdaFolder(name);
  if (Object.keys(files).length === 0) return lambda.Code.fromAsset(folder);
  // It stays, as the folders that the CDK makes so do: without staging of assets it is read after the synthesis.
  const staging = FileSystem.mkdtemp('cdk-secure-transmission-');
  cpSync(folder, staging, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(staging, file), text);
  return lambda.Code.fromAsset(staging);
}

/** The folder that holds `index.js`, the bundled handler. */
export function lambdaFolder(name: string, from: string = __dirname): string {
  const folders = FOLDERS.map((folder) => join(from, folder, name));
  const found = folders.find((folder) => existsSync(join(folder, 'index.js')));
  if (found !== undefined) return found;
  const message = `lacks the code of the function '${name}', install it again, in its sources run npm run build`;
  throw new TransmissionError('IncompletePackage', message, 'cdk-secure-transmission');
}
