import packageJson from '../../package.json';
import { importsOf, packageName, wrongImports } from './layering';
import { sourcesBelow } from './sources';

function wrongIn(path: string, text: string): string[] {
  return wrongImports({ path, text }).map((wrong) => wrong.message);
}

describe('the layering of this project', () => {
  const sources = sourcesBelow('lib', 'bin', 'examples', 'tools', 'bench');

  test('has only imports that run the allowed way', () => {
    const wrong = sources
      .flatMap(wrongImports)
      .map(({ path, line, message }) => `${path}:${line}: ${message}`);
    expect(wrong).toEqual([]);
  });

  test('looks at files at all', () => {
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(20);
  });

  test('loads nothing in the library that its user does not get', () => {
    const declared = new Set([
      ...Object.keys(packageJson.dependencies),
      ...Object.keys(packageJson.peerDependencies),
    ]);
    // These are bundled when the package is built, with what they load.
    const bundled = /^lib\/(cli|live|local-vault|report\/repairs|target)\/|\/(runtime|client)\//;
    const undeclared = sources
      .filter((source) => source.path.startsWith('lib/') && !bundled.test(source.path))
      .flatMap((source) =>
        importsOf(source).map((found) => ({ path: source.path, specifier: found.specifier ?? '' })),
      )
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(({ specifier }) => !declared.has(packageName(specifier)));
    expect(undeclared).toEqual([]);
  });
});

