import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { knownFindingsSchema } from '../../lib/report/known';
import { render } from '../../tools/generate/known-findings-schema';
import { listener, run, workFolder, write } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

const read = (file: string) => readFileSync(path.resolve(__dirname, '../..', file), 'utf8');
const published = JSON.parse(read('schemas/known-findings.schema.json'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(published);
const validateReport = new Ajv2020({ strict: true, strictRequired: false }).compile(
  JSON.parse(read('schemas/check-report.schema.json')),
);

const NOW = '2026-11-22';
const inWork = (name: string) => path.join(workFolder(), name);
const contentOf = (name: string) => readFileSync(inWork(name), 'utf8');

function check(template: string, argv: readonly string[] = [], now = NOW) {
  return run(['check', template, '--now', now, ...argv]);
}

function update(template: string, file: string, owner = 'team-web', now = NOW) {
  return check(template, ['--known', file, '--update-known', '--owner', owner], now);
}

beforeAll(() => {
  write('plain.json', { Resources: { Web: listener('HTTP'), App: listener('HTTP') } });
  write('tls.json', { Resources: { Web: listener('HTTPS') } });
  write('explodes.json', { Resources: { Explodes: listener('HTTPS'), Web: listener('HTTP') } });
});

test('the published schema is the one that files are read by', () => {
  expect(published).toEqual(knownFindingsSchema);
  expect(render()).toBe(read('schemas/known-findings.schema.json'));
});

describe('--update-known', () => {
  test('accepts what is found: then the check passes, and tells it', () => {
    const { code, out, err } = update('plain.json', 'a.json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('findings    none; 2 known');
    expect(out).toContain('known file  2 of 2 findings in a.json');
    const file = JSON.parse(contentOf('a.json'));
    validate(file);
    expect(validate.errors ?? []).toEqual([]);
    expect(file.findings).toEqual([
      {
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        rule: 'ListenerIsEncrypted',
        resource: 'plain/App',
        property: 'Properties.Protocol',
        level: 'error',
        verdict: 'violation',
        owner: 'team-web',
        since: NOW,
      },
      expect.objectContaining({ resource: 'plain/Web' }),
    ]);
    expect(check('plain.json', ['--known', 'a.json'])).toMatchObject({ code: 0, err: '' });
  });

  test('writes the same bytes whatever the order, with line feeds', () => {
    update('plain.json', 'b.json');
    const before = contentOf('b.json');
    write('turned/plain.json', { Resources: { App: listener('HTTP'), Web: listener('HTTP') } });
    update('turned/plain.json', 'b.json', 'somebody-else', '2026-12-24');
    expect(contentOf('b.json')).toBe(before);
    expect(before).not.toContain('\r');
    expect(before.endsWith('}\n')).toBe(true);
  });

  test('keeps owner, day, note and schema of what stays, drops what is gone and adds what is new', () => {
    update('plain.json', 'c.json');
    const file = JSON.parse(contentOf('c.json'));
    file.$schema = './schemas/known-findings.schema.json';
    file.findings[1].note = 'Gone with the old data centre.';
    writeFileSync(inWork('c.json'), JSON.stringify(file));
    write('later/plain.json', { Resources: { New: listener('HTTP'), Web: listener('HTTP') } });
    update('later/plain.json', 'c.json', 'team-app', '2026-12-24');
    const { $schema, findings } = JSON.parse(contentOf('c.json'));
    expect($schema).toBe(file.$schema);
    expect(findings).toMatchObject([
      { resource: 'plain/New', owner: 'team-app', since: '2026-12-24' },
      { resource: 'plain/Web', owner: 'team-web', since: NOW, note: file.findings[1].note },
    ]);
  });

  test('does not renew what is over', () => {
    update('plain.json', 'd.json');
    const before = contentOf('d.json');
    expect(update('plain.json', 'd.json', 'team-web', '2027-06-01').code).toBe(1);
    expect(contentOf('d.json')).toBe(before);
  });

  test('is refused where something could not be judged: the report is printed, nothing is written', () => {
    const { code, out, err } = update('explodes.json', 'e.json');
    expect(code).toBe(3);
    expect(out).toContain('failed: 1 check could not run');
    expect(err).toBe(
      'error: e.json: is not written, since 1 check could not run, only what was judged can be accepted, repair that first\n',
    );
    expect(existsSync(inWork('e.json'))).toBe(false);
  });

  test('leaves a file alone where a template cannot be read', () => {
    update('plain.json', 'f.json');
    const before = contentOf('f.json');
    write('broken.json', '{');
    expect(update('broken.json', 'f.json').code).toBe(2);
    expect(contentOf('f.json')).toBe(before);
  });

  test('tells apps apart whose findings are called the same', () => {
    write('one/plain.json', { Resources: { Web: listener('HTTP') } });
    write('two/plain.json', { Resources: { Web: listener('HTTP') } });
    const known = ['--known', 'g.json'];
    run([
      'check',
      'one/plain.json',
      'two/plain.json',
      ...known,
      '--update-known',
      '--owner',
      'ab',
      '--now',
      NOW,
    ]);
    const file = JSON.parse(contentOf('g.json'));
    expect(file.findings.map(({ target }: { target: string }) => target)).toEqual([
      'one/plain.json',
      'two/plain.json',
    ]);
    file.findings.pop();
    writeFileSync(inWork('g.json'), JSON.stringify(file));
    const { code, out } = run(['check', 'one/plain.json', 'two/plain.json', ...known, '--now', NOW]);
    expect(code).toBe(1);
    expect(out).toContain('known file  1 of 1 finding in g.json');
    // Without the name of an app an entry covers one finding all the same.
    const [{ target: _, ...unnamed }] = file.findings;
    write('g.json', { version: 1, findings: [unnamed] });
    const again = run(['check', 'one/plain.json', 'two/plain.json', ...known, '--now', NOW]);
    expect(again.code).toBe(1);
    expect(again.out).toContain('known file  1 of 1 finding in g.json');
  });

  test('can be read again, whatever a template is called', () => {
    const name = `Web\u001b[2J\u202e\n${'x'.repeat(3000)}\ud800`;
    write('hostile.json', { Resources: { [name]: listener('HTTP') } });
    expect(update('hostile.json', 'h.json')).toMatchObject({ code: 0, err: '' });
    expect(check('hostile.json', ['--known', 'h.json'])).toMatchObject({ code: 0, err: '' });
    expect(contentOf('h.json').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  test.each([
    ['--update-known', 'error: --update-known: needs --known as well, write --known FILE\n'],
    ['--known x.json --update-known', 'error: --update-known: needs --owner as well, write --owner NAME\n'],
    [
      '--known x.json --owner me',
      'error: --owner: needs --update-known as well, write --known FILE --update-known --owner NAME\n',
    ],
    [
      '--known x.json --update-known --owner m',
      'error: --owner: must be the person or team that answers for it, in 2 to 100 characters, got "m", correct it\n',
    ],
    [
      '--known gone/x.json --update-known --owner me',
      'error: --known gone/x.json: cannot be written (ENOENT), give a file in a folder that exists\n',
    ],
    ['--known x.json', 'error: x.json: cannot be read (ENOENT), give a file that --update-known wrote\n'],
  ])('%s is refused', (line, err) => {
    expect(check('plain.json', line.split(' '))).toEqual({ code: 2, out: '', err });
  });
});

describe('a known finding', () => {
  beforeAll(() => update('plain.json', 'known.json'));

  test.each([
    ['does not count on its last day, and warns', '2027-05-21', 0, 'ends on 2027-05-21: ListenerIsEncrypted'],
    ['warns from 30 days before', '2027-04-21', 0, 'ends on 2027-05-21'],
    ['counts again after 180 days, and says why', '2027-05-22', 1, 'ended on 2027-05-21, and counts'],
  ])('%s', (_, now, code, text) => {
    const result = check('plain.json', ['--known', 'known.json'], now);
    expect(result.code).toBe(code);
    expect(result.out).toContain(text);
  });

  test('says nothing more before that', () => {
    expect(check('plain.json', ['--known', 'known.json'], '2027-04-20').out).not.toContain('ends on');
  });

  test('says in every format why it counts again', () => {
    const { out } = check('plain.json', ['--known', 'known.json', '--format', 'sarif'], '2027-05-22');
    expect(JSON.parse(out).runs[0].results[0].message.text).toContain(
      '(accepted by team-web on 2026-11-22 until 2027-05-21, which is over)',
    );
  });

  test('stands in the report for programs, with what its file did', () => {
    write('fewer/plain.json', { Resources: { Web: listener('HTTP') } });
    const { out } = check('fewer/plain.json', ['--known', 'known.json', '--format', 'json']);
    const report = JSON.parse(out);
    validateReport(report);
    expect(
      (validateReport.errors ?? []).filter(({ instancePath }) => /known|counts/.test(instancePath)),
    ).toEqual([]);
    expect(report).toMatchObject({
      exitCode: 0,
      counts: { error: 0, known: 1, suppressed: 0 },
      known: {
        file: 'known.json',
        entries: 2,
        notes: [{ state: 'gone', resource: 'plain/App', expires: '2027-05-21' }],
      },
    });
    expect(report.targets[0].findings[0].known).toEqual({
      owner: 'team-web',
      since: NOW,
      expires: '2027-05-21',
    });
  });

  test('covers no other finding', () => {
    write('more/plain.json', {
      Resources: { Web: listener('HTTP'), App: listener('HTTP'), New: listener('HTTP') },
    });
    const { code, out } = check('more/plain.json', ['--known', 'known.json']);
    expect(code).toBe(1);
    expect(out).toContain('findings    1 error; 2 known');
  });

  test.each([
    ['its level rose', { level: 'warning' }, 'as a lighter warning'],
    ['it was not known whether it is one', { verdict: 'unknown' }, 'as an unknown error'],
  ])('counts where %s since it was accepted', (_, changed, why) => {
    const file = JSON.parse(contentOf('known.json'));
    Object.assign(file.findings[1], changed);
    write('graver.json', file);
    const { code, out } = check('plain.json', ['--known', 'graver.json']);
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`(accepted by team-web on 2026-11-22 ${why})`);
    expect(out).toContain('is graver now, and counts');
    // Whoever accepts it now answers for it.
    expect(update('plain.json', 'graver.json', 'team-app', '2026-12-01').code).toBe(0);
    expect(JSON.parse(contentOf('graver.json')).findings[1]).toMatchObject({
      level: 'error',
      verdict: 'violation',
      owner: 'team-app',
      since: '2026-12-01',
    });
  });

  test('never covers what could not be judged', () => {
    const [{ fingerprint }] = JSON.parse(
      check('explodes.json', ['--format', 'json']).out,
    ).targets[0].findings.filter(({ verdict }: { verdict: string }) => verdict === 'failed');
    const names = { rule: 'ListenerRequiresTls13', resource: 'explodes/Explodes', property: 'Properties' };
    const rest = { level: 'error', verdict: 'violation', owner: 'team-web', since: NOW };
    write('failed.json', { version: 1, findings: [{ fingerprint, ...names, ...rest }] });
    const { code, out } = check('explodes.json', ['--known', 'failed.json']);
    expect(code).toBe(3);
    expect(out).toContain('is gone');
  });

  test('is never one about a waiver: that would have no end', () => {
    const waiver = {
      rule: 'ListenerIsEncrypted',
      resource: 'Web',
      reason: 'A probe of the old data centre speaks HTTP only.',
      owner: 'team-web',
      ticket: 'SHOP-12',
      expires: '2026-11-01',
    };
    write('over.json', {
      Metadata: { SecureTransmissionWaivers: [waiver] },
      Resources: { Web: listener('HTTP') },
    });
    const { out } = update('over.json', 'over-known.json');
    const rules = JSON.parse(contentOf('over-known.json')).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(['ListenerIsEncrypted']);
    expect(out).toContain('WaiverIsCurrent');
    expect(out).toContain('; 1 known');
  });

  test('is still known where the configuration names its file', () => {
    write('configured/secure-transmission.config.json', { known: '../known.json' });
    write('configured/plain.json', { Resources: { Web: listener('HTTP') } });
    const { code } = run(['check', 'plain.json', '--now', NOW], { cwd: inWork('configured') });
    expect(code).toBe(0);
  });
});

describe('a file of known findings', () => {
  const entry = (more: object = {}) => ({
    fingerprint: '0'.repeat(32),
    rule: 'ListenerIsEncrypted',
    resource: 'plain/Web',
    property: 'Properties.Protocol',
    level: 'error',
    verdict: 'violation',
    owner: 'team-web',
    since: NOW,
    ...more,
  });
  const errorOf = (content: unknown) => {
    write('wrong.json', content);
    const { code, out, err } = check('plain.json', ['--known', 'wrong.json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };

  test.each([
    [
      'no JSON',
      '{',
      'error: wrong.json: is not JSON, it must be what --update-known writes, write it again\n',
    ],
    [
      'a key twice',
      JSON.stringify({ version: 1, findings: [entry()] }).replace('"level"', '"level":"info","level"'),
      'error: wrong.json: key "level" stands twice, in line 1 again, remove one\n',
    ],
    ['a list', [], 'error: wrong.json: it must be '],
    [
      'another version',
      { version: 2, findings: [] },
      "error: wrong.json: 'version' must be the version of this shape, 1, got 2",
    ],
    [
      'a key that nobody knows',
      { version: 1, findings: [entry({ until: '2099-01-01' })] },
      'error: wrong.json: ',
    ],
    [
      'no owner',
      { version: 1, findings: [entry({ owner: undefined })] },
      "error: wrong.json: 'findings[0].owner' is missing",
    ],
    [
      'an owner of spaces',
      { version: 1, findings: [entry({ owner: '  ' })] },
      "error: wrong.json: 'findings[0].owner' must be",
    ],
    [
      'a fatal finding',
      { version: 1, findings: [entry({ level: 'fatal' })] },
      "'findings[0].level' must be error, warning or info",
    ],
    [
      'a failed one',
      { version: 1, findings: [entry({ verdict: 'failed' })] },
      "'findings[0].verdict' must be violation or unknown",
    ],
    [
      'a fingerprint that is none',
      { version: 1, findings: [entry({ fingerprint: 'x' })] },
      "'findings[0].fingerprint' must be",
    ],
    [
      'a control character',
      { version: 1, findings: [entry({ note: 'a\u001b[2J' })] },
      "'findings[0].note' must be",
    ],
    [
      'a day that is none',
      { version: 1, findings: [entry({ since: '2026-02-30' })] },
      "'findings[0].since' must be a day of the calendar",
    ],
    [
      'a day to come',
      { version: 1, findings: [entry({ since: '2026-11-23' })] },
      'error: wrong.json: \'findings[0].since\' must be 2026-11-22, which is the time of the check, or before, got "2026-11-23", correct it\n',
    ],
    [
      'the same twice',
      { version: 1, findings: [entry(), entry()] },
      "error: wrong.json: 'findings[1]' repeats the fingerprint of 'findings[0]', one is allowed, remove it\n",
    ],
  ])('with %s is refused', (_, content, message) => {
    const err = errorOf(content);
    expect(err).toContain(message);
    expect(err).not.toContain('\u001b');
  });

  test('that calls a finding by another name is refused: who reviews it reads the name', () => {
    update('plain.json', 'named.json');
    const file = JSON.parse(contentOf('named.json'));
    file.findings[0].rule = 'LogRetentionEnds';
    const err = errorOf(file);
    expect(err).toBe(
      'error: wrong.json: findings[0]: names LogRetentionEnds on plain/App at Properties.Protocol, but its fingerprint is that of ListenerIsEncrypted on plain/App at Properties.Protocol, correct or remove it\n',
    );
  });

  test('with many mistakes tells the first', () => {
    const findings = Array.from({ length: 30 }, () => entry({ owner: '' }));
    const lines = errorOf({ version: 1, findings }).trim().split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('error: wrong.json: has 10 more mistakes, correct these first');
  });
});
