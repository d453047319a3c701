import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * What a user's `cdk synth` does, with the real CDK command line and the built package: a check that cannot run must
 * never end in exit code 0.
 */
const ROOT = resolve(__dirname, '../..');
const CDK = join(ROOT, 'node_modules/aws-cdk/bin/cdk');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(command: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = folder) {
  const { CDK_OUTDIR: _, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd,
    env: { ...rest, CDK_VALIDATION: 'false', NODE_ENV: '', JEST_WORKER_ID: '', ...env },
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

/** Runs `cdk synth` on an app whose body is `body`; `plain(scope)` makes a listener in clear. */
function synth(body: string, args: readonly string[] = []) {
  const app = `
    const cdk = require(${JSON.stringify(join(ROOT, 'node_modules/aws-cdk-lib'))});
    const { TransmissionChecks } = require(${JSON.stringify(join(ROOT, 'dist/lib'))});
    const plain = (scope) => new cdk.CfnResource(scope, 'Listener', {
      type: 'AWS::ElasticLoadBalancingV2::Listener',
      properties: { LoadBalancerArn: 'lb', Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }] },
    });
    const app = new cdk.App();
    ${body}
  `;
  writeFileSync(join(folder, 'app.js'), app);
  return run([CDK, 'synth', '--quiet', '--no-notices', '--app', 'node app.js', ...args]);
}

const REGISTER = 'cdk.Validations.of(app).addPlugins(new TransmissionChecks(app));';

describe('cdk synth', () => {
  test('passes an app without faults', () => {
    const { status, output } = synth(
      `new cdk.CfnOutput(new cdk.Stack(app, 'Web'), 'O', { value: 'x' }); ${REGISTER}`,
    );
    expect([status, output]).toEqual([0, expect.not.stringContaining('ERROR')]);
  });

  test('fails on a fault, and prints rule, sentence and the line that made it', () => {
    const { status, output } = synth(`plain(new cdk.Stack(app, 'Web')); ${REGISTER}`);
    expect(status).toBe(1);
    expect(output).toMatch(/Protocol is HTTP/);
    expect(output).toMatch(/TransmissionChecks::TransmissionChecks-ListenerIsEncrypted/);
    expect(output).toMatch(/app\.js:\d+/);
  });

  test('names the line that made a pattern, though CDK nests deeper than the ten frames of V8', () => {
    const { output } = synth(`
      const vpc = new cdk.aws_ec2.Vpc(new cdk.Stack(app, 'Web'), 'Vpc', { natGateways: 0 });
      new cdk.aws_ecs_patterns.ApplicationLoadBalancedFargateService(vpc.stack, 'Service', { vpc, // the line
        taskImageOptions: { image: cdk.aws_ecs.ContainerImage.fromRegistry('registry.example.com/shop') },
        minHealthyPercent: 100,
      });
      ${REGISTER}
    `);
    const line =
      readFileSync(join(folder, 'app.js'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('// the line')) + 1;
    expect(output).toMatch(/TransmissionChecks-ListenerIsEncrypted/);
    expect(output).toContain(`app.js:${line}:`);
    expect(output).not.toMatch(/no user code/);
  });

  test('fails on an app that is made only of Stages, whose findings it does not select', () => {
    const { status, output } = synth(`plain(new cdk.Stack(new cdk.Stage(app, 'Prod'), 'Web')); ${REGISTER}`);
    expect(status).toBe(1);
    expect(output).toMatch(/1 error in stacks inside Stages \(Prod\/Web\)/);
  });

  test('fails on faults in a stack inside a stack and in a nested stack, also where only the outer one is selected', () => {
    const body = `
      const outer = new cdk.Stack(app, 'Outer');
      plain(new cdk.Stack(outer, 'Inner', { stackName: 'named-otherwise' }));
      plain(new cdk.NestedStack(outer, 'Nested'));
      ${REGISTER}
    `;
    const { status, output } = synth(body, ['Outer']);
    expect(status).toBe(1);
    expect(output).toMatch(/Outer\/Inner\/Listener/);
    expect(output).toMatch(/Outer\/Nested\/Listener/);
  });

  test('fails on a fault that the app has looked for by itself before', () => {
    const { status, output } = synth(`
      const stack = new cdk.Stack(app, 'Web');
      plain(stack);
      const checks = new TransmissionChecks(app);
      cdk.Validations.of(app).addPlugins(checks);
      checks.validateScope(stack);
      app.synth();
    `);
    expect(status).toBe(1);
    expect(output).toMatch(/Protocol is HTTP/);
  });

  test('fails when a rule throws', () => {
    const sabotage = `
      const { TRANSMISSION_PACK } = require(${JSON.stringify(join(ROOT, 'dist/lib/judge/packs/transmission'))});
      TRANSMISSION_PACK.rules.find(({ rule }) => rule.id === 'ListenerIsEncrypted').rule.judge = () => { throw new TypeError('boom'); };
    `;
    const { status, output } = synth(`${sabotage} plain(new cdk.Stack(app, 'Web')); ${REGISTER}`);
    expect(status).toBe(1);
    expect(output).toMatch(/not judged, the rule failed: boom/);
  });

  test('fails when a connector throws', () => {
    const sabotage = `
      const { CONNECTORS } = require(${JSON.stringify(join(ROOT, 'dist/lib/judge/hops/connectors'))});
      CONNECTORS.find(({ service }) => service === 'elbv2').facts = () => { throw new TypeError('boom'); };
    `;
    const { status, output } = synth(`${sabotage} plain(new cdk.Stack(app, 'Web')); ${REGISTER}`);
    expect(status).toBe(1);
    expect(output).toMatch(/connector elbv2 failed: boom/);
  });

  test('fails when the pack itself cannot run', () => {
    const sabotage = `
      const saboteur = { name: 'Saboteur', validate: ({ stackTemplates }) => {
        for (const { templatePath } of stackTemplates) require('fs').writeFileSync(templatePath, '{');
        return { success: true, violations: [] };
      } };
      cdk.Validations.of(app).addPlugins(saboteur);
    `;
    const { status, output } = synth(`new cdk.Stack(app, 'Web'); ${sabotage} ${REGISTER}`);
    expect(status).toBe(1);
    expect(output).toMatch(/TransmissionChecks could not judge the app/);
  });

  test('passes with warnings only', () => {
    const { status, output } = synth(`
      plain(new cdk.Stack(app, 'Web')).addPropertyOverride('Protocol', 'TLS');
      app.node.findChild('Web').node.findChild('Listener').addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-2-2021-06');
      app.node.findChild('Web').node.findChild('Listener').addPropertyOverride('DefaultActions', [{ Type: 'fixed-response' }]);
      ${REGISTER}
    `);
    expect(status).toBe(0);
    expect(output).toMatch(/WARNING/i);
  });
});

/** The files of a synthesis that say what is deployed. */
function written(directory: string): Record<string, string> {
  const names = readdirSync(directory).filter(
    (name) => name.endsWith('.json') && !/metadata|tree|validation/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

describe('the baseline', () => {
  test("has nothing that CDK's own validator of CloudFormation would change", () => {
    // A fault for that validator in a stack beside the baseline's shows that it ran.
    const app = `
      const { CfnResource, Stack } = require(${JSON.stringify(join(ROOT, 'node_modules/aws-cdk-lib'))});
      const { baselineApp } = require(${JSON.stringify(join(ROOT, 'dist/bin/baseline'))});
      const { context } = require(${JSON.stringify(join(ROOT, 'cdk.json'))});
      const postCliContext = { '@aws-cdk/core:failSynthOnValidationErrors': false };
      const { app } = baselineApp('secure-transmission.baseline.json', { context, postCliContext });
      new CfnResource(new Stack(app, 'Canary'), 'Queue', { type: 'AWS::SQS::Queue', properties: { Colour: 'red' } });
      const { directory } = app.synth();
      console.log(require('node:fs').readFileSync(directory + '/validation-report.json', 'utf8'));
    `;
    const { status, output } = run(
      ['-e', app],
      { CDK_VALIDATION: 'true', CDK_OUTDIR: join(folder, 'out') },
      ROOT,
    );
    expect(status).toBe(0);
    const { pluginReports } = JSON.parse(output) as {
      pluginReports: {
        pluginName: string;
        violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[];
      }[];
    };
    const found = pluginReports
      .filter(({ pluginName }) => !['TransmissionChecks', 'AwsSolutions'].includes(pluginName))
      .flatMap(({ violations }) =>
        violations.flatMap(({ violatingConstructs }) =>
          violatingConstructs.map((each) => each.constructPath),
        ),
      );
    expect([...new Set(found)]).toEqual(['Canary/Queue']);
  });

  test('is the same from npm start and from cdk synth, byte for byte', () => {
    const [cli, start] = [join(folder, 'cli'), join(folder, 'start')];
    const viaCli = run([CDK, 'synth', '--quiet', '--no-notices', '--output', cli], {}, ROOT);
    const viaStart = run(
      ['--enable-source-maps', join(ROOT, 'dist/bin/start.js')],
      { CDK_OUTDIR: start },
      ROOT,
    );
    expect([viaCli.status, viaStart.status]).toEqual([0, 0]);
    const files = written(cli);
    expect(
      Object.keys(files).filter((name) => name.endsWith('.template.json')).length,
    ).toBeGreaterThanOrEqual(3);
    expect(written(start)).toEqual(files);
  });

  test('with a wrong configuration is one line each and exit code 2, or 1 under cdk synth; cdk.out stays', () => {
    const configuration = join(folder, 'wrong.json');
    const outdir = join(folder, 'out');
    writeFileSync(configuration, JSON.stringify({ region: 'eu-west-99', zones: [] }));
    const start = [join(ROOT, 'dist/bin/start.js')];
    expect(run(start, { CDK_OUTDIR: outdir }, ROOT).status).toBe(0);
    const before = written(outdir);
    const env = { CDK_OUTDIR: outdir, SECURE_TRANSMISSION_CONFIG: configuration };
    const { status, output } = run(start, env, ROOT);
    expect(status).toBe(2);
    expect(output).toMatch(/domainName/);
    expect(output).toMatch(/eu-west-99/);
    expect(output).toMatch(/out: not touched, it holds an earlier synthesis/);
    expect(output).not.toMatch(/\n\s+at /);
    expect(written(outdir)).toEqual(before);
    const viaCli = run([CDK, 'synth', '--quiet', '--no-notices', '--output', outdir], env, ROOT);
    expect(viaCli.status).toBe(1);
    expect(viaCli.output).toMatch(/domainName/);
  });
});
