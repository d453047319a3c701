import { accessSync, constants, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

/**
 * The command that runs an app, as the CDK CLI reads `app` of a cdk.json: a script of Node.js that cannot be executed is
 * given to Node.js, anything else to the shell.
 */
export function commandLineOf(app: string, folder: string): string {
  if (isFile(resolve(folder, app))) return interpreted(app, folder);
  const [first, rest] = splitFirstWord(app);
  if (!isFile(resolve(folder, first))) return app;
  return `${interpreted(first, folder)} ${rest}`.trim();
}

function interpreted(file: string, folder: string): string {
  const needsNode =
    extname(file) === '.js' && (process.platform === 'win32' || !isExecutable(resolve(folder, file)));
  return needsNode ? `${quoted(process.execPath)} ${quoted(file)}` : quoted(file);
}

function splitFirstWord(app: string): readonly [first: string, rest: string] {
  const text = app.trim();
  if (text.startsWith('"')) {
    const end = text.indexOf('"', 1);
    return end === -1 ? [text, ''] : [text.slice(1, end), text.slice(end + 1).trim()];
  }
  const space = text.indexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One word to the shell. */
function quoted(word: string): string {
  if (/^[A-Za-z0-9_+=:,.@/-]+$/.test(word)) return word;
  if (process.platform === 'win32') return `"${word}"`;
  return `"${word.replace(/([\\"$`])/g, '\\$1')}"`;
}
