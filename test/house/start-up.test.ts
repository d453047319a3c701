/**
 * What loading costs and what it drags along. The layering test reads imports; this one loads the code and
 * looks, so that it also sees what comes through a package.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './sources';

const PACKAGES_OF_CDK = ['aws-cdk-lib', 'cdk-nag', 'constructs'];

/** Loads a file of ours in a process of its own, and tells which packages that process then holds. */
function packagesLoadedBy(file: string): string[] {
  expect({ file, exists: existsSync(path.join(ROOT, file)) }).toEqual({ file, exists: true });
  const program = `
    import { createRequire } from 'node:module';
    import { toJavaScript } from './tools/run-typescript.mjs';
    const require = createRequire(process.cwd() + '/package.json');
    const output = await toJavaScript(${JSON.stringify(file)});
    require(output);
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(result.stderr).toBe('');
  const loaded: string[] = JSON.parse(result.stdout);
  const names = loaded.map((name) => /.*node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(name)?.[1] ?? '');
  return [...new Set(names)].filter((name) => PACKAGES_OF_CDK.includes(name)).sort();
}

test.each(['lib/judge/index.ts', 'lib/cli/main.ts'])('%s loads no CDK and no cdk-nag', (file) => {
  expect(packagesLoadedBy(file)).toEqual([]);
});

test('this test sees CDK when a file loads it', () => {
  expect(packagesLoadedBy('test/_fixtures/house/loads-cdk.ts')).toContain('aws-cdk-lib');
});
