/**
 * Builds dist/: the library by tsc; the command line, what runs in containers and what runs in Lambda by esbuild,
 * into one file each.
 *
 * Both write into a folder beside dist/ that then takes its place, so that dist/ never holds the output of a
 * source that is gone, a failed build leaves the last good one, and a test that reads dist/ meanwhile finds
 * whole files. When no input changed, nothing is done: `cdk synth` calls this before every synthesis.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isMain, programFile, root, run, StepFailed, seconds, start } from './commands.mjs';

const DIST = path.join(root, 'dist');
const STAMP = path.join(DIST, '.build-stamp.json');
const CLI_SOURCE = 'bin/secure-transmission.ts';
const CLI_OUTPUT = 'bin/secure-transmission.js';
/** What runs in containers is one file, which can be copied into an image without the package around it. */
const TARGET_SOURCE = 'lib/target/index.ts';
const TARGET_OUTPUT = 'lib/target/index.js';
/** What few commands need stands beside the command line: V8 would read it at every start. */
const BESIDE = [
  { source: 'lib/live/certificates/acm.ts', output: 'bin/acm.js' },
  { source: 'lib/live/payment-page/page-tree.ts', output: 'bin/page-tree.js' },
];
/** The SDK's modules of ECMAScript, of which only the parts that are used are taken: a third less to load. */
const BY_PARTS = { mainFields: ['module', 'main'] };
/** What runs in Lambda: each file of this name is bundled into a folder of its own, which is the code of a function. */
const HANDLER = /\/runtime\/([a-z-]+)\.handler\.ts$/;

/** The command line judges templates; if it loads one of these, it has begun to judge constructs. */
const NEVER_IN_A_BUNDLE = ['aws-cdk-lib', 'cdk-nag', 'constructs'];

/**
 * @param {string} folder
 * @returns {string[]} the files below it, relative to the project, sorted
 */
function filesBelow(folder) {
  if (!existsSync(path.join(root, folder))) {
    return [];
  }
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** @returns {string} */
function digestOfInputs() {
  const others = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'NOTICE',
    'tools/build.mjs',
  ];
  const hash = createHash('sha256');
  for (const name of [...others, ...filesBelow('bin'), ...filesBelow('lib')]) {
    const file = path.join(root, name);
    hash
      .update(`${name}\n`)
      .update(existsSync(file) ? readFileSync(file) : '')
      .update('\n');
  }
  return hash.digest('hex');
}

/**
 * @param {string} digest
 * @returns {boolean}
 */
function isUpToDate(digest) {
  if (!existsSync(STAMP)) {
    return false;
  }
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
  return (
    stamp.digest === digest &&
    stamp.outputs.every((/** @type {string} */ name) => existsSync(path.join(root, name)))
  );
}

/** @returns {{ source: string, output: string }[]} the handlers of Lambda functions, and what they are built into */
function handlers() {
  const found = filesBelow('lib').flatMap((source) => {
    const name = HANDLER.exec(`/${source.replaceAll(path.sep, '/')}`)?.[1];
    return name === undefined ? [] : [{ source, output: `lambda/${name}/index.js` }];
  });
  const twice = found.find(
    ({ output }, index) => found.findIndex((other) => other.output === output) < index,
  );
  if (twice !== undefined) {
    throw new StepFailed(`build failed: two handlers are called as ${twice.source} is, rename one`);
  }
  return found;
}

/** @type {import('esbuild').Plugin} */
const someStandBeside = {
  name: 'some stand beside',
  setup(of) {
    of.onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir }) => {
      const source = path.relative(root, path.join(resolveDir, `${specifier}.ts`)).replaceAll(path.sep, '/');
      const found = BESIDE.find((one) => one.source === source);
      return found && { path: `./${path.basename(found.output)}`, external: true };
    });
  },
};

/** @param {string} folder */
async function compile(folder) {
  const tsc = programFile('typescript', 'tsc');
  const result = await run(process.execPath, [
    tsc,
    '-p',
    'tsconfig.build.json',
    '--outDir',
    folder,
    '--pretty',
    'false',
  ]);
  if (result.code !== 0) {
    throw new StepFailed(`${result.output.trimEnd()}\nbuild failed: tsc found errors`);
  }
}

/**
 * @param {string} source
 * @param {Partial<import('esbuild').BuildOptions>} [options]
 * @returns {Promise<string>} one file that needs nothing beside it, but what a plugin leaves out
 */
