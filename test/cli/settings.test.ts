import { OFF, TERMS } from '../judge/profiles/support';
import { listener, run, write } from './support';

const NOW = ['--now', '2026-11-22'];
const tags = [{ Key: 'data:classification', Value: 'personal-data' }];

beforeAll(() => {
  write('shop.json', {
    Resources: {
      Web: listener('HTTP'),
      Tls: listener('HTTPS'),
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 731 } },
      Customers: { Type: 'AWS::S3::Bucket', Properties: { Tags: tags } },
    },
  });
  write('off.json', { profile: 'gdpr', switchedOff: [OFF] });
  write('legacy.json', { profile: 'legacy-clients', legacyClients: TERMS });
  write('terms.json', { legacyClients: TERMS });
  write('several.json', { parameters: { keyRotationDays: 1, assessmentDays: 1 }, profile: 'x' });
  write('expired.json', { switchedOff: [{ ...OFF, until: '2026-11-21' }] });
});

interface Row {
  readonly pack: string;
  readonly rule: string;
  readonly level: string;
}

function check(...options: readonly string[]) {
  const { out, err } = run(['check', 'shop.json', ...NOW, '--format', 'json', ...options]);
  expect(err).toBe('');
  const [target] = JSON.parse(out).targets;
  const findings = target.findings as readonly Row[];
  const levelOf = (id: string) => findings.filter(({ rule }) => rule === id).map(({ level }) => level);
  return {
    findings,
    levelOf,
    packs: target.packs as readonly { name: string; notRun: object[]; profile?: string }[],
  };
}

describe('check with several packs', () => {
  const options = ['--pack', 'transmission', '--pack', 'pci-dss-401', '--pack', 'gdpr'];

  test('runs them in the order given, and says each fault once', () => {
    const { findings, packs, levelOf } = check(...options);
    expect(packs.map(({ name }) => name)).toEqual(['TransmissionChecks', 'PciDss401Checks', 'GdprChecks']);
    expect(levelOf('ListenerIsEncrypted')).toEqual(['error']);
    expect(levelOf('LogRetentionEnds')).toHaveLength(1);
    expect(new Set(findings.map(({ pack }) => pack)).size).toBeGreaterThan(1);
  });

  test('says together what each says alone', () => {
    const ids = (rows: readonly Row[]) => [...new Set(rows.map(({ rule }) => rule))].sort();
    const alone = ['transmission', 'pci-dss-401', 'gdpr'].flatMap((name) => check('--pack', name).findings);
    expect(ids(check(...options).findings)).toEqual(ids(alone));
  });

  test('runs a pack once, however often it is named', () => {
    expect(check('--pack', 'gdpr', '--pack', 'gdpr').packs).toHaveLength(1);
  });

  test('runs transmission where none is named', () => {
    expect(check().packs.map(({ name }) => name)).toEqual(['TransmissionChecks']);
  });
});

describe('a profile', () => {
  test('chooses packs and levels', () => {
    const { packs, levelOf } = check('--profile', 'cardholder-data-environment');
    expect(packs.map(({ name, profile }) => [name, profile])).toEqual([
      ['PciDss401Checks', 'cardholder-data-environment'],
      ['TransmissionChecks', 'cardholder-data-environment'],
    ]);
    expect(levelOf('DataStoreIsClassified')).toEqual(['error']);
    expect(check('--pack', 'pci-dss-401').levelOf('DataStoreIsClassified')).toEqual(['warning']);
  });

  test('goes with those of its packs that are named', () => {
    expect(check('--profile', 'both', '--pack', 'gdpr').packs.map(({ name }) => name)).toEqual([
      'GdprChecks',
    ]);
    const { code, err } = run(['check', 'shop.json', '--profile', 'pci', '--pack', 'gdpr']);
    expect([code, err]).toEqual([
      2,
      "error: --pack: 'profile' must be a profile that has a part for GdprChecks, got 'pci' (PciDss401Checks, TransmissionChecks), choose another or leave one out\n",
    ]);
  });

  test('on the command line goes before that of the file', () => {
    expect(check('--config', 'off.json', '--profile', 'both').packs).toHaveLength(3);
  });

  test('legacy-clients takes its terms from the file, and holds until they end', () => {
    expect(check('--config', 'legacy.json').levelOf('ListenerRequiresTls12')).toEqual(['warning']);
    expect(check('--config', 'legacy.json').levelOf('ListenerIsEncrypted')).toEqual(['error']);
    expect(check('--config', 'terms.json', '--profile', 'legacy-clients').packs).toHaveLength(2);
    expect(run(['check', 'shop.json', '--profile', 'legacy-clients'])).toMatchObject({
      code: 2,
      err: "error: --config: 'legacyClients' is missing, the profile 'legacy-clients' holds only with owner, approvedBy, reason, compensatingControl and until, add them\n",
    });
    const late = run(['check', 'shop.json', '--config', 'legacy.json', '--now', '2027-02-01']);
    expect(late).toMatchObject({
      code: 2,
      out: '',
      err: "error: legacy.json:8:3: 'legacyClients.until' must be a day that is not past, got 2027-01-31, use a profile that asks for TLS 1.2, or have it decided again\n",
    });
  });
});

