import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  App as CdkApp,
  NestedStack,
  Stack,
  Stage,
  aws_s3 as s3,
  aws_sam as sam,
  Validations,
} from 'aws-cdk-lib';
import { isTransmissionError } from '../../../lib/core/errors';
import { loadAssembly, loadTarget } from '../../../lib/judge/load';
import { App } from '../../../lib/judge/template';
import { sourcePlace } from '../../../lib/report/place';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The message of the error that a call must end in. */
function complaint(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    return `${error.code} ${error.message}`;
  }
  return 'no error';
}

describe('a cloud assembly', () => {
  const synthesise = (build: (app: CdkApp) => void) => {
    const app = new CdkApp({ outdir: folder, context: { 'aws:cdk:enable-asset-metadata': true } });
    build(app);
    app.synth();
    return loadAssembly(folder);
  };

  test('gives stacks, nested stacks and the stacks of Stages, each with its region', () => {
    const sources = synthesise((app) => {
      const top = new Stack(app, 'Top', { env: { region: 'eu-west-1' } });
      new s3.Bucket(new NestedStack(top, 'Inner'), 'Bucket');
      new s3.Bucket(new Stack(new Stage(app, 'Prod'), 'InStage'), 'Bucket');
    });
    const found = sources.map(({ name, stackName, region, parent }) => ({
      name,
      stackName,
      region,
      nested: parent !== undefined,
    }));
    expect(found).toEqual([
      { name: 'Prod/InStage', stackName: 'Prod-InStage', region: undefined, nested: false },
      { name: 'Top', stackName: 'Top', region: 'eu-west-1', nested: false },
      { name: expect.stringMatching(/^Top\/Inner/), stackName: undefined, region: 'eu-west-1', nested: true },
    ]);
    expect(new App(sources).resourcesOfType('AWS::S3::Bucket').length).toBe(2);
  });

  test('tells the construct and the source line behind a resource, in nested stacks too', () => {
    const sources = synthesise((app) => {
      const top = new Stack(app, 'Top');
      new s3.Bucket(top, 'Outer');
      new s3.Bucket(new NestedStack(top, 'Inner'), 'Bucket');
    });
    const buckets = new App(sources).resourcesOfType('AWS::S3::Bucket');
    expect(buckets.map(({ constructPath }) => constructPath)).toEqual([
      'Top/Outer/Resource',
      'Top/Inner/Bucket/Resource',
    ]);
    for (const { template, constructPath = '' } of buckets) {
      const trace = template.source.constructs?.creationTrace(constructPath) ?? [];
      expect(trace.join('\n')).toMatch(/assembly\.test\.ts:\d+/);
    }
  });

  test('tells what is acknowledged on a construct or above it', () => {
    const sources = synthesise((app) => {
      const top = new Stack(app, 'Top');
      new s3.Bucket(top, 'Outer');
      Validations.of(top).acknowledge({ id: 'Pack::Pack-Rule', reason: 'because' });
    });
    const acknowledged = sources[0]?.constructs?.acknowledged('Top/Outer/Resource');
    expect([...(acknowledged ?? [])]).toContainEqual(['Pack::Pack-Rule', 'because']);
  });

  test('does not judge the templates of removed stacks, which CDK leaves in the folder', () => {
    synthesise((app) => new s3.Bucket(new Stack(app, 'Gone'), 'Bucket'));
    const sources = synthesise((app) => new s3.Bucket(new Stack(app, 'Here'), 'Bucket'));
    expect(sources.map(({ name }) => name)).toEqual(['Here']);
  });

  test('that leads out of its folder is refused', () => {
    const artifacts = {
      S: { type: 'aws:cloudformation:stack', properties: { templateFile: '../../etc/passwd' } },
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(complaint(() => loadAssembly(folder))).toMatch(/^UnreadableAssembly .*lies outside of it/);
  });

  test('that holds itself is refused', () => {
    const artifacts = { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(complaint(() => loadAssembly(folder))).toMatch(/^UnreadableAssembly .*deeper than 10 levels/);
  });

  describe('with nested stacks', () => {
    const nested = (...files: string[]) => ({
      Resources: Object.fromEntries(
        files.map((file, i) => [
          `N${i}`,
          { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file } },
        ]),
      ),
    });
    const write = (templates: Record<string, object>) => {
      const artifacts = { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 's.json' } } };
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
      for (const [name, json] of Object.entries(templates))
        writeFileSync(join(folder, name), JSON.stringify(json));
    };

    test('takes the template that the URL leads to, whatever the metadata says', () => {
      const digest = 'a'.repeat(64);
      const stack = (TemplateURL: unknown) => ({
        Resources: {
          N: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { TemplateURL },
            Metadata: { 'aws:asset:path': 'harmless.json' },
          },
        },
      });
      const artifacts = {
        S: { type: 'aws:cloudformation:stack', properties: { templateFile: 's.json' } },
        A: { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } },
      };
      const filesWith = (TemplateURL: unknown) => {
        write({
          's.json': stack(TemplateURL),
          'harmless.json': { Resources: { H: { Type: 'AWS::IAM::Role' } } },
          'deployed.json': { Resources: { D: { Type: 'AWS::SNS::Topic' } } },
          'S.assets.json': { files: { [digest]: { source: { path: 'deployed.json' } } } },
        });
        writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
        return loadAssembly(folder).map(({ file = '' }) => basename(file));
      };
      expect(filesWith({ 'Fn::Sub': `https://s3.any/${digest}.json` })).toEqual(['s.json', 'deployed.json']);
      // Nobody knows what is there.
      expect(filesWith('https://example.com/t.json')).toEqual(['s.json']);
      // What an old CDK writes names digests of parameters only.
      expect(filesWith({ 'Fn::Join': ['', ['https://', { Ref: 'Bucket' }]] })).toEqual([
        's.json',
        'harmless.json',
      ]);
    });

    test('that hold themselves ends', () => {
      write({ 's.json': nested('n.json'), 'n.json': nested('n.json', 'n.json') });
      expect(loadAssembly(folder).map(({ name }) => name)).toEqual(['S', 'S/N0']);
    });

    test('that multiply is refused', () => {
      const letters = [...'abcdefg'];
      const rows = letters.map((letter, i): [string, object] => {
        const next = letters[i + 1];
        const below = next === undefined ? [] : Array(10).fill(`${next}.json`);
        return [
          `${letter}.json`,
          below.length === 0 ? { Resources: { B: { Type: 'A::B::C' } } } : nested(...below),
        ];
      });
      write({ 's.json': nested('a.json'), ...Object.fromEntries(rows) });
      expect(complaint(() => loadAssembly(folder))).toMatch(/UnreadableAssembly .*more than 1000 stacks/);
    });
  });

  test('whose manifest is broken is one clear error', () => {
    writeFileSync(join(folder, 'manifest.json'), '{');
    expect(complaint(() => loadTarget(folder))).toMatch(
      /UnreadableAssembly .*manifest.json: is not a readable manifest, synthesise/,
    );
  });

  test('whose template is missing is one clear error', () => {
    const artifacts = {
      S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' } },
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(complaint(() => loadTarget(folder))).toMatch(/TargetNotFound .*S.template.json: does not exist/);
  });
});

