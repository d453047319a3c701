/**
 * Installs the packages when package.json or package-lock.json changed since the last time.
 *
 * An own check, because asking npm costs 1.3 s even when there is nothing to do; and never `npm ci`, which
 * refuses a lock that was written on another platform. See docs/decisions/0003-own-install-check.md.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMain, root, run, StepFailed, seconds, start } from './commands.mjs';

const STAMP = path.join(root, 'node_modules', '.install-stamp');

/** What the installed packages depend on; the platform is part of it, since some packages hold native code. */
function digest() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const name of ['package.json', 'package-lock.json']) {
    const file = path.join(root, name);
    hash.update(`${name}\n`).update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

/** @returns {boolean} */
function isInstalled() {
  return (
    existsSync(path.join(root, 'node_modules', '.package-lock.json')) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === digest()
  );
}

/** @returns {{ program: string, args: string[], shell: boolean }} */
function npm() {
  // Under `npm test` this is the npm that the user called; otherwise the one on the path.
  const caller = process.env.npm_execpath;
  if (caller !== undefined && path.basename(caller) === 'npm-cli.js') {
    return { program: process.execPath, args: [caller], shell: false };
  }
  return { program: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * @returns {Promise<boolean>} whether something was installed
 */
export async function installIfNeeded() {
  if (isInstalled()) {
    return false;
  }
  console.log('installing packages (about 20 s the first time)');
  const { program, args, shell } = npm();
  const flags = ['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await run(program, [...args, ...flags], { shell });
  if (result.code !== 0) {
    throw new StepFailed(`${result.output.trimEnd()}\nnpm install failed with exit code ${result.code}`);
  }
  // After the installation, since npm may have rewritten the lock.
  writeFileSync(STAMP, digest());
  console.log(`installed packages in ${seconds(result.milliseconds)}`);
  return true;
}

if (isMain(import.meta.url)) {
  await start(async () => {
    await installIfNeeded();
    return 0;
  });
}
