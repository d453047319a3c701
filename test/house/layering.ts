/**
 * Imports run one way:
 *
 *     core <- judge <- {proof, report} <- cli        core <- live <- {cli, constructs/monitoring}
 *     core <- judge <- preflight <- cli                 {core, runtime} <- local <- cli
 *     core <- constructs <- stacks <- bin/baseline   {core, judge} <- checks <- {bin, examples, tests}
 *
 * The table below says the same, row by row. An import of a type counts: it ties two folders together as well.
 */
import path from 'node:path';
import {
  asNode,
  identifierName,
  lineOf,
  nodesOf,
  type Source,
  type SyntaxNode,
  stringValue,
} from './sources';

/** One import of one file, in whatever form. */
export interface Import {
  readonly line: number;
  /** Undefined when it is not a literal, so that nobody can say what is loaded. */
  readonly specifier: string | undefined;
}

/** One import that runs the wrong way. */
export interface WrongImport {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Layers that it may import; its own is always allowed. */
  readonly may: readonly string[];
  /** Packages that it may import; Node's own are `node:`. */
  readonly packages: 'none' | 'no CDK' | 'any';
}

const EVERYTHING_IN_LIB = [
  'core',
  'judge',
  'checks',
  'live',
  'local',
  'target',
  'preflight',
  'proof',
  'report',
  'cli',
  'runtime',
  'constructs',
  'stacks',
  'package',
];

/** The first row whose pattern matches is the layer of a file. */
const LAYERS: readonly Layer[] = [
  { name: 'core', files: /^lib\/core(\/|$)/, may: [], packages: 'none' },
  { name: 'judge', files: /^lib\/judge(\/|$)/, may: ['core'], packages: 'no CDK' },
  { name: 'checks', files: /^lib\/checks(\/|$)/, may: ['core', 'judge'], packages: 'any' },
  { name: 'live', files: /^lib\/live(\/|$)/, may: ['core'], packages: 'no CDK' },
  // A vault on the machine of who develops: it must never be part of one that is real.
  { name: 'local', files: /^lib\/local-vault(\/|$)/, may: ['core', 'runtime'], packages: 'no CDK' },
  // Code that runs in the containers of users.
  { name: 'target', files: /^lib\/target(\/|$)/, may: ['core'], packages: 'no CDK' },
  { name: 'proof', files: /^lib\/proof(\/|$)/, may: ['core', 'judge'], packages: 'no CDK' },
  { name: 'report', files: /^lib\/report(\/|$)/, may: ['core', 'judge'], packages: 'no CDK' },
  { name: 'preflight', files: /^lib\/preflight(\/|$)/, may: ['core', 'judge'], packages: 'no CDK' },
  {
    name: 'cli',
    files: /^lib\/cli(\/|$)/,
    may: ['core', 'judge', 'live', 'local', 'proof', 'report', 'preflight'],
    packages: 'no CDK',
  },
  // Code that runs in a Lambda function or a browser: it must not drag CDK along.
  {
    name: 'monitoring runtime',
    files: /^lib\/constructs\/monitoring\/(.+\/)?(runtime|client)(\/|$)/,
    may: ['core', 'live', 'target'],
    packages: 'no CDK',
  },
  {
    name: 'runtime',
    files: /^lib\/constructs\/(.+\/)?(runtime|client)(\/|$)/,
    may: ['core', 'target'],
    packages: 'no CDK',
  },
  {
    name: 'monitoring',
    files: /^lib\/constructs\/monitoring(\/|$)/,
    may: ['core', 'live', 'constructs', 'monitoring runtime', 'runtime'],
    packages: 'any',
  },
  {
    name: 'constructs',
    files: /^lib\/constructs(\/|$)/,
    may: ['core', 'target', 'runtime', 'monitoring', 'monitoring runtime'],
    packages: 'any',
  },
  { name: 'stacks', files: /^lib\/stacks(\/|$)/, may: ['core', 'constructs', 'monitoring'], packages: 'any' },
  {
    name: 'package',
    files: /^lib(\/index)?$/,
    may: ['core', 'constructs', 'monitoring', 'checks', 'stacks'],
    packages: 'any',
  },
  { name: 'command line', files: /^bin\/secure-transmission$/, may: ['core', 'cli'], packages: 'none' },
  {
    name: 'start',
    files: /^bin\/start$/,
    may: ['core', 'judge', 'checks', 'report', 'cli', 'constructs', 'monitoring', 'stacks', 'bin', 'package'],
    packages: 'any',
  },
  {
    name: 'bin',
    files: /^bin\//,
    may: ['core', 'checks', 'constructs', 'monitoring', 'stacks', 'package'],
    packages: 'any',
  },
  {
    name: 'examples',
    files: /^examples(\/|$)/,
    may: ['core', 'target', 'judge', 'checks', 'constructs', 'monitoring', 'stacks', 'package'],
    packages: 'any',
  },
  // Pages about what tests measure are made from the fixtures of those tests, pages of samples from examples.
  {
    name: 'tools',
    files: /^tools(\/|$)/,
    may: [...EVERYTHING_IN_LIB, 'monitoring', 'test', 'examples'],
    packages: 'any',
  },
  {
    name: 'bench',
    files: /^bench(\/|$)/,
    may: [...EVERYTHING_IN_LIB, 'monitoring', 'test'],
    packages: 'any',
  },
  { name: 'test', files: /^test(\/|$)/, may: [], packages: 'any' },
];

