import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { TransmissionError } from '../core/errors';

/** Where the package has them, seen from here; in its sources, what was built from them. */
const FOLDERS = ['../../lambda', '../../dist/lambda'];

/**
 * The code of a Lambda function that this package brings.
 *
 * It was bundled when the package was built: an app's synthesis needs no bundler, and the hash of the asset does not
 * depend on its machine.
 *
 * @param name the name of the handler's file, `<name>.handler.ts`
 * @throws TransmissionError where the package is not complete
 */
export function lambdaCode(name: string): lambda.Code {
  return lambda.Code.fromAsset(lambdaFolder(name));
}

/** The folder that holds `index.js`, the bundled handler. */
export function lambdaFolder(name: string, from: string = __dirname): string {
  const folders = FOLDERS.map((folder) => join(from, folder, name));
  const found = folders.find((folder) => existsSync(join(folder, 'index.js')));
  if (found !== undefined) return found;
  const message = `lacks the code of the function '${name}', install it again, in its sources run npm run build`;
  throw new TransmissionError('IncompletePackage', message, 'cdk-secure-transmission');
}