describe('an assembly that lacks the results of look-ups', () => {
  const missing = (...keys: readonly string[]) => keys.map((key) => ({ key, provider: 'x', props: {} }));
  const manifest = (below: string, content: object) => {
    mkdirSync(join(folder, below), { recursive: true });
    writeFileSync(join(folder, below, 'manifest.json'), JSON.stringify({ version: '55.0.0', ...content }));
  };

  test('is refused, with what it lacks, in Stages too', () => {
    const artifacts = { inner: { type: 'cdk:cloud-assembly', properties: { directoryName: 'inner' } } };
    manifest('.', { artifacts, missing: missing('vpc', 'ami') });
    manifest('inner', { artifacts: {}, missing: missing('ami', 'b', 'c') });
    expect(complaint(() => loadAssembly(folder))).toBe(
      `MissingContext ${folder}: lacks the results of look-ups: "ami", "b", "c" and 1 others, cdk.context.json must hold them, run cdk synth with credentials and check cdk.context.json in`,
    );
  });

  test('is none where the list is empty', () => {
    manifest('.', { artifacts: {}, missing: [] });
    expect(loadAssembly(folder)).toEqual([]);
  });
});

describe('the metadata of an assembly', () => {
  const tableOf = (...entries: readonly object[]) => {
    const artifact = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'S.template.json' },
      additionalMetadataFile: 'S.metadata.json',
    };
    const write = (file: string, content: object) =>
      writeFileSync(join(folder, file), JSON.stringify(content));
    write('manifest.json', { version: '55.0.0', artifacts: { S: artifact } });
    write('S.template.json', { Resources: { Web: { Type: 'AWS::S3::Bucket' } } });
    write('S.metadata.json', { '/S/Web': entries });
    return loadAssembly(folder)[0]?.constructs;
  };

  test('tells who assigned a property, as a synthesis with CDK_DEBUG writes it', () => {
    const assignment = (propertyName: string, ...stackTrace: readonly string[]) => ({
      type: 'aws:cdk:propertyAssignment',
      data: { propertyName, stackTrace },
    });
    const table = tableOf(assignment('A', 'one', 'two'), assignment('B', 'three'), assignment('A', 'four'));
    expect(table?.assignmentTraces?.('S/Web', 'A')).toEqual([['one', 'two'], ['four']]);
    expect(table?.assignmentTraces?.('S/Web', 'C')).toEqual([]);
    expect(table?.assignmentTraces?.('S/Other', 'A')).toEqual([]);
  });

  test('tells it of a real synthesis', () => {
    const before = process.env.CDK_DEBUG;
    process.env.CDK_DEBUG = 'true';
    try {
      const app = new CdkApp({ outdir: folder });
      const bucket = new s3.CfnBucket(new Stack(app, 'S'), 'Web');
      bucket.addPropertyOverride('BucketName', 'x');
      app.synth();
    } finally {
      if (before === undefined) delete process.env.CDK_DEBUG;
      else process.env.CDK_DEBUG = before;
    }
    const [trace] = loadAssembly(folder)[0]?.constructs?.assignmentTraces?.('S/Web', 'BucketName') ?? [];
    expect(trace?.join()).toContain('assembly.test.ts');
  });

  // As aws-cdk-lib 2.100.0 writes it, with CDK_DEBUG.
  test('of an older CDK stands in the manifest, the stack in the entry of the logical id', () => {
    const trace = ['new Shop (/work/shop/lib/shop.ts:12:5)'];
    const artifact = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'S.template.json' },
      metadata: { '/S/Web': [{ type: 'aws:cdk:logicalId', data: 'Web', trace }] },
    };
    const write = (file: string, content: object) =>
      writeFileSync(join(folder, file), JSON.stringify(content));
    write('manifest.json', { version: '34.0.0', artifacts: { S: artifact } });
    write('S.template.json', { Resources: { Web: { Type: 'AWS::S3::Bucket' } } });
    const [source] = loadAssembly(folder);
    expect(source?.constructs?.pathOf('Web')).toBe('S/Web');
    expect(source?.constructs?.creationTrace('S/Web')).toEqual(trace);
  });
});

test('what SAM makes of a construct stands below it: its line, its path and what is acknowledged on it', () => {
  const app = new CdkApp({ outdir: folder, context: { 'aws:cdk:enable-asset-metadata': true } });
  const stack = new Stack(app, 'Shop');
  stack.addTransform('AWS::Serverless-2016-10-31');
  const construct = new sam.CfnFunction(stack, 'Fn', { functionUrlConfig: { authType: 'NONE' } });
  Validations.of(construct).acknowledge({ id: 'Pack::Pack-Rule', reason: 'because' });
  app.synth();
  const [url] = new App(loadAssembly(folder)).resourcesOfType('AWS::Lambda::Url');
  expect(url?.constructPath).toBe('Shop/Fn/FnUrl');
  const constructs = url?.template.source.constructs;
  expect([...(constructs?.acknowledged('Shop/Fn/FnUrl') ?? [])]).toContainEqual([
    'Pack::Pack-Rule',
    'because',
  ]);
  const place = url && sourcePlace(url, process.cwd(), 'Properties.AuthType');
  expect(place?.file).toBe('test/judge/load/assembly.test.ts');
});