describe('the checker of the layering', () => {
  test.each([
    ['a relative import', `import { x } from '../constructs/network';`],
    ['an import of a type', `import type { X } from '../constructs/network';`],
    ['a type in place', `type X = import('../constructs/network').X;`],
    ['a re-export', `export { x } from '../constructs/network';`],
    ['a re-export of all', `export * from '../constructs/network';`],
    ['a re-export of all under a name', `export * as all from '../constructs/network';`],
    ['a dynamic import', `const x = import('../constructs/network');`],
    ['a dynamic import of a template', 'const x = import(`../constructs/network`);'],
    ['require()', `const x = require('../constructs/network');`],
    ['require.resolve()', `const x = require.resolve('../constructs/network');`],
    ['import = require()', `import x = require('../constructs/network');`],
    ['an import inside a function', `export function f() { return require('../constructs/network'); }`],
    ['a path that goes up and comes back', `import '../../lib/constructs/network/index.js';`],
    ['the parent folder, which is the package', `import { x } from '..';`],
    ['the index of the parent folder', `import { x } from '../index';`],
    ['the index with its ending', `import { x } from '../index.js';`],
    ['the package by its own name', `import { x } from 'cdk-secure-transmission';`],
    ['CDK', `import { App } from 'aws-cdk-lib';`],
    ['a part of CDK', `import * as s3 from 'aws-cdk-lib/aws-s3';`],
    ['cdk-nag', `import type { NagPack } from 'cdk-nag';`],
    ['a name that is not a literal', `const x = require(name);`],
    ['data outside the layers', `import config from '../../package.json';`],
    ['a test', `import { x } from '../../test/_fixtures/x';`],
  ])('finds %s in the judge', (_form, text) => {
    expect(wrongIn('lib/judge/planted.ts', text)).toHaveLength(1);
  });

  test.each([
    ['lib/core/tls/index.ts', `import fs from 'node:fs';`],
    ['lib/core/tls/index.ts', `import { y } from '../../judge';`],
    ['lib/judge/rules/rule.ts', `import { y } from '../../checks';`],
    ['lib/judge/rules/rule.ts', `import { y } from '../..';`],
    ['lib/judge/rules/rule.ts', `import { y } from '../../report/text';`],
    ['lib/checks/pack.ts', `import { y } from '../constructs/network';`],
    ['lib/report/text.ts', `import { y } from '../checks/pack';`],
    ['lib/report/text.ts', `import { y } from 'cdk-nag';`],
    ['lib/proof/flow/index.ts', `import { y } from '../../report';`],
    ['lib/cli/main.ts', `import { y } from '../checks';`],
    ['lib/cli/main.ts', `import { y } from '../constructs';`],
    ['lib/live/prober/index.ts', `import { y } from '../../judge';`],
    ['lib/live/prober/index.ts', `import { y } from 'constructs';`],
    ['lib/constructs/network/network.ts', `import { y } from '../../judge';`],
    ['lib/constructs/network/network.ts', `import type { y } from '../../checks';`],
    ['lib/constructs/network/network.ts', `import { y } from '../../live';`],
    ['lib/constructs/network/network.ts', `import { y } from '../../stacks';`],
    ['lib/constructs/token-vault/runtime/vault.ts', `import { y } from '../token-vault';`],
    ['lib/constructs/token-vault/runtime/vault.ts', `import { y } from 'aws-cdk-lib';`],
    ['lib/constructs/token-vault/runtime/vault.ts', `import { y } from '../../../live';`],
    ['lib/constructs/token-vault/client/index.ts', `import type { y } from 'constructs';`],
    ['lib/constructs/token-vault/runtime/vault.ts', `import { y } from '../../../local-vault/kms';`],
    ['lib/constructs/token-vault/token-vault.ts', `import type { y } from '../../local-vault/kms';`],
    ['lib/local-vault/kms/server.ts', `import { y } from '../../constructs/token-vault';`],
    ['lib/local-vault/kms/server.ts', `import { y } from '../../live';`],
    ['lib/index.ts', `export * from './local-vault';`],
    ['lib/stacks/edge-stack.ts', `import { y } from '../checks';`],
    ['lib/stacks/edge-stack.ts', `import { y } from '../judge';`],
    ['lib/index.ts', `export * from './judge';`],
    ['lib/index.ts', `export * from './cli';`],
    ['bin/baseline.ts', `import { y } from '../lib/judge';`],
    ['bin/secure-transmission.ts', `import { y } from '../lib';`],
    ['bin/secure-transmission.ts', `import { y } from '../lib/checks';`],
    ['examples/quickstart.ts', `import { y } from '../test/_fixtures/y';`],
    ['examples/quickstart.ts', `import { y } from '../lib/cli';`],
    ['somewhere/else.ts', `import { y } from '../lib';`],
  ])('finds what %s must not import: %s', (path, text) => {
    expect(wrongIn(path, text)).toHaveLength(1);
  });

  test.each([
    [
      'lib/judge/rules/rule.ts',
      `import { y } from '../../core/tls'; import yaml from 'yaml'; import fs from 'node:fs';`,
    ],
    ['lib/judge/rules/rule.ts', `import { y } from '..'; import { z } from '../template/index.js';`],
    ['lib/judge/index.ts', `export * from './rules';`],
    ['lib/checks/pack.ts', `import { y } from '../judge'; import { NagPack } from 'cdk-nag';`],
    ['lib/cli/main.ts', `import { y } from '../report'; import { z } from '../live/certificates';`],
    [
      'lib/constructs/monitoring/monitor.ts',
      `import { y } from '../../live'; import { z } from '../network';`,
    ],
    ['lib/constructs/monitoring/runtime/handler.ts', `import { y } from '../../../live/prober';`],
    ['lib/constructs/token-vault/token-vault.ts', `import type { y } from './runtime/vault';`],
    [
      'lib/constructs/token-vault/runtime/vault.ts',
      `import { y } from './token'; import { z } from '../../../core';`,
    ],
    [
      'lib/local-vault/vault.ts',
      `import { y } from './kms'; import { z } from '../constructs/token-vault/runtime/app/vault';`,
    ],
    ['lib/cli/run-vault.ts', `import { y } from '../local-vault';`],
    ['lib/stacks/edge-stack.ts', `import { y } from '../constructs/monitoring';`],
    ['lib/index.ts', `export * from './checks'; export * from './constructs/network';`],
    ['bin/baseline.ts', `import { y } from '../lib/stacks'; import { z } from '../lib/checks';`],
    ['bin/secure-transmission.ts', `import { main } from '../lib/cli/main';`],
    [
      'examples/quickstart.ts',
      `import { y } from 'cdk-secure-transmission'; import { App } from 'aws-cdk-lib';`,
    ],
    ['tools/generate/rules.ts', `import { y } from '../../lib/judge'; import '../../lib';`],
    ['bench/judge.ts', `import { y } from '../test/_fixtures/large';`],
  ])('allows what %s may import: %s', (path, text) => {
    expect(wrongIn(path, text)).toEqual([]);
  });

  test('reads neither comments nor strings as imports', () => {
    const text = `// import 'aws-cdk-lib'\nexport const x = "import 'aws-cdk-lib'";`;
    expect(wrongIn('lib/judge/planted.ts', text)).toEqual([]);
  });

  test('names the line, after letters of more than one byte', () => {
    const text = `// ärgerlich – größer\n\nimport { App } from 'aws-cdk-lib';`;
    expect(wrongImports({ path: 'lib/judge/planted.ts', text })).toEqual([
      { path: 'lib/judge/planted.ts', line: 3, message: `'judge' must not load 'aws-cdk-lib'` },
    ]);
  });
});
