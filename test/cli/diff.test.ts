import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { multitoolOn } from '../report/multitool';
import { type Result, run, workFolder, write } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

const NOW = ['--now', '2026-11-22'];

function readJson(file: string) {
  return JSON.parse(readFileSync(path.resolve(__dirname, '../..', file), 'utf8'));
}

const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(
  readJson('schemas/diff-report.schema.json'),
);

/** A listener with a TLS policy, or in clear. */
function listener(sslPolicy: string | undefined, more: object = {}): object {
  const tls = sslPolicy === undefined ? { Protocol: 'HTTP' } : { Protocol: 'HTTPS', SslPolicy: sslPolicy };
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: 'any', Port: 443, ...tls, DefaultActions: ACTIONS, ...more },
  };
}

const ACTIONS = [{ Type: 'forward', TargetGroupArn: 'any' }];

const TLS13 = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
const TLS12 = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
const TLS10 = 'ELBSecurityPolicy-2016-08';

let number = 0;

/** Compares two templates under a folder of their own. */
function diff(base: object, head: object, argv: readonly string[] = []): Result {
  number += 1;
  write(`${number}/base.json`, base);
  write(`${number}/head.json`, head);
  return run(['diff', `${number}/base.json`, `${number}/head.json`, ...NOW, ...argv]);
}

function reportOf(base: object, head: object, argv: readonly string[] = []) {
  const { out, err, code } = diff(base, head, [...argv, '--format', 'json']);
  expect(err).toBe('');
  const report = JSON.parse(out);
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  expect(report.exitCode).toBe(code);
  const names = (state: string) =>
    report.findings
      .filter((finding: { state: string }) => finding.state === state)
      .map((finding: { rule: string; logicalId: string }) => `${finding.rule} ${finding.logicalId}`);
  return { code, report, new: names('new'), fixed: names('fixed'), unchanged: names('unchanged') };
}

const template = (Resources: object, more: object = {}) => ({ Resources, ...more });

const NOTHING = template({ Net: { Type: 'AWS::EC2::VPC' } });