async function bundle(source, options = {}) {
  if (!existsSync(path.join(root, source))) {
    throw new StepFailed(`build failed: ${source} is missing`);
  }
  const esbuild = await import('esbuild');
  const result = await esbuild
    .build({
      ...options,
      absWorkingDir: root,
      entryPoints: [source],
      outfile: 'bundle.js',
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      target: options.target ?? 'node20',
      format: 'cjs',
      // V8 reads all of the file at every start: one byte for each character, and no white space. Names stay, for stacks.
      charset: 'ascii',
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: 'inline',
      logLevel: 'silent',
    })
    .catch(async (/** @type {import('esbuild').BuildFailure} */ failure) => {
      const messages = await esbuild.formatMessages(failure.errors ?? [], { kind: 'error' });
      throw new StepFailed(`${messages.join('')}build failed: esbuild could not bundle ${source}`);
    });
  checkBundle(source, result.metafile);
  return result.outputFiles[0]?.text ?? '';
}

/** @param {string} text */
function executable(text) {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`;
}

/**
 * @param {string} source
 * @param {import('esbuild').Metafile} metafile
 */
function checkBundle(source, metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name !== undefined) {
      names.add(name);
    }
  }
  const forbidden = NEVER_IN_A_BUNDLE.filter((name) => names.has(name));
  if (forbidden.length > 0) {
    throw new StepFailed(
      `build failed: ${source} must not load ${forbidden.join(', ')}, see test/house/layering.ts`,
    );
  }
  // A licence asks that its text travels with the copy, and a bundle is a copy.
  const notice = existsSync(path.join(root, 'NOTICE')) ? readFileSync(path.join(root, 'NOTICE'), 'utf8') : '';
  const unnamed = [...names].filter((name) => !notice.includes(`\n${name} `)).sort();
  if (unnamed.length > 0) {
    throw new StepFailed(
      `build failed: NOTICE lacks the licence of what ${source} bundles: ${unnamed.join(', ')}`,
    );
  }
}

/** @param {string} next */
function takePlaceOfDist(next) {
  const previous = path.join(root, `.dist-${process.pid}-previous`);
  // Two builds may end at the same time; the one that comes second wins.
  for (let attempt = 0; ; attempt++) {
    try {
      if (existsSync(DIST)) {
        renameSync(DIST, previous);
      }
      renameSync(next, DIST);
      return;
    } catch (failure) {
      if (attempt === 10) {
        throw failure;
      }
    } finally {
      rmSync(previous, { recursive: true, force: true });
    }
  }
}

/**
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<{ built: boolean, milliseconds: number }>}
 */
export async function build(options = {}) {
  const started = performance.now();
  const digest = digestOfInputs();
  if (!options.force && isUpToDate(digest)) {
    return { built: false, milliseconds: performance.now() - started };
  }
  // Beside dist/ and as deep, so that the paths in source maps hold after the move.
  const next = path.join(root, `.dist-${process.pid}`);
  try {
    mkdirSync(next, { recursive: true });
    const compiling = compile(next);
    const functions = handlers();
    const bundling = Promise.all([
      bundle(CLI_SOURCE, { plugins: [someStandBeside] }),
      bundle(TARGET_SOURCE),
      Promise.all(BESIDE.map(({ source }) => bundle(source, BY_PARTS))),
      ...functions.map(({ source }) => bundle(source, { target: 'node24', ...BY_PARTS })),
    ]);
    // Both to their end, since a compiler that still runs would write into a folder that is gone.
    await Promise.allSettled([compiling, bundling]);
    await compiling;
    const [commandLine, target, beside, ...ofFunctions] = await bundling;
    const leftOvers = [
      'bin/secure-transmission.d.ts',
      'bin/secure-transmission.js.map',
      `${TARGET_OUTPUT}.map`,
    ];
    for (const leftOver of leftOvers) {
      rmSync(path.join(next, leftOver), { force: true });
    }
    writeFileSync(path.join(next, TARGET_OUTPUT), target);
    for (const [index, { output }] of BESIDE.entries()) {
      writeFileSync(path.join(next, output), beside[index] ?? '');
    }
    for (const [index, { output }] of functions.entries()) {
      mkdirSync(path.dirname(path.join(next, output)), { recursive: true });
      writeFileSync(path.join(next, output), ofFunctions[index] ?? '');
    }
    writeFileSync(path.join(next, CLI_OUTPUT), executable(commandLine));
    chmodSync(path.join(next, CLI_OUTPUT), 0o755);
    const outputs = filesBelow(path.basename(next)).map((name) =>
      path.join('dist', path.relative(path.basename(next), name)),
    );
    writeFileSync(path.join(next, path.basename(STAMP)), JSON.stringify({ digest, outputs }));
    takePlaceOfDist(next);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  return { built: true, milliseconds: performance.now() - started };
}

if (isMain(import.meta.url)) {
  await start(async () => {
    const result = await build({ force: process.argv.includes('--force') });
    console.log(`${result.built ? 'built dist' : 'dist is up to date'} in ${seconds(result.milliseconds)}`);
    return 0;
  });
}
