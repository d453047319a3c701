import { parseTemplate } from '../../lib/judge/load';
import type { ConstructTable } from '../../lib/judge/template';
import { relativeTo, sourcePlace, templatePlace } from '../../lib/report/place';
import { FOLDER, findingOf, LISTENER, resourcesOf } from './support';

function tableWith(...trace: readonly string[]): ConstructTable {
  return {
    pathOf: () => 'Shop/Listener/Resource',
    creationTrace: () => trace,
    acknowledged: () => new Map(),
  };
}

function placeOf(...trace: readonly string[]) {
  const resource = resourcesOf({ Listener: LISTENER }, { constructs: tableWith(...trace) })('Listener');
  return sourcePlace(resource, FOLDER);
}

describe('relativeTo', () => {
  test.each([
    ['/work/shop/cdk.out/Shop.template.json', 'cdk.out/Shop.template.json'],
    ['/work/other/a.json', '../other/a.json'],
    ['cdk.out', 'cdk.out'],
    ['./cdk.out/', 'cdk.out'],
    ['/work/shop', '.'],
  ])('%s becomes %s', (file, relative) => {
    expect(relativeTo(FOLDER, file)).toBe(relative);
  });
});

describe('the place in the source', () => {
  test.each([
    ['new Shop (/work/shop/lib/shop.ts:12:5)', 'lib/shop.ts', 12, 5],
    ['<anonymous> (/work/shop/app.js:3:1)', 'app.js', 3, 1],
    ['/work/shop/bin/app.ts:7:3', 'bin/app.ts', 7, 3],
    ['at /work/shop/bin/app.ts:7:3', 'bin/app.ts', 7, 3],
    ['Object.make [as build] (/work/shop (1)/a.ts:2:9)', '../shop (1)/a.ts', 2, 9],
    ['async build (file:///work/shop/a%20b.mjs:2:9)', 'a b.mjs', 2, 9],
  ])('is read from %s', (frame, file, line, column) => {
    expect(placeOf(frame)).toEqual({ file, line, column });
  });

  test.each([
    // As CDK 2.276 writes frames that name no function: a part of the column, or none of it.
    ['file:///work/shop/app.mjs:4 (:)', 'app.mjs', 4],
    ['file:///work/shop/app.mjs:4: (file:///work/shop/app.mjs:4:1)', 'app.mjs', 4],
    ['file:///work/shop/app.mjs:4:1 (file:///work/shop/app.mjs:4:12)', 'app.mjs', 4],
    ['async file:///work/shop/app.mjs:14 (:)', 'app.mjs', 14],
    // Other languages tell no column.
    ['build (/work/shop/app.py:12)', 'app.py', 12],
  ])('is read without a column from %s', (frame, file, line) => {
    expect(placeOf(frame)).toEqual({ file, line });
  });

  test.each([
    '/work/shop/node_modules/cdk-secure-transmission/dist/lib/constructs/load-balancer/index.js',
    '/work/shop/node_modules/.pnpm/helper@1.0.0/node_modules/helper/index.js',
    '/work/shop/.yarn/__virtual__/helper-virtual-1/0/cache/helper-npm-1.0.0.zip/index.js',
    'C:\\work\\shop\\node_modules\\helper\\index.js',
    '/work/shop/.venv/lib/python3.12/site-packages/aws_cdk/__init__.py',
    '/usr/lib/python3.12/runpy.py',
  ])('is never in %s', (file) => {
    expect(placeOf(`new Helper (${file}:1:2)`, 'main (/work/shop/bin/app.ts:3:1)')).toEqual({
      file: 'bin/app.ts',
      line: 3,
      column: 1,
    });
  });

  test('is the same for a file that a template of another system names', () => {
    expect(placeOf('new Shop (C:\\shop\\lib\\shop.ts:12:5)')).toEqual({
      file: 'C:/shop/lib/shop.ts',
      line: 12,
      column: 5,
    });
  });

  describe('of who assigned the property', () => {
    const MADE = 'new Shop (/work/shop/lib/shop.ts:12:5)';
    const placeWith = (path: string, ...assigned: readonly string[]) => {
      const constructs = {
        ...tableWith(MADE),
        assignmentTraces: (_: string, property: string) =>
          property === 'SslPolicy' ? assigned.map((frame) => ['...aws-cdk-lib...', frame]) : [],
      };
      const resource = resourcesOf({ Listener: LISTENER }, { constructs })('Listener');
      return sourcePlace(resource, FOLDER, path)?.line;
    };

    test('goes before the line that made the resource', () => {
      expect(placeWith('Properties.SslPolicy', MADE, 'x (/work/shop/lib/old.ts:30:1)')).toBe(30);
      expect(placeWith('Properties.SslPolicy.0', 'x (/work/shop/lib/old.ts:30:1)')).toBe(30);
    });

    test('does not where several lines did, or none that a user wrote', () => {
      expect(placeWith('Properties.SslPolicy', 'x (/work/shop/a.ts:30:1)', 'x (/work/shop/b.ts:31:1)')).toBe(
        12,
      );
      expect(placeWith('Properties.SslPolicy', 'x (/work/shop/node_modules/a.js:30:1)')).toBe(12);
      expect(placeWith('Properties.Port', 'x (/work/shop/a.ts:30:1)')).toBe(12);
      expect(placeWith('', 'x (/work/shop/a.ts:30:1)')).toBe(12);
    });
  });

  test('is the first frame of the user: no package, no node', () => {
    const frames = [
      '...aws-cdk-lib...',
      'new Helper (/work/shop/node_modules/helper/index.js:1:1)',
      'Module._compile (node:internal/modules/cjs/loader:1529:14)',
      'new Shop (/work/shop/lib/shop.ts:12:5)',
      'main (/work/shop/bin/app.ts:3:1)',
    ];
    expect(placeOf(...frames)).toEqual({ file: 'lib/shop.ts', line: 12, column: 5 });
  });

  test.each([
    '...node internals...',
    '(no user code in 10 frames, use --stack-trace-limit to capture more)',
    'stack traces disabled',
    'eval (<anonymous>:1:1)',
    'x (file://host%zz/a:1:2)',
    'relative/a.ts:1:2',
    '',
  ])('is not known from %j', (frame) => {
    expect(placeOf(frame)).toBeUndefined();
  });

  test('is not known without an assembly', () => {
    expect(sourcePlace(resourcesOf({ Listener: LISTENER })('Listener'), FOLDER)).toBeUndefined();
  });
});

