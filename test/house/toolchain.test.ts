import { readFileSync } from 'node:fs';
import path from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import packageJson from '../../package.json';
import { filesBelow, ROOT } from './sources';

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('package.json', () => {
  const declared: Record<string, string> = { ...packageJson.dependencies, ...packageJson.devDependencies };

  test.each(Object.entries(declared))('pins %s exactly, as %s', (_name, version) => {
    expect(version).toMatch(EXACT);
  });

  test.each(Object.entries(packageJson.peerDependencies))(
    'asks for the %s that our tests run with, as the oldest: %s',
    (name, range) => {
      expect(range).toBe(`^${declared[name]}`);
    },
  );

  test.each(Object.entries(declared))('has %s installed as %s', (name, version) => {
    const file = path.join(ROOT, 'node_modules', name, 'package.json');
    expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe(version);
  });

  test('builds anew before it is packed', () => {
    expect(packageJson.scripts.prepack).toBe('node tools/build.mjs --force');
  });

  test('calls no npx, which fails inside another npx', () => {
    const scripts = filesBelow('tools', '.mjs').map((name) => readFileSync(path.join(ROOT, name), 'utf8'));
    const code = [...Object.values(packageJson.scripts), ...scripts].join('\n').replaceAll(/`npx[^`]*`/g, '');
    expect(code).not.toMatch(/\bnpx\b/);
  });

  test('says why each package is there, in docs/decisions/0002', () => {
    const page = readFileSync(
      path.join(ROOT, 'docs/decisions/0002-versions-pinned-and-libraries.md'),
      'utf8',
    );
    expect(Object.keys(declared).filter((name) => !page.includes(`| ${name} `))).toEqual([]);
  });
});

describe('cdk.json', () => {
  const cdk = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8'));

  test('sets every feature flag that CDK recommends, except those that we explain', () => {
    expect(cdk.context).toEqual({
      ...recommendedFlags,
      // 'weak' renders references between stacks as Fn::GetStackOutput, which no other reader of templates knows.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      'cli-telemetry': false,
    });
  });

  test('reports nothing to anybody', () => {
    expect(cdk).toMatchObject({ versionReporting: false, notices: false });
  });
});
