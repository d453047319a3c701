/**
 * Keeps the samples in our documentation equal to files that are compiled, synthesised and judged.
 *
 * A fence of more than one line in TypeScript, JavaScript, JSON or YAML must follow a comment that says where
 * it comes from, the whole file or one region of it (`#region name` to `#endregion` in a comment of that file):
 *
 *     <!-- sample: examples/quickstart.ts#stack -->
 *
 * A `console` fence that shows output must follow the command that gave it. What it shows is compared with
 * what the command prints, durations masked; lines beginning with `$ ` are what the reader types. `exit N:` in
 * front of the command is the exit code, 0 when left out:
 *
 *     <!-- console: exit 1: secure-transmission check cdk.out -->
 *
 * The command runs in the project folder, and finds there what `npx secure-transmission` would be.
 *
 * Usage: node tools/sync-samples.mjs [--check] [--console] [--root folder]
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMain, root as projectRoot, quietEnvironment, run, start } from './commands.mjs';

const SAMPLE_LANGUAGES = new Set(['ts', 'typescript', 'js', 'javascript', 'json', 'jsonc', 'yaml', 'yml']);
const CONSOLE_LANGUAGES = new Set(['console', 'shell-session']);
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'cdk.out', '_fixtures']);

/**
 * @typedef {object} Fence
 * @property {number} line number of the line that opens it, from 1
 * @property {string} language
 * @property {string} indent
 * @property {string[]} body without the indentation of the fence
 * @property {string | undefined} comment text of the comment right before it
 */

/**
 * @param {string} folder
 * @param {string} [below]
 * @returns {string[]} the Markdown files, relative to the folder
 */
export function markdownFiles(folder, below = '') {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = path.posix.join(below, entry.name);
      if (entry.isDirectory()) {
        return entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name)
          ? []
          : markdownFiles(folder, name);
      }
      return entry.name.endsWith('.md') ? [name] : [];
    });
}

/**
 * @param {readonly string[]} lines
 * @returns {Fence[]}
 */
function fencesIn(lines) {
  /** @type {Fence[]} */
  const fences = [];
  for (let index = 0; index < lines.length; index++) {
    const opening = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)/.exec(lines[index] ?? '');
    if (opening === null) {
      continue;
    }
    const [, indent = '', ticks = '', language = ''] = opening;
    const body = [];
    const line = index + 1;
    while (++index < lines.length && (lines[index] ?? '').trim() !== ticks) {
      const text = lines[index] ?? '';
      body.push(text.startsWith(indent) ? text.slice(indent.length) : text.trimStart());
    }
    const before = lines[line - 2]?.trim() === '' ? lines[line - 3] : lines[line - 2];
    const comment = /^<!--\s*(.*?)\s*-->$/.exec(before?.trim() ?? '')?.[1];
    fences.push({ line, language, indent, body, comment });
  }
  return fences;
}

/**
 * @param {string} text
 * @param {string | undefined} region
 * @returns {string[] | undefined} the lines of a file or of one of its regions, without the region comments
 */
