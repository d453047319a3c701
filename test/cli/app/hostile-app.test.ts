import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, workFolder, write } from '../support';

const NOW = ['--now', '2026-11-22'];

const LISTENER = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: 'any',
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }],
  },
};

const WAIVERS = {
  version: 1,
  waivers: [
    {
      rule: 'ListenerIsEncrypted',
      template: 'Shop',
      resource: 'Web',
      reason: 'The probe of the old data centre speaks HTTP only, as was agreed.',
      owner: 'team-web',
      ticket: 'SHOP-1',
      expires: '2026-12-31',
      compensatingControl: 'The security group lets in one address.',
      approvedBy: 'ciso@example.com',
    },
  ],
};

const KNOWN = {
  fingerprint: 'a',
};

/** An app that writes an assembly as CDK does, and runs other code as it pleases. */
function writeApp(folder: string, resources: object, code = ''): void {
  const artifacts = {
    Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } },
  };
  write(`${folder}/cdk.json`, { app: 'node app.js' });
  write(
    `${folder}/app.js`,
    [
      `const fs = require('node:fs'), out = process.env.CDK_OUTDIR;`,
      `fs.writeFileSync(out + '/manifest.json', ${JSON.stringify(JSON.stringify({ artifacts }))});`,
      `fs.writeFileSync(out + '/Shop.template.json', ${JSON.stringify(JSON.stringify({ Resources: resources }))});`,
      code,
    ].join('\n'),
  );
}

const environment = { ...process.env };

describe('an app that writes its excuse while it runs', () => {
  const excuse = (file: string) =>
    `fs.writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(WAIVERS))});`;

  test('is judged by the waivers that were there before', () => {
    writeApp('excused', { Web: LISTENER }, excuse('waivers.yaml'));
    write('excused/waivers.yaml', { version: 1, waivers: [] });
    const cwd = path.join(workFolder(), 'excused');
    const argv = ['check', '--waivers', 'waivers.yaml', ...NOW];
    expect(run(argv, { cwd, env: environment }).code).toBe(1);
    // The very file that it wrote holds where it was there before.
    expect(run(argv, { cwd, env: environment }).code).toBe(0);
  });

  test('cannot write that of BASE either, which would make the exemption an old one', () => {
    writeApp('base', { Net: { Type: 'AWS::EC2::VPC' } });
    write('base/waivers.yaml', { version: 1, waivers: [] });
    writeApp('head', { Web: LISTENER }, excuse('waivers.yaml') + excuse('../base/waivers.yaml'));
    write('head/waivers.yaml', WAIVERS);
    const cwd = path.join(workFolder(), 'head');
    const argv = ['diff', '../base', '.', '--base-folder', '../base', '--waivers', 'waivers.yaml', ...NOW];
    const { code, out } = run(argv, { cwd, env: environment });
    expect(out).toContain('! waiver added: ListenerIsEncrypted');
    expect(code).toBe(1);
    expect(readFileSync(path.join(workFolder(), 'base/waivers.yaml'), 'utf8')).toContain('SHOP-1');
  });
});

test('mistakes in files that accept findings are told before an app runs, which may take minutes', () => {
  writeApp('slow', { Web: LISTENER }, `fs.writeFileSync('ran', '');`);
  write('slow/known.json', KNOWN);
  const cwd = path.join(workFolder(), 'slow');
  const { code, err } = run(['check', '--known', 'known.json', ...NOW], { cwd, env: environment });
  expect([code, existsSync(path.join(cwd, 'ran'))]).toEqual([2, false]);
  expect(err).toContain('error: known.json');
});

test('what an app leaves running is ended with it', async () => {
  const late = path.join(workFolder(), 'late');
  rmSync(late, { force: true });
  const command = `sleep 2; touch ${JSON.stringify(late)}`;
  const spawned = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(command)}], { stdio: 'ignore' }).unref();`;
  writeApp('left', { Web: LISTENER }, spawned);
  expect(run(['check', 'left', ...NOW], { env: environment }).code).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(existsSync(late)).toBe(false);
});