describe('the exit code', () => {
  const clear = template({ Web: listener(undefined) });
  const tls = template({ Web: listener(TLS13) });
  const failing = template({ Explodes: listener(TLS13) });

  test.each([
    ['0 where nothing differs', clear, clear, [], 0],
    ['1 where a finding is new', tls, clear, [], 1],
    ['0 where one is fixed', clear, tls, [], 0],
    ['0 where what is new is lighter', NOTHING, template({ Web: listener(TLS12) }), [], 0],
    [
      '1 where it is as grave as asked for',
      NOTHING,
      template({ Web: listener(TLS12) }),
      ['--fail-on', 'info'],
      1,
    ],
    [
      '1 where a hop is weaker, at the level asked for',
      tls,
      template({ Web: listener(TLS12) }),
      ['--fail-on', 'warning'],
      1,
    ],
    ['1 where TLS goes below 1.2, whatever rules say', tls, template({ Web: listener(TLS10) }), [], 1],
    ['3 where HEAD could not be checked', tls, failing, [], 3],
    ['0 where BASE could not, and HEAD is fine', failing, tls, [], 0],
  ])('is %s', (_, base, head, argv, code) => {
    const result = diff(base as object, head as object, argv);
    expect({ code: result.code, err: result.err }).toEqual({ code, err: '' });
  });

  test.each([
    [
      'one operand',
      ['diff', 'a.json'],
      'error: diff: needs <base> <head>, write secure-transmission diff <base> <head>\n',
    ],
    ['a base that does not exist', ['diff', 'gone.json', 'gone.json'], /^error: gone\.json: does not exist/],
    [
      'a side that is none',
      ['diff', 'a', 'b', '--exemptions-from', 'BASE'],
      /^error: --exemptions-from: is "BASE", it must be one of head, base/,
    ],
    [
      'a base folder that does not exist',
      ['diff', 'a', 'b', '--base-folder', 'gone'],
      'error: --base-folder gone: does not exist, it must be the working folder of BASE, check BASE out there\n',
    ],
  ])('is 2 for %s', (_, argv, message) => {
    const { code, err, out } = run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('findings', () => {
  test('are new, fixed and unchanged', () => {
    const { report, ...found } = reportOf(
      template({ A: listener(undefined), B: listener(undefined) }),
      template({ B: listener(undefined), C: listener(undefined, { Port: 80 }), A: listener(TLS13) }),
    );
    expect(found).toEqual({
      code: 1,
      new: ['ListenerIsEncrypted C'],
      fixed: ['ListenerIsEncrypted A'],
      unchanged: ['ListenerIsEncrypted B'],
    });
    expect(report.counts).toMatchObject({ new: { error: 1 }, fixed: 1, unchanged: 1 });
  });

  test('of a resource that has another name only are unchanged, and say the name', () => {
    const { report, ...found } = reportOf(
      template({ Web: listener(undefined) }),
      template({ Shop: listener(undefined) }),
    );
    expect(found).toEqual({ code: 0, new: [], fixed: [], unchanged: ['ListenerIsEncrypted Shop'] });
    expect(report.findings[0]).toMatchObject({ renamedFrom: 'head/Web' });
  });

  test('of a resource that has another name and another content are new', () => {
    const found = reportOf(
      template({ Web: listener(undefined) }),
      template({ Shop: listener(undefined, { Port: 80 }) }),
    );
    expect(found).toMatchObject({
      code: 1,
      new: ['ListenerIsEncrypted Shop'],
      fixed: ['ListenerIsEncrypted Web'],
    });
  });

  test('that got graver are new, and say what they were', () => {
    const hidden = template(
      { Web: listener(undefined, { Protocol: { Ref: 'P' } }) },
      { Parameters: { P: { Type: 'String' } } },
    );
    const { report, ...found } = reportOf(hidden, template({ Web: listener(undefined) }));
    expect(found).toMatchObject({ code: 1, new: ['ListenerIsEncrypted Web'] });
    expect(report.findings[0].before).toEqual({ level: 'error', verdict: 'unknown' });
  });
});

describe('what is weaker', () => {
  const weakened = (base: object, head: object) =>
    reportOf(base, head).report.weakened.map(
      ({ aspect, level, before, after }: Record<string, string>) =>
        `${level} ${aspect}: ${before} -> ${after}`,
    );

  test('is told where a TLS floor is lowered, though no rule finds it', () => {
    expect(weakened(template({ Web: listener(TLS13) }), template({ Web: listener(TLS12) }))).toEqual([
      'warning TLS version: TLSv1.3 or newer -> TLSv1.2 or newer',
    ]);
  });

  test('is told where a resource goes by another name as well', () => {
    const head = template({ Shop: listener(TLS10) });
    expect(weakened(template({ Web: listener(TLS13) }), head)).toContain(
      'error TLS version: TLSv1.3 or newer -> TLSv1.0 or newer',
    );
  });

  test('is told where a listener has another port as well', () => {
    const head = template({ Web: listener(TLS12, { Port: 8443 }) });
    expect(weakened(template({ Web: listener(TLS13) }), head)).toHaveLength(1);
  });

  test('is nothing where it got better, or is not known', () => {
    expect(weakened(template({ Web: listener(TLS12) }), template({ Web: listener(TLS13) }))).toEqual([]);
    expect(weakened(template({ Web: listener(TLS13) }), template({ Web: listener('Unheard-Of') }))).toEqual(
      [],
    );
  });

  const log = (properties: object) =>
    template({ Log: { Type: 'AWS::Logs::LogGroup', Properties: properties } });

  test.each([
    [
      'a key of AWS for one of the customer',
      { KmsKeyId: 'arn:x', RetentionInDays: 30 },
      { RetentionInDays: 30 },
      'encryption at rest',
    ],
    ['a shorter retention', { RetentionInDays: 365 }, { RetentionInDays: 30 }, 'retention'],
    ['a retention without end', { RetentionInDays: 365 }, {}, 'retention'],
  ])('is %s', (_, base, head, aspect) => {
    const { report, code } = reportOf(log(base), log(head));
    expect(report.weakened).toMatchObject([{ aspect, level: 'warning', logicalId: 'Log' }]);
    expect(code).toBe(0);
  });
});

const WAIVER = {
  rule: 'ListenerIsEncrypted',
  resource: 'Web',
  reason: 'A probe of the old data centre speaks HTTP only.',
  owner: 'team-web',
  ticket: 'SHOP-12',
  expires: '2026-12-31',
  compensatingControl: 'The security group lets in one address.',
  approvedBy: 'ciso@example.com',
};

function waived(resources: object, ...waivers: readonly object[]) {
  return template(resources, { Metadata: { SecureTransmissionWaivers: waivers } });
}

describe('an exemption', () => {
  const clear = { Web: listener(undefined) };
  const tls = { Web: listener(TLS13) };
  const changes = (base: object, head: object, argv: readonly string[] = []) => {
    const { report, code } = reportOf(base, head, argv);
    return {
      code,
      exemptions: report.exemptions.map(
        ({ kind, change, about, fails }: Record<string, unknown>) =>
          `${kind} ${change}: ${about}${fails ? ' !' : ''}`,
      ),
    };
  };

  test('that comes with its fault fails, though the finding does not count', () => {
    const { report, code } = reportOf(template(tls), waived(clear, WAIVER));
    expect(code).toBe(1);
    expect(report.findings[0]).toMatchObject({ state: 'new', suppressed: { owner: 'team-web' } });
    expect(report.exemptions).toEqual([
      {
        kind: 'waiver',
        change: 'added',
        about: 'ListenerIsEncrypted on Web',
        after: 'until 2026-12-31',
        reason: WAIVER.reason,
        owner: 'team-web',
        fails: true,
      },
    ]);
  });

  test('that was there before lets the fault pass, which is told', () => {
    const { code, out } = diff(waived(tls, WAIVER), waived(clear, WAIVER), []);
    expect(code).toBe(0);
    expect(out).toContain('new, and accepted\n  error  ListenerIsEncrypted on head/Web\n');
    expect(out).toMatch(
      /warning {2}clients to a load balancer listener \(port 443\): protocol was TLS, and is plaintext/,
    );
  });

  test.each([
    ['prolonged', { expires: '2027-01-31' }, ['waiver widened: ListenerIsEncrypted on Web !'], 1],
    [
      'of a wider scope',
      { resource: ['Web', 'Shop'] },
      ['waiver added: ListenerIsEncrypted on Web, Shop !', 'waiver removed: ListenerIsEncrypted on Web'],
      1,
    ],
    [
      'of another rule',
      { rule: 'ListenerRequiresTls13' },
      ['waiver added: ListenerRequiresTls13 on Web !', 'waiver removed: ListenerIsEncrypted on Web'],
      1,
    ],
    ['with another owner', { owner: 'team-app' }, ['waiver changed: ListenerIsEncrypted on Web'], 0],
  ])('%s is told', (_, changed, exemptions, code) => {
    const head = { ...waived(clear, { ...WAIVER, ...changed }) };
    // Whatever the first finding is then: it was there before.
    expect(changes(waived(clear, WAIVER), head)).toEqual({ code, exemptions });
  });

  test('that was over before, and is none any more, fails', () => {
    const over = { ...WAIVER, expires: '2026-11-01' };
    expect(changes(waived(clear, over), waived(clear, WAIVER))).toMatchObject({ code: 1 });
  });

  test('that holds for nothing, or is gone, does not', () => {
    const over = { ...WAIVER, expires: '2026-11-01' };
    expect(changes(template(clear), waived(clear, over)).exemptions).toEqual([
      'waiver added: ListenerIsEncrypted on Web',
    ]);
    expect(changes(waived(clear, WAIVER), template(clear))).toEqual({
      code: 0,
      exemptions: ['waiver removed: ListenerIsEncrypted on Web'],
    });
  });

  test('is left out with --exemptions-from base: then the fault counts', () => {
    const { report, code } = reportOf(template(tls), waived(clear, WAIVER), ['--exemptions-from', 'base']);
    expect(code).toBe(1);
    expect(report.findings[0]).toMatchObject({ state: 'new', rule: 'ListenerIsEncrypted' });
    expect(report.findings[0].suppressed).toBeUndefined();
    expect(report.exemptions).toMatchObject([{ change: 'added', fails: false }]);
  });

  test('of BASE counts with --exemptions-from base, also where HEAD has made another of it', () => {
    const other = { ...WAIVER, resource: ['Web', 'Shop'] };
    const { report, code } = reportOf(waived(clear, WAIVER), waived(clear, other), [
      '--exemptions-from',
      'base',
    ]);
    expect(report.findings[0]).toMatchObject({ state: 'unchanged', suppressed: { owner: 'team-web' } });
    expect(code).toBe(0);
  });

  test('is a resource that says it holds nothing, or less than before', () => {
    const bucket = (tags: Record<string, string>) =>
      template({
        B: {
          Type: 'AWS::S3::Bucket',
          Properties: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
        },
      });
    const none = {
      'data:classification': 'none',
      'data:none-reason': 'It holds build results of the compiler only.',
    };
    const persons = { 'data:classification': 'personal-data' };
    expect(changes(bucket(persons), bucket(none))).toEqual({
      code: 1,
      exemptions: ['classification added: what head/B holds !'],
    });
    expect(changes(bucket(persons), bucket({}))).toEqual({
      code: 1,
      exemptions: ['classification removed: what head/B holds !'],
    });
    expect(changes(bucket(none), bucket(none))).toEqual({ code: 0, exemptions: [] });
    expect(changes(bucket({ 'pci:scope': 'cde' }), bucket({ 'pci:scope': 'out' }))).toEqual({
      code: 1,
      exemptions: ['classification widened: the PCI DSS scope of head/B !'],
    });
    expect(changes(bucket(persons), bucket(none), ['--exemptions-from', 'base']).code).toBe(1);
  });
});

describe('an acknowledgement', () => {
  const ID = 'TransmissionChecks::TransmissionChecks-ListenerIsEncrypted';
  const assembly = (
    name: string,
    at: string | undefined,
    id = ID,
    protocol: string | undefined = undefined,
  ) => {
    const acknowledged = { type: 'aws:cdk:acknowledged-rules', data: { [id]: 'behind a VPN' } };
    const metadata = {
      '/Shop': [{ type: 'aws:cdk:templateFile', data: 'Shop.template.json' }],
      '/Shop/Web/Resource': [{ type: 'aws:cdk:logicalId', data: 'Web' }],
    };
    const own = at === undefined ? {} : { [at]: [...(metadata[at as '/Shop'] ?? []), acknowledged] };
    write(`${name}/manifest.json`, {
      artifacts: {
        Shop: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/eu-west-1',
          properties: { templateFile: 'Shop.template.json' },
          additionalMetadataFile: 'Shop.metadata.json',
        },
      },
    });
    write(`${name}/Shop.template.json`, template({ Web: listener(protocol) }));
    write(`${name}/Shop.metadata.json`, { ...metadata, ...own });
    return name;
  };
  const compared = (base: string, head: string, argv: readonly string[] = []) => {
    const { code, out } = run(['diff', base, head, ...NOW, '--format', 'json', ...argv]);
    return { code, ...JSON.parse(out) };
  };

  test('that a change adds fails, on a construct and on the stack', () => {
    const base = assembly('without.out', undefined, ID, TLS13);
    for (const at of ['/Shop/Web/Resource', '/Shop']) {
      const report = compared(base, assembly('with.out', at));
      expect(report.code).toBe(1);
      expect(report.exemptions).toMatchObject([{ kind: 'acknowledgement', change: 'added', fails: true }]);
      expect(report.findings[0]).toMatchObject({ state: 'new', suppressed: { reason: 'behind a VPN' } });
    }
  });

  test('is left out with --exemptions-from base, unless BASE has it', () => {
    const base = assembly('without.out', undefined, ID, TLS13);
    const head = assembly('with.out', '/Shop/Web/Resource');
    const without = compared(base, head, ['--exemptions-from', 'base']);
    expect(without).toMatchObject({ code: 1, counts: { new: { error: 1, suppressed: 0 } } });
    const before = assembly('before.out', '/Shop', ID, TLS13);
    const withIt = compared(before, head, ['--exemptions-from', 'base']);
    expect(withIt).toMatchObject({ code: 0, counts: { new: { error: 0, suppressed: 1 } } });
  });

  test('for a pack that is not ours is not told on a construct', () => {
    const base = assembly('without.out', undefined, ID, TLS13);
    const other = assembly('other.out', '/Shop/Web/Resource', 'AwsSolutions::AwsSolutions-ELB2', TLS13);
    expect(compared(base, other)).toMatchObject({ code: 0, exemptions: [] });
  });
});

describe('files of BASE', () => {
  const waiversFile = { version: 1, waivers: [{ ...WAIVER, template: 't' }] };
  const files = (folder: string, content: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(content))
      write(`${folder}/${name}`, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const stage = { Parameters: { Stage: { Type: 'String', Default: 'production' } } };
  const clear = template({ Web: listener(undefined) }, stage);
  const tls = template({ Web: listener(TLS13) }, stage);
  const inFolder = (folder: string, argv: readonly string[]) =>
    run(['diff', '../base/t.json', 't.json', ...NOW, '--format', 'json', ...argv], {
      cwd: path.join(workFolder(), folder),
    });
  const off = (until: string) => ({
    switchedOff: [
      {
        rule: 'ListenerIsEncrypted',
        owner: 'team-web',
        reason: 'It is being rebuilt by another team.',
        until,
      },
    ],
  });

  beforeAll(() => {
    files('base', { 't.json': tls });
    files('head', { 't.json': clear });
  });

  test('are asked for where files decide what is found', () => {
    files('asked', { 't.json': clear, 'secure-transmission.config.json': { failOn: 'fatal' } });
    const { code, err } = inFolder('asked', []);
    expect(code).toBe(2);
    expect(err).toBe(
      'error: --base-folder: is needed, since secure-transmission.config.json decides what is found and BASE may have another one, write --base-folder FOLDER, the working folder of BASE, or --base-folder . where they are the same\n',
    );
  });

  test.each([
    ['a rule that is switched off', off('2027-01-31'), 'switched-off rule added: ListenerIsEncrypted'],
    ['a lighter level that fails', { failOn: 'fatal' }, 'setting changed: fail-on'],
    ['an older version of the rules', { rulesAsOf: '0.1.0' }, 'setting added: rulesAsOf'],
    ['another pack', { packs: ['gdpr'] }, 'setting added: pack'],
    ['a profile', { profile: 'both' }, 'setting added: profile'],
    [
      'a parameter of rules',
      { parameters: { keyRotationDays: 300 } },
      'setting changed: parameters.keyRotationDays',
    ],
    [
      'a TLS policy of its own',
      {
        tlsPolicies: [
          {
            service: 'elbv2',
            name: 'ELBSecurityPolicy-TLS13-2030',
            oldest: 'TLSv1.3',
            newest: 'TLSv1.3',
            forwardSecret: true,
            cbc: false,
            source: 'https://docs.aws.amazon.com/elasticloadbalancing/',
            reviewed: '2026-11-22',
          },
        ],
      },
      'setting added: tlsPolicies elbv2 ELBSecurityPolicy-TLS13-2030',
    ],
    ['a value of a parameter', { templateParameters: ['Stage=test'] }, 'setting added: parameters'],
  ])('show %s as an exemption', (_, settings, expected) => {
    files('head-config', { 't.json': clear, 'secure-transmission.config.json': settings });
    const { code, out, err } = inFolder('head-config', ['--base-folder', '../base']);
    expect(err).toBe('');
    const { exemptions } = JSON.parse(out);
    expect(
      exemptions.map((each: Record<string, string>) => `${each.kind} ${each.change}: ${each.about}`),
    ).toContain(expected);
    expect(code).toBe(1);
    // Without it the fault counts.
    const without = inFolder('head-config', ['--base-folder', '../base', '--exemptions-from', 'base']);
    expect(without.code).toBe(1);
    expect(JSON.parse(without.out)).toMatchObject({
      failOn: 'error',
      counts: { new: { error: 1 }, exemptions: 0 },
    });
  });

  test('that are the same are no exemption', () => {
    const config = { 'secure-transmission.config.json': off('2027-01-31') };
    files('same-base', { 't.json': tls, ...config });
    files('same-head', { 't.json': clear, ...config });
    const result = run(['diff', '../same-base/t.json', 't.json', ...NOW, '--base-folder', '../same-base'], {
      cwd: path.join(workFolder(), 'same-head'),
    });
    expect(result.err).toBe('');
    expect(result.out).not.toContain('exemptions since BASE');
    expect(result.out).toContain('not run');
  });

  test('show a known finding as an exemption, and one that is accepted for longer', () => {
    const cwd = path.join(workFolder(), 'head');
    run(['check', 't.json', '--known', 'known.json', '--update-known', '--owner', 'team-web', ...NOW], {
      cwd,
    });
    const { code, out } = inFolder('head', ['--base-folder', '../base', '--known', 'known.json']);
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report.exemptions).toMatchObject([
      {
        kind: 'known finding',
        change: 'added',
        about: 'ListenerIsEncrypted on t/Web',
        owner: 'team-web',
        fails: true,
      },
    ]);
    expect(report.findings[0]).toMatchObject({ state: 'new', known: { since: '2026-11-22' } });
    const known = readFileSync(path.join(cwd, 'known.json'), 'utf8');
    files('base', { 'known.json': known.replace('2026-11-22', '2026-06-30') });
    const longer = JSON.parse(inFolder('head', ['--base-folder', '../base', '--known', 'known.json']).out);
    expect(longer.exemptions).toMatchObject([
      { change: 'widened', before: 'since 2026-06-30', after: 'since 2026-11-22', fails: true },
    ]);
  });

  test('are named as seen from where the command runs', () => {
    files('broken', { 't.json': tls, 'known.json': '{' });
    files('whole', { 't.json': tls, 'known.json': { version: 1, findings: [] } });
    const errorOf = (argv: readonly string[]) => inFolder('whole', ['--base-folder', '../broken', ...argv]);
    expect(errorOf(['--known', 'known.json'])).toEqual({
      code: 2,
      out: '',
      err: 'error: ../broken/known.json: is not JSON, it must be what --update-known writes, write it again\n',
    });
    files('broken', { 'secure-transmission.config.json': { failOn: 'often', rulesAsOf: 1 } });
    const { code, err } = errorOf([]);
    expect(code).toBe(2);
    const lines = err.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(
        /^error: \.\.\/broken\/secure-transmission\.config\.json(:\d+)*: '(failOn|rulesAsOf)' must be /,
      );
    }
  });

  test('that only HEAD has are none in BASE, and the other way round', () => {
    files('old', { 't.json': clear, 'waivers.yaml': waiversFile });
    files('now', { 't.json': clear });
    const gone = run(
      ['diff', '../old/t.json', 't.json', ...NOW, '--base-folder', '../old', '--format', 'json'],
      {
        cwd: path.join(workFolder(), 'now'),
      },
    );
    // Nobody names the file, so that it is none.
    expect(JSON.parse(gone.out).exemptions).toEqual([]);
    const added = run(
      [
        'diff',
        '../now/t.json',
        't.json',
        ...NOW,
        '--base-folder',
        '../now',
        '--waivers',
        'waivers.yaml',
        '--format',
        'json',
      ],
      { cwd: path.join(workFolder(), 'old') },
    );
    expect(added.code).toBe(1);
    expect(JSON.parse(added.out).exemptions).toMatchObject([
      { kind: 'waiver', change: 'added', fails: true },
    ]);
    const same = run(
      [
        'diff',
        't.json',
        't.json',
        ...NOW,
        '--base-folder',
        '.',
        '--waivers',
        'waivers.yaml',
        '--format',
        'json',
      ],
      { cwd: path.join(workFolder(), 'old') },
    );
    expect({ code: same.code, exemptions: JSON.parse(same.out).exemptions }).toEqual({
      code: 0,
      exemptions: [],
    });
  });
});

describe('formats', () => {
  const base = template({ A: listener(TLS13), B: listener(undefined), C: listener(undefined) });
  const head = waived({ A: listener(undefined), B: listener(undefined), D: listener(TLS10) }, WAIVER);
  const format = (name: string) => diff(base, head, ['--format', name]).out;

  test('sarif is valid, and says what became of each result', () => {
    const {
      id: _id,
      $schema: _draft,
      ...official
    } = readJson('test/_fixtures/vectors/sarif-schema-2.1.0.json');
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const valid = ajv.compile(official);
    const log = JSON.parse(format('sarif'));
    valid(log);
    expect(valid.errors ?? []).toEqual([]);
    const results = log.runs[0].results.map(
      ({ ruleId, baselineState }: { ruleId: string; baselineState: string }) => `${baselineState} ${ruleId}`,
    );
    expect(new Set(results)).toEqual(
      new Set([
        'new ExemptionIsNotNew',
        'new TransmissionIsNotWeakened',
        'new ListenerIsEncrypted',
        'new ListenerRequiresTls13',
        'absent ListenerIsEncrypted',
        'new WaiverIsUsed',
        'unchanged ListenerIsEncrypted',
      ]),
    );
  });

  test('sarif is taken by the validator of Microsoft', () => {
    const { kinds } = multitoolOn(format('sarif'));
    // SARIF2005: the project has no address in public yet that `informationUri` could name.
    expect(kinds.filter((kind) => !kind.endsWith(' note'))).toEqual(['SARIF2005 warning']);
  }, 120_000);

  test('github annotates what is new, weaker or excused, and nothing that was there before', () => {
    const titles = format('github')
      .split('\n')
      .flatMap((line) => /^::(\w+) .*title=(\w+)/.exec(line)?.slice(1, 3).join(' ') ?? []);
    expect(titles.sort()).toEqual([
      'error ExemptionIsNotNew',
      'error ListenerIsEncrypted',
      'error TransmissionIsNotWeakened',
      'notice ListenerRequiresTls13',
      'warning WaiverIsUsed',
    ]);
    const unchanged = diff(base, base, ['--format', 'github']).out;
    expect(unchanged).not.toMatch(/^::/m);
  });

  test('new findings bring their repairs, except as text', () => {
    const report = JSON.parse(diff(base, head, ['--format', 'json']).out);
    const repaired = report.findings.filter(({ repair }: { repair?: object }) => repair !== undefined);
    expect(repaired.map(({ rule }: { rule: string }) => rule)).not.toEqual([]);
    const [{ repair }] = repaired;
    expect(format('text')).not.toContain(repair.about);
  });

  test.each(['text', 'json', 'sarif', 'github', 'markdown'])(
    '%s is the same, byte for byte, for the same input',
    (name) => {
      const first = format(name);
      const names = new RegExp(`\\b${number}/`, 'g');
      expect(format(name).replaceAll(`${number}/`, 'N/')).toBe(first.replace(names, 'N/'));
      expect(first).not.toContain(workFolder());
    },
  );

  test('a template cannot forge a line, a heading or a mention', () => {
    const evil = '\u001b[2Jx\n### passed \u202e@octocat [a](https://evil.example)|';
    const forged = waived(
      { [evil]: listener(undefined, { Port: 80 }) },
      { ...WAIVER, resource: [evil], owner: '@octocat', reason: `${WAIVER.reason} ${evil}` },
    );
    for (const name of ['text', 'json', 'sarif', 'markdown']) {
      const { out } = diff(base, forged, ['--format', name]);
      expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      if (name !== 'markdown') continue;
      expect(out.split('\n').filter((line) => line.startsWith('### '))).toHaveLength(1);
      expect(out.replace(/`[^`]*`/g, '')).not.toMatch(/@octocat|\]\(/);
    }
  });

  test('json has the fields of a finding that the report of a check has', () => {
    const ofCheck = readJson('schemas/check-report.schema.json').$defs.finding;
    const ofDiff = readJson('schemas/diff-report.schema.json').$defs.finding;
    const { state: _state, before: _before, renamedFrom: _renamedFrom, ...own } = ofDiff.properties;
    expect(Object.keys(own)).toEqual(expect.arrayContaining(Object.keys(ofCheck.properties)));
    expect(ofDiff.required).toEqual([...ofCheck.required, 'state']);
  });

  test('what is quiet prints what fails alone', () => {
    const out = diff(base, head, ['--quiet']).out;
    expect(out).toContain('exemptions since BASE');
    expect(out).not.toContain('fixed');
    const lower = diff(template({ Web: listener(TLS13) }), template({ Web: listener(TLS12) }), ['--quiet']);
    expect(lower).toMatchObject({ code: 0, out: '' });
    expect(diff(base, base, ['--quiet'])).toMatchObject({ code: 0, out: '' });
  });
});

describe('what HEAD hides', () => {
  const nested = (TemplateURL: string, Outer = 'Nested') =>
    template({ [Outer]: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } });

  beforeEach(() => write(`${number + 1}/child.json`, template({ Web: listener(undefined) })));

  test('a nested stack whose template is gone does not pass for fixed', () => {
    const { code, report, fixed } = reportOf(nested('./child.json'), nested('./gone.json'));
    expect(fixed).toHaveLength(1);
    expect(code).toBe(1);
    expect(report.exemptions).toEqual([
      expect.objectContaining({ kind: 'not judged', about: 'nested stack head/Nested', fails: true }),
    ]);
    expect(report.notJudged).toEqual([
      {
        template: expect.stringContaining('head.json'),
        why: '1 more of AWS::CloudFormation::Stack (nested stack whose template is not at hand)',
      },
    ]);
  });

  test('neither by another name, nor with the exemptions of BASE', () => {
    expect(diff(nested('./child.json'), nested('./gone.json', 'Other')).code).toBe(1);
    write(`${number + 1}/child.json`, template({ Web: listener(undefined) }));
    const argv = ['--exemptions-from', 'base'];
    const { code, out } = diff(nested('./child.json'), nested('./gone.json'), argv);
    expect(code).toBe(1);
    expect(out).toContain('! not judged added: nested stack head/Nested');
  });

  test('those that stay say nothing, at hand or not, whatever the files of the templates are called', () => {
    const both = template({
      ...nested('./child.json', 'A').Resources,
      ...nested('./gone.json', 'B').Resources,
    });
    const { code, report, unchanged, fixed } = reportOf(both, both);
    expect([code, report.exemptions, report.notJudged, fixed]).toEqual([0, [], [], []]);
    expect(unchanged).toHaveLength(1);
  });

  test('nor several at once that are called otherwise', () => {
    const two = (file: string, ...names: readonly string[]) =>
      template(Object.assign({}, ...names.map((name) => nested(file, name).Resources)));
    const { code, report } = reportOf(two('./child.json', 'A', 'B'), two('./gone.json', 'C', 'D', 'E'));
    expect(code).toBe(1);
    expect(report.exemptions.map(({ about }: { about: string }) => about)).toEqual([
      'nested stack head/C',
      'nested stack head/D',
    ]);
  });

  test('nor does a stack set that takes its template from elsewhere', () => {
    const set = (more: object) =>
      template({
        Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { StackSetName: 'set', ...more } },
      });
    const body = JSON.stringify(template({ Web: listener(undefined) }));
    const url = 'https://example.com/t.json';
    const { code, report } = reportOf(set({ TemplateBody: body }), set({ TemplateURL: url }));
    expect([code, report.exemptions[0]?.about]).toEqual([1, 'stack set head/Set']);
  });

  test('one that was out of sight before says nothing new', () => {
    const { code, report } = reportOf(nested('./gone.json'), nested('https://example.com/gone.json'));
    expect([code, report.exemptions, report.notJudged]).toEqual([0, [], []]);
  });

  test('types that are not judged are told where there are more of them', () => {
    const custom = { Type: 'Custom::Listener', Properties: { ServiceToken: 'any' } };
    const { code, report } = reportOf(template({ A: custom }), template({ A: custom, B: custom }));
    expect(code).toBe(0);
    expect(report.notJudged).toEqual([
      expect.objectContaining({ why: expect.stringMatching(/^1 more of Custom::Listener \(/) }),
    ]);
  });
});