function linesOfSample(text, region) {
  const lines = text.replace(/\n$/, '').split('\n');
  let wanted = lines;
  if (region !== undefined) {
    const begin = lines.findIndex((line) => /#region\s+(\S+)/.exec(line)?.[1] === region);
    let depth = 0;
    const end = lines.findIndex((line, at) => {
      depth += at < begin ? 0 : /#region\b/.test(line) ? 1 : /#endregion\b/.test(line) ? -1 : 0;
      return at > begin && depth === 0;
    });
    if (begin === -1 || end === -1) {
      return undefined;
    }
    wanted = lines.slice(begin + 1, end);
  }
  const visible = wanted.filter((line) => !/^\s*(\/\/|#|\/\*)\s*#(end)?region\b/.test(line));
  const indents = visible
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 200);
  return visible.map((line) => line.slice(indent));
}

/** @param {string} line */
function maskDurations(line) {
  return line.trimEnd().replaceAll(/\b\d+(\.\d+)? ?(ms|s|seconds)\b/g, '<duration>');
}

/**
 * @param {string} command
 * @param {string} folder
 */
async function outputOf(command, folder) {
  const shims = mkdtempSync(path.join(tmpdir(), 'secure-transmission-'));
  try {
    const program = path.join(folder, 'dist/bin/secure-transmission.js');
    const shim = path.join(shims, 'secure-transmission');
    writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(shim, 0o755);
    const paths = [shims, path.join(folder, 'node_modules/.bin'), process.env.PATH ?? ''];
    // What expires must not change a page on the day it does.
    const day = { SOURCE_DATE_EPOCH: '1795305600' };
    const env = {
      ...quietEnvironment(),
      ...day,
      NO_COLOR: '1',
      COLUMNS: '110',
      PATH: paths.join(path.delimiter),
    };
    const result = await run('bash', ['-c', `{ ${command}\n} 2>&1`], { cwd: folder, env });
    return { code: result.code, lines: result.output.trimEnd().split('\n') };
  } finally {
    rmSync(shims, { recursive: true, force: true });
  }
}

/**
 * @param {Fence} fence
 * @param {string} folder
 * @returns {{ body?: string[], problem?: string }} what the fence should hold, or what is wrong with it
 */
function expectedSample(fence, folder) {
  const source = /^sample:\s*(\S+)$/.exec(fence.comment ?? '')?.[1];
  if (source === undefined) {
    const problem = `sample without a source; put '<!-- sample: examples/<file>#<region> -->' before it`;
    return fence.body.length > 1 ? { problem } : {};
  }
  const [file = '', region] = source.split('#');
  const absolute = path.join(folder, file);
  if (path.relative(folder, absolute).startsWith('..') || !existsSync(absolute)) {
    return { problem: `sample: there is no file ${file}` };
  }
  const body = linesOfSample(readFileSync(absolute, 'utf8'), region);
  return body === undefined ? { problem: `sample: ${file} has no region '${region}'` } : { body };
}

/**
 * @param {Fence} fence
 * @param {string} folder
 * @param {boolean} runCommands
 * @returns {Promise<{ body?: string[], problem?: string }>}
 */
async function expectedConsole(fence, folder, runCommands) {
  const marker = /^console:\s*(?:exit (\d+):\s*)?(.+)$/.exec(fence.comment ?? '');
  if (marker === null) {
    const problem = `console block without a command; put '<!-- console: <command> -->' before it`;
    return fence.body.some((line) => !line.startsWith('$ ')) ? { problem } : {};
  }
  if (!runCommands) {
    return {};
  }
  const [, exitCode = '0', command = ''] = marker;
  const result = await outputOf(command, folder);
  if (result.code !== Number(exitCode)) {
    return {
      problem: `'${command}' ended with exit code ${result.code}, not ${exitCode}: ${result.lines.join(' | ')}`,
    };
  }
  const typed = fence.body.filter((line) => line.startsWith('$ '));
  const shown = fence.body.filter((line) => !line.startsWith('$ '));
  const same = shown.map(maskDurations).join('\n') === result.lines.map(maskDurations).join('\n');
  return { body: same ? fence.body : [...typed, ...result.lines] };
}

/**
 * @param {{ write: boolean, console: boolean, root?: string }} options
 * @returns {Promise<string[]>} one line per sample that is wrong and was not written
 */
export async function staleSamples(options) {
  const folder = options.root ?? projectRoot;
  const problems = [];
  for (const name of markdownFiles(folder)) {
    const file = path.join(folder, name);
    const lines = readFileSync(file, 'utf8').split('\n');
    // From the last to the first, so that the line numbers of those still to come hold.
    for (const fence of fencesIn(lines).reverse()) {
      const expected = CONSOLE_LANGUAGES.has(fence.language)
        ? await expectedConsole(fence, folder, options.console)
        : SAMPLE_LANGUAGES.has(fence.language)
          ? expectedSample(fence, folder)
          : {};
      if (expected.problem !== undefined) {
        problems.push(`${name}:${fence.line}: ${expected.problem}`);
      } else if (expected.body !== undefined && expected.body.join('\n') !== fence.body.join('\n')) {
        if (options.write) {
          const body = expected.body.map((line) => (line === '' ? '' : fence.indent + line));
          lines.splice(fence.line, fence.body.length, ...body);
        } else {
          problems.push(`${name}:${fence.line}: differs from '${fence.comment}'; run 'npm run docs'`);
        }
      }
    }
    if (options.write && lines.join('\n') !== readFileSync(file, 'utf8')) {
      writeFileSync(file, lines.join('\n'));
    }
  }
  return problems;
}

if (isMain(import.meta.url)) {
  await start(async () => {
    const rootAt = process.argv.indexOf('--root');
    const problems = await staleSamples({
      write: !process.argv.includes('--check'),
      console: process.argv.includes('--console'),
      ...(rootAt === -1 ? {} : { root: path.resolve(process.argv[rootAt + 1] ?? '') }),
    });
    for (const problem of problems) {
      console.error(problem);
    }
    return problems.length === 0 ? 0 : 1;
  });
}
