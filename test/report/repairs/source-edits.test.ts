import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { applyEdits } from '../../../lib/report/repair';
import { Repairs } from '../../../lib/report/repairs';
import { findingOf, resourcesOf, ruleNamed } from '../support';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-edits-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Shape {
  readonly file?: string;
  readonly path?: string;
  readonly trace?: string;
  /** Where the property was set, if elsewhere. */
  readonly assigned?: string;
}

/** The source after the repair of a bucket that denies nothing, made where `|` stands in the source. */
function repaired(
  marked: string,
  { file = 'lib/shop.ts', path = 'Shop/Data/Resource', ...shape }: Shape = {},
) {
  const at = marked.indexOf('|');
  const source = marked.replace('|', '');
  const lines = marked.slice(0, at).split('\n');
  const full = join(folder, file);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, source);
  const here = `${full}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  const { trace = `new Shop (${here})`, assigned } = shape;
  const resource = resourcesOf(
    { Data: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': path } } },
    {
      constructs: {
        pathOf: () => path,
        creationTrace: () => [trace],
        acknowledged: () => new Map(),
        ...(assigned === undefined ? {} : { assignmentTraces: () => [[assigned.replace('FILE', full)]] }),
      },
    },
  )('Data');
  const finding = findingOf({
    rule: ruleNamed('BucketBlocksPublicAccess'),
    resource,
    path: 'Properties.PublicAccessBlockConfiguration.BlockPublicAcls',
  });
  const repair = new Repairs(folder).of(finding);
  return repair === undefined ? undefined : applyEdits(source, repair.edits);
}

const NAMESPACE = "import * as s3 from 'aws-cdk-lib/aws-s3';\n";
const BLOCKED = 'blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL';

describe('an edit of a call', () => {
  test.each<[string, string, string]>([
    ['adds the properties', "|new s3.Bucket(this, 'Data');", `new s3.Bucket(this, 'Data', { ${BLOCKED} });`],
    [
      'adds a line, as the others are',
      "|new s3.Bucket(this, 'Data', {\n  versioned: true,\n});",
      `new s3.Bucket(this, 'Data', {\n  versioned: true,\n  ${BLOCKED},\n});`,
    ],
    [
      'adds to one line',
      "const b = |new s3.Bucket(this, 'Data', { versioned: true });",
      `const b = new s3.Bucket(this, 'Data', { versioned: true, ${BLOCKED} });`,
    ],
    [
      'keeps the line ends of Windows',
      "|new s3.Bucket(this, 'Data', {\r\n\tversioned: true\r\n});",
      `new s3.Bucket(this, 'Data', {\r\n\tversioned: true,\r\n\t${BLOCKED}\r\n});`,
    ],
    [
      'replaces a constant of the CDK',
      "|new s3.Bucket(this, 'Data', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS });",
      `new s3.Bucket(this, 'Data', { ${BLOCKED} });`,
    ],
    [
      'replaces undefined',
      "|new s3.Bucket(this, 'Data', { 'blockPublicAccess': undefined });",
      `new s3.Bucket(this, 'Data', { 'blockPublicAccess': s3.BlockPublicAccess.BLOCK_ALL });`,
    ],
    [
      'comes after what is spread',
      "|new s3.Bucket(this, 'Data', { ...common });",
      `new s3.Bucket(this, 'Data', { ...common, ${BLOCKED} });`,
    ],
    [
      'tells two calls on one line apart',
      "new s3.Bucket(this, 'Logs'); |new s3.Bucket(this, 'Data');",
      `new s3.Bucket(this, 'Logs'); new s3.Bucket(this, 'Data', { ${BLOCKED} });`,
    ],
  ])('%s', (_, before, after) => {
    expect(repaired(NAMESPACE + before)).toBe(NAMESPACE + after);
  });

  test.each<[string, string]>([
    ['a named import, which then names more', "import { Bucket } from 'aws-cdk-lib/aws-s3';"],
    ['a named import under another name', "import { Bucket as Bucket } from 'aws-cdk-lib/aws-s3';"],
    ['require(), which then names more', "const { Bucket } = require('aws-cdk-lib/aws-s3');"],
  ])('takes the name from %s', (_, line) => {
    const after = repaired(`${line}\n|new Bucket(this, 'Data');`);
    expect(after).toContain('{ blockPublicAccess: BlockPublicAccess.BLOCK_ALL }');
    expect(after?.split('\n')[0]).toMatch(/Bucket, BlockPublicAccess \}/);
  });

  test.each<[string, string, string]>([
    ['one of the package', "import { aws_s3 } from 'aws-cdk-lib';", 'aws_s3'],
    ['the package itself', "import * as cdk from 'aws-cdk-lib';", 'cdk.aws_s3'],
    ['import = require()', "import s3 = require('aws-cdk-lib/aws-s3');", 's3'],
    ['what a compiler makes of an import', "const aws_s3_1 = require('aws-cdk-lib/aws-s3');", 'aws_s3_1'],
  ])('takes the name from a whole module: %s', (_, line, name) => {
    expect(repaired(`${line}\n|new ${name}.Bucket(this, 'Data');`)).toBe(
      `${line}\nnew ${name}.Bucket(this, 'Data', { blockPublicAccess: ${name}.BlockPublicAccess.BLOCK_ALL });`,
    );
  });
});

describe('no edit is made', () => {
  test.each<[string, string]>([
    ['where properties come from elsewhere', "|new s3.Bucket(this, 'Data', props);"],
    [
      'where the value comes from elsewhere',
      "|new s3.Bucket(this, 'Data', { blockPublicAccess: props.block });",
    ],
    ['where the value is worked out', "|new s3.Bucket(this, 'Data', { blockPublicAccess: isOpen ? a : b });"],
    ['where the value has the name of the property', "|new s3.Bucket(this, 'Data', { blockPublicAccess });"],
    [
      'where a spread comes after the property',
      "|new s3.Bucket(this, 'Data', { blockPublicAccess: undefined, ...common });",
    ],
    ['where the id is worked out', '|new s3.Bucket(this, `${name}`);'],
    ['where the id is another', "|new s3.Bucket(this, 'Other');"],
    ['where arguments are spread', '|new s3.Bucket(...args);'],
    ['where another class of that name is meant', "|new mine.Bucket(this, 'Data');"],
    ['where the class is not one that is known', "|new s3.CfnAccessPoint(this, 'Data', {});"],
    ['where the file is not what its name says', "|new s3.Bucket(this, 'Data'"],
  ])('%s', (_, source) => {
    expect(repaired(NAMESPACE + source)).toBeUndefined();
  });

  test('where the name that it needs means something else already', () => {
    const source =
      "import { Bucket } from 'aws-cdk-lib/aws-s3';\nclass BlockPublicAccess {}\n|new Bucket(this, 'Data');";
    expect(repaired(source)).toBeUndefined();
  });

  test('where the class comes from another package', () => {
    expect(repaired("import { Bucket } from './bucket';\n|new Bucket(this, 'Data');")).toBeUndefined();
  });

  test('where another line set the property', () => {
    const assigned = 'Shop.harden (FILE:1:1)';
    expect(repaired(`${NAMESPACE}|new s3.Bucket(this, 'Data');`, { assigned })).toBeUndefined();
  });

  test('in what a compiler wrote', () => {
    writeFileSync(join(folder, 'shop.ts'), '');
    const source = `const s3 = require('aws-cdk-lib/aws-s3');\n|new s3.Bucket(this, 'Data');`;
    expect(repaired(source, { file: 'shop.js' })).toBeUndefined();
    expect(repaired(source, { file: 'other.js' })).toContain('BLOCK_ALL');
  });

  test('in a source that is no script', () => {
    expect(repaired(`${NAMESPACE}|new s3.Bucket(this, 'Data');`, { file: 'shop.py' })).toBeUndefined();
  });

  test('where the installed CDK does not have the name', () => {
    rmSync(join(folder, 'node_modules'));
    const declared = join(folder, 'node_modules', 'aws-cdk-lib', 'aws-s3', 'lib');
    mkdirSync(declared, { recursive: true });
    writeFileSync(join(declared, 'bucket.d.ts'), 'export declare class Bucket {}');
    expect(repaired(`${NAMESPACE}|new s3.Bucket(this, 'Data');`)).toBeUndefined();
  });

  test('outside of the working folder, whatever leads there', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    const source = `${NAMESPACE}new s3.Bucket(this, 'Data');`;
    writeFileSync(join(outside, 'shop.ts'), source);
    symlinkSync(join(outside, 'shop.ts'), join(folder, 'linked.ts'));
    for (const file of [join(outside, 'shop.ts'), join(folder, 'linked.ts')]) {
      expect(
        repaired(`${NAMESPACE}|new s3.Bucket(this, 'Data');`, { trace: `new Shop (${file}:2:1)` }),
      ).toBeUndefined();
    }
    rmSync(outside, { recursive: true });
  });

  test('in a file that is too large, too deep, or no text', () => {
    const call = `${NAMESPACE}|new s3.Bucket(this, 'Data');\n`;
    expect(repaired(call + ' '.repeat(1024 * 1024))).toBeUndefined();
    expect(repaired(call + '['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
    expect(repaired(`${call}// \u0000`)).toBeUndefined();
    expect(repaired(`${call}// \uFFFD`)).toBeUndefined();
  });
});