describe('a rule that is switched off', () => {
  const TOLD =
    'LogRetentionEnds: The archive erases entries after ten days. (owner team-web, until 2027-01-31)';

  test('finds nothing, and stands in the report as not run', () => {
    const { levelOf, packs } = check('--config', 'off.json');
    expect(levelOf('LogRetentionEnds')).toEqual([]);
    expect(packs.map(({ name, notRun }) => [name, notRun])).toEqual([
      ['GdprChecks', [OFF]],
      ['TransmissionChecks', []],
    ]);
  });

  test.each([
    ['check', ['check', 'shop.json', ...NOW]],
    ['posture', ['posture', 'shop.json']],
  ])('stands in the text of %s', (_, line) => {
    const io = { env: { SOURCE_DATE_EPOCH: '1795305600' } };
    const { out } = run([...line, '--config', 'off.json'], io);
    expect(out.replace(/\s+/g, ' ')).toContain(`not run ${TOLD}`);
    expect(out).toMatch(/^profile +gdpr$/m);
  });

  test('stands in SARIF as a notification', () => {
    const { out } = run(['check', 'shop.json', ...NOW, '--config', 'off.json', '--format', 'sarif']);
    const [{ toolExecutionNotifications: told }] = JSON.parse(out).runs[0].invocations;
    expect(told).toContainEqual({ level: 'warning', message: { text: `not run: ${TOLD}` } });
  });

  test('stands in the list of rules, and is not explained', () => {
    const io = { env: { SOURCE_DATE_EPOCH: '1795305600' } };
    const listed = run(['rules', '--config', 'off.json'], io).out;
    expect(listed).toMatch(/^LogRetentionEnds +not run {2}switched off until 2027-01-31$/m);
    expect(run(['explain', 'LogRetentionEnds', '--config', 'off.json'], io)).toMatchObject({
      code: 2,
      err: 'error: LogRetentionEnds: is switched off by team-web until 2027-01-31, explain it without --config\n',
    });
  });

  test('needs no waiver, and one of it is not told to be wrong', () => {
    write('waivers.yaml', {
      version: 1,
      waivers: [
        {
          rule: 'GdprChecks-LogRetentionEnds',
          template: 'shop',
          resource: 'Log',
          reason: 'It is exported and erased by another job.',
          owner: 'team-web',
          ticket: 'SHOP-1',
          expires: '2027-01-31',
        },
      ],
    });
    const about = (...options: readonly string[]) =>
      check('--waivers', 'waivers.yaml', '--pack', 'gdpr', ...options).findings.filter(({ rule }) =>
        rule.startsWith('Waiver'),
      );
    expect(about('--config', 'off.json')).toEqual([]);
    expect(about()).toEqual([]);
  });
});

test('several mistakes are several lines', () => {
  expect(run(['check', 'shop.json', '--config', 'several.json'])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^(error: several\.json:[346]:[23]: '[^\n]+\n){3}$/),
  });
});

test.each([
  'check shop.json',
  'posture shop.json',
  'rules',
  'explain ListenerIsEncrypted',
  'statement shop.json',
])('%s refuses settings that no longer hold', (line) => {
  const env = { SOURCE_DATE_EPOCH: '1795305600' };
  const more = line.startsWith('statement') ? ['--contact', 'mailto:security@example.com'] : [];
  expect(run([...line.split(' '), ...more, '--config', 'expired.json'], { env })).toMatchObject({
    code: 2,
    err: "error: expired.json:7:4: 'switchedOff[0].until' must be a day that is not past, got 2026-11-21, let the rule run, or have it decided again\n",
  });
});

describe('rules and explain', () => {
  test('rules lists what several packs have, each once, at the gravest level', () => {
    const lines = run(['rules', '--pack', 'pci-dss-401', '--pack', 'gdpr']).out.trimEnd().split('\n');
    const ids = lines.map((line) => line.split(' ')[0]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(['KeyRotatesWithinAYear', 'PersonalDataRegionIsAllowed']));
    expect(run(['rules', '--profile', 'public-site']).out).toMatch(/^ListenerSendsHsts +error /m);
    expect(run(['rules']).out).toMatch(/^ListenerSendsHsts +warning /m);
  });

  test.each([
    ['PersonalDataRegionIsAllowed', 'GdprChecks'],
    ['GdprChecks-LogRetentionEnds', 'GdprChecks, PciDss401Checks'],
    ['PciDss401Checks::PciDss401Checks-KeyRotatesWithinAYear', 'PciDss401Checks, GdprChecks'],
  ])('explain knows the rules of every pack: %s', (name, packs) => {
    const { code, out } = run(['explain', name]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^packs +${packs}$`, 'm'));
    const [first = ''] = packs.split(', ');
    expect(out).toMatch(new RegExp(`^acknowledge +${first}::${first}-`, 'm'));
  });

  test('explain keeps to the packs that are named', () => {
    expect(run(['explain', 'PersonalDataRegionIsAllowed', '--pack', 'transmission'])).toMatchObject({
      code: 2,
      err: 'error: PersonalDataRegionIsAllowed: is not a rule of TransmissionChecks, see secure-transmission rules\n',
    });
    const told = run(['explain', 'ListenerSendsHsts', '--profile', 'public-site']).out;
    expect(told).toMatch(/^level +error; warning|^level +error$/m);
  });
});