const CDK_PACKAGES = new Set(['aws-cdk-lib', 'cdk-nag', 'constructs']);
const OWN_NAME = 'cdk-secure-transmission';

/** Every import of a file: `import`, `export from`, `import()`, `require`, `import =` and `import('x').T`. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = [];
  const add = (node: SyntaxNode, specifier: unknown) =>
    imports.push({ line: lineOf(source, node), specifier: stringValue(specifier) });
  for (const node of nodesOf(source)) {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') {
      add(node, node.source);
    } else if (node.type === 'ExportNamedDeclaration' && asNode(node.source) !== undefined) {
      add(node, node.source);
    } else if (node.type === 'TsImportType') {
      add(node, node.argument);
    } else if (node.type === 'TsExternalModuleReference') {
      add(node, node.expression);
    } else if (node.type === 'CallExpression' && loadsModule(node)) {
      add(node, firstArgument(node));
    }
  }
  return imports;
}

function loadsModule(call: SyntaxNode): boolean {
  const callee = asNode(call.callee);
  if (callee?.type === 'Import' || identifierName(callee) === 'require') {
    return true;
  }
  // require.resolve(), module.require()
  return (
    callee?.type === 'MemberExpression' &&
    (identifierName(callee.object) === 'require' || identifierName(callee.property) === 'require')
  );
}

function firstArgument(call: SyntaxNode): unknown {
  const [first] = Array.isArray(call.arguments) ? call.arguments : [];
  return typeof first === 'object' && first !== null && 'expression' in first ? first.expression : undefined;
}

/** The imports of a file that the table does not allow. */
export function wrongImports(source: Source): WrongImport[] {
  const from = layerOf(source.path);
  if (from === undefined) {
    return [{ path: source.path, line: 1, message: 'belongs to no layer, add it to test/house/layering.ts' }];
  }
  return importsOf(source).flatMap(({ line, specifier }) => {
    const message = specifier === undefined ? unreadable(from) : whatIsWrong(from, source.path, specifier);
    return message === undefined ? [] : [{ path: source.path, line, message }];
  });
}

function layerOf(file: string): Layer | undefined {
  const bare = withoutEnding(file);
  return LAYERS.find((layer) => layer.files.test(bare));
}

function withoutEnding(file: string): string {
  return file.replace(/(\.d)?\.(ts|mts|cts|js|mjs|cjs|json)$/, '');
}

/** Tools and tests load what they are told to; everything that we ship says what it loads. */
function unreadable(from: Layer): string | undefined {
  return from.packages === 'any' && ['tools', 'test', 'bench'].includes(from.name)
    ? undefined
    : 'loads a module whose name is not a literal';
}

function whatIsWrong(from: Layer, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    return wrongDirection(from, path.posix.join(path.posix.dirname(file), specifier));
  }
  if (specifier === OWN_NAME || specifier.startsWith(`${OWN_NAME}/`)) {
    const entry = specifier.slice(OWN_NAME.length);
    return file.startsWith('lib/')
      ? 'imports this package by its own name'
      : wrongDirection(from, entry === '' ? 'lib/index' : `lib${entry}`);
  }
  return wrongPackage(from, specifier);
}

function wrongDirection(from: Layer, target: string): string | undefined {
  const to = layerOf(target);
  if (to === undefined) {
    // Data beside the sources (package.json, schemas/) would not be in the published package.
    return ['tools', 'bench', 'test'].includes(from.name)
      ? undefined
      : `imports '${target}', which is in no layer`;
  }
  return to === from || from.name === 'test' || from.may.includes(to.name)
    ? undefined
    : `'${from.name}' must not import '${to.name}' (${target})`;
}

function wrongPackage(from: Layer, specifier: string): string | undefined {
  const name = packageName(specifier);
  if (from.packages === 'none') {
    return `'${from.name}' must not import a package, got '${specifier}'`;
  }
  if (from.packages === 'no CDK' && (CDK_PACKAGES.has(name) || name === 'node:module')) {
    return `'${from.name}' must not load '${specifier}'`;
  }
  return undefined;
}

/** The name of the package in an import, without the path inside the package. */
export function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) {
    return specifier;
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