describe('the place in the template', () => {
  const YAML = `Resources:
  Group:
    Type: AWS::RDS::DBParameterGroup
    Properties:
      Parameters:
        log_connections: "1"
        rds.force_ssl: "0"
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      DefaultActions:
        - Type: redirect
        - Type: forward
      Certificates: !If [X, [{ CertificateArn: a }], []]
`;
  const file = `${FOLDER}/cdk.out/shop.yaml`;

  function lineOf(logicalId: string, path: string, text = YAML) {
    const { json, locate } = parseTemplate(text, file);
    const app = resourcesOf(json.Resources as Record<string, never>, { json, locate, file });
    return templatePlace(findingOf({ resource: app(logicalId), path }), FOLDER);
  }

  test.each([
    ['Listener', 'Properties.DefaultActions.1.Type', 13],
    ['Group', 'Properties.Parameters.rds.force_ssl', 7],
    ['Listener', 'Properties.SslPolicy', 10],
    ['Listener', 'Properties.Certificates.0.CertificateArn', 14],
  ])('of %s %s is line %d: the property, or what it is missing from', (logicalId, path, line) => {
    expect(lineOf(logicalId, path)).toMatchObject({ file: 'cdk.out/shop.yaml', line });
  });

  test('is found where a key stands twice in JSON', () => {
    const twice = '{"Resources": {"A": {"Type": "AWS::SQS::Queue", "Type": "AWS::SQS::Queue"}}}';
    expect(lineOf('A', 'Properties', twice)).toEqual({ file: 'cdk.out/shop.yaml', line: 1, column: 16 });
  });

  test('is not known for a template that has no file', () => {
    expect(templatePlace(findingOf(), FOLDER)).toBeUndefined();
  });
});
