import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { inOrder, readDeployment } from '../../lib/preflight/deployment';
import { deployed, lines } from './support';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'preflight-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function synthesised(build: (app: App) => void) {
  const app = new App({ outdir: folder });
  build(app);
  app.synth();
  return readDeployment(folder);
}

function bucketIn(stack: Stack): Bucket {
  return new Bucket(stack, 'Bucket');
}

describe('what the manifest says', () => {
  test('is told for stacks and for those of Stages, with their environments', () => {
    const stacks = synthesised((app) => {
      const env = { account: '111122223333', region: 'eu-west-1' };
      bucketIn(new Stack(app, 'Shop', { env, terminationProtection: true, stackName: 'the-shop' }));
      bucketIn(new Stack(new Stage(app, 'Prod'), 'Shop'));
    });
    const byName = [...stacks].sort((one, other) => (one.name < other.name ? 1 : -1));
    expect(byName).toMatchObject([
      {
        name: 'Shop',
        stackName: 'the-shop',
        account: '111122223333',
        region: 'eu-west-1',
        terminationProtection: true,
      },
      { name: 'Prod/Shop', stackName: 'Prod-Shop', terminationProtection: false },
    ]);
    expect(byName[1]).not.toHaveProperty('region');
    expect(byName[1]).not.toHaveProperty('account');
  });

  test('tells the roles: those that are assumed, with the publisher of assets, and the one that executes', () => {
    const [stack] = synthesised((app) => {
      const shop = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
      new Asset(shop, 'File', { path: __filename });
      bucketIn(shop);
    });
    const names = (stack?.assumed ?? []).map((arn) => /cdk-hnb659fds-(.*)-role/.exec(arn)?.[1]);
    expect(names.sort()).toEqual(['deploy', 'file-publishing', 'lookup']);
    expect(stack?.execution).toContain('cdk-hnb659fds-cfn-exec-role');
    expect(stack?.bootstrap).toEqual({ version: 6, parameter: '/cdk-bootstrap/hnb659fds/version' });
  });

  test('is refused where it is no JSON', () => {
    writeFileSync(path.join(folder, 'manifest.json'), '{');
    expect(() => readDeployment(folder)).toThrow(
      'manifest.json: is not readable JSON, synthesise the app again (cdk synth)',
    );
  });

  test('does not lead out of the folder', () => {
    const inner = path.join(folder, 'cdk.out');
    mkdirSync(inner);
    const roles = { files: { a: { destinations: { b: { assumeRoleArn: 'arn:x:role/stolen' } } } } };
    writeFileSync(path.join(folder, 'outside.json'), JSON.stringify(roles));
    const artifacts = {
      'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: '../outside.json' } },
      Shop: { type: 'aws:cloudformation:stack', dependencies: ['Shop.assets'], properties: {} },
    };
    writeFileSync(path.join(inner, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(readDeployment(inner)).toMatchObject([{ name: 'Shop', assumed: [] }]);
  });
});

describe('the order', () => {
  const orderOf = (stacks: Parameters<typeof inOrder>[0]) => {
    const { found, obstacles } = inOrder(stacks, () => 1);
    return { names: found.map(({ step, name }) => `${step} ${name}`), obstacles: lines(obstacles) };
  };

  test('is that of the manifest, but each stack comes after those that it needs', () => {
    const stacks = [
      deployed('Edge', { after: ['Entry'] }),
      deployed('Dns'),
      deployed('Entry', { after: ['Dns'] }),
    ];
    expect(orderOf(stacks)).toEqual({ names: ['1 Dns', '2 Entry', '3 Edge'], obstacles: [] });
  });

  test('does not exist in a circle, which is said once', () => {
    const stacks = [deployed('A', { after: ['B'] }), deployed('B', { after: ['A'] })];
    expect(orderOf(stacks).obstacles).toEqual([
      'blocks order A, B: these stacks depend on each other in a circle, so that none of them can be the first',
    ]);
  });
});
