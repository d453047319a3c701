import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SIGNED, UNSIGNED } from '../core/security-txt/examples';
import { certificate, distribution } from '../judge/statement/support';
import { run, workFolder, write } from './support';

const NOW = '--now=2027-01-01';
const CONTACT = '--contact=mailto:security@example.com';

beforeAll(() => {
  write('shop.json', { Resources: { Certificate: certificate('shop.example.com'), Edge: distribution() } });
  write('nothing.json', { Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } });
});

const file = (name: string) => path.join(workFolder(), name);
const textOf = (name: string) => readFileSync(file(name), 'utf8');
const epoch = { env: { SOURCE_DATE_EPOCH: '1798761600' } };

describe('a first run', () => {
  test('writes both documents, and says what it wrote', () => {
    const result = run(['statement', 'shop.json', '--output', 'first/', CONTACT], epoch);
    expect(result).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^first\/transmission\.json: written, 1 endpoint from the internet, sha256:[0-9a-f]{12}\nfirst\/security\.txt: written, expires 2027-06-30T00:00:00Z\n$/,
      ),
      err: '',
    });
    expect(textOf('first/security.txt')).toBe(
      'Contact: mailto:security@example.com\nExpires: 2027-06-30T00:00:00Z\n',
    );
    expect(JSON.parse(textOf('first/transmission.json'))).toMatchObject({
      version: 1,
      endpoints: [{ kind: 'cloudfront.viewer', hosts: ['shop.example.com', 'www.example.com'] }],
    });
  });

  test('writes into the folder trust where nobody says another', () => {
    run(['statement', 'shop.json', CONTACT], epoch);
    expect(existsSync(file('trust/transmission.json'))).toBe(true);
  });

  test('holds the time only where --now gives it', () => {
    run(['statement', 'shop.json', '--output=dated', CONTACT, NOW]);
    run(['statement', 'shop.json', '--output=undated', CONTACT], epoch);
    expect(JSON.parse(textOf('dated/transmission.json')).asOf).toBe('2027-01-01T00:00:00Z');
    expect(JSON.parse(textOf('undated/transmission.json')).asOf).toBeUndefined();
  });

  test('takes every field of security.txt that it has an option for', () => {
    const options = [
      '--contact=tel:+1-201-555-0123',
      '--policy=https://example.com/policy',
      '--encryption=openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f',
      '--canonical=https://shop.example.com/.well-known/security.txt',
      '--canonical=https://www.example.com/.well-known/security.txt',
      '--preferred-languages=en, es',
      '--expires=2027-09-30',
    ];
    expect(run(['statement', 'shop.json', '--output=full', CONTACT, ...options, NOW]).code).toBe(0);
    expect(textOf('full/security.txt')).toBe(`Contact: mailto:security@example.com
Contact: tel:+1-201-555-0123
Expires: 2027-09-30T00:00:00Z
Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f
Preferred-Languages: en, es
Canonical: https://shop.example.com/.well-known/security.txt
Canonical: https://www.example.com/.well-known/security.txt
Policy: https://example.com/policy
`);
  });
});

describe('a further run', () => {
  test('changes nothing where nothing changed, and keeps fields that nobody gave again', () => {
    run(['statement', 'shop.json', '--output=again', CONTACT, '--expires=2027-09-30'], epoch);
    const before = [textOf('again/transmission.json'), textOf('again/security.txt')];
    const later = { env: { SOURCE_DATE_EPOCH: '1799000000' } };
    expect(run(['statement', 'shop.json', '--output=again'], later).out).toMatch(
      /^again\/transmission\.json: unchanged, .*\nagain\/security\.txt: unchanged, expires 2027-09-30T00:00:00Z\n$/,
    );
    expect([textOf('again/transmission.json'), textOf('again/security.txt')]).toEqual(before);
  });

  test('replaces a field, and keeps comments and what it does not know', () => {
    write('mine/security.txt', `${UNSIGNED}Bug-Bounty: True\n`);
    expect(run(['statement', 'shop.json', '--output=mine', '--expires=2027-06-01', NOW]).code).toBe(0);
    expect(textOf('mine/security.txt')).toBe(
      `${UNSIGNED}Bug-Bounty: True\n`.replace('2021-12-31T18:37:07z', '2027-06-01T00:00:00Z'),
    );
  });

  test('never breaks a signature', () => {
    write('signed/security.txt', SIGNED);
    expect(run(['statement', 'shop.json', '--output=signed', '--expires=2027-06-01', NOW])).toEqual({
      code: 2,
      out: '',
      err: "error: signed/security.txt: is signed, and a change of 'Expires' would break the signature, change the text that you signed and sign it again\n",
    });
    expect(textOf('signed/security.txt')).toBe(SIGNED);
    expect(existsSync(file('signed/transmission.json'))).toBe(false);
  });

  test('notes a file that has expired or soon will', () => {
    write('old/security.txt', UNSIGNED);
    expect(run(['statement', 'shop.json', '--output=old', NOW])).toMatchObject({
      code: 0,
      err: 'note: old/security.txt expired, read it again and give --expires\n',
    });
    expect(run(['statement', 'shop.json', '--output=old', NOW, '--expires=2027-01-15']).err).toBe(
      'note: old/security.txt expires soon, read it again and give --expires\n',
    );
  });
});

describe('--check', () => {
  const check = (folder: string, target = 'shop.json') =>
    run(['statement', target, '--output', folder, '--check', NOW]);

  test('passes what was just written, and writes nothing', () => {
    run(['statement', 'shop.json', '--output=current', CONTACT, NOW]);
    const before = textOf('current/transmission.json');
    expect(check('current')).toEqual({
      code: 0,
      out: expect.stringMatching(/^current: current \(sha256:[0-9a-f]{12}\)\n$/),
      err: '',
    });
    expect(textOf('current/transmission.json')).toBe(before);
  });

  test('fails where the app is another one, and names the command to run', () => {
    run(['statement', 'shop.json', '--output=stale', CONTACT, NOW]);
    expect(check('stale', 'nothing.json')).toEqual({
      code: 1,
      out: 'stale: stale/transmission.json does not say what the templates say\nrun secure-transmission statement nothing.json --output stale, review what changed, and check it in\n',
      err: '',
    });
  });

  test('fails where there is nothing', () => {
    const { code, out } = check('nowhere');
    expect({ code, lines: out.split('\n').slice(0, 2) }).toEqual({
      code: 1,
      lines: ['stale: nowhere/transmission.json is missing', 'stale: nowhere/security.txt is missing'],
    });
    expect(existsSync(file('nowhere'))).toBe(false);
  });

  test('fails where security.txt has expired, breaks RFC 9116 or is not what options ask for', () => {
    run(['statement', 'shop.json', '--output=txt', CONTACT, NOW]);
    write('txt/security.txt', 'Contact: me\nExpires: 2026-12-31T00:00:00Z\n');
    const args = ['statement', 'shop.json', '--output=txt', '--check', NOW, '--policy=https://example.com/'];
    expect(run(args).out.split('\n').slice(0, 3)).toEqual([
      expect.stringContaining(`stale: txt/security.txt line 1: 'Contact' must be a URI, got "me"`),
      'stale: txt/security.txt expired at 2026-12-31T00:00:00Z',
      'stale: txt/security.txt does not say what the options say',
    ]);
  });

  test('shows what is hostile in a file instead of obeying it', () => {
    run(['statement', 'shop.json', '--output=hostile', CONTACT, NOW]);
    write('hostile/security.txt', `${CONTACT.slice(10)}\nContact: \u001B[2J\u202E\n`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
    expect(check('hostile').out).not.toMatch(/[\u0000-\u0009\u001B\u202E]/);
  });
});

describe('wrong use is told before anything is written', () => {
  test('one line for each mistake', () => {
    const wrong = ['--contact=security@example.com', '--policy=http://example.com/', '--expires=2026-12-31'];
    expect(
      run(['statement', 'shop.json', '--output=wrong', ...wrong, '--preferred-languages=e', NOW]),
    ).toEqual({
      code: 2,
      out: '',
      err: `error: --contact: must be a URI, got "security@example.com", write mailto:security@example.com
error: --policy: must begin with https://, got "http://example.com/", serve it over TLS
error: --preferred-languages: must be language tags with commas between, got "e", write such as en, es
error: --expires: must be in the future, got 2026-12-31, give a day within a year
`,
    });
    expect(existsSync(file('wrong'))).toBe(false);
  });

  test.each<[string, readonly string[], string]>([
    [
      'no contact for a new file',
      [],
      'error: --contact: must be given, since there is no fresh/security.txt, write --contact mailto:security@example.com with an address of yours\n',
    ],
    [
      'an expiry that is no date',
      [CONTACT, '--expires=soon'],
      'error: --expires: must be a day or a date and time, got "soon", write such as 2027-06-30\n',
    ],
    [
      'a field that would end its line',
      ['--contact=mailto:a@example.com\nExpires: 2099-01-01T00:00:00Z'],
      'error: --contact: must be a URI, got "mailto:a@example.com\\nExpires: 2099-01-01T00:00:00Z", write one such as https://example.com/security\n',
    ],
    [
      'languages that would end their line',
      [CONTACT, '--preferred-languages=en,\nes'],
      'error: --preferred-languages: must be language tags with commas between, got "\\nes", write such as en, es\n',
    ],
    [
      'a time that is none',
      [CONTACT, '--now=yesterday'],
      'error: --now: is "yesterday", it must be a day or a date and time of RFC 3339, write such as 2026-12-31\n',
    ],
  ])('%s', (_, args, err) => {
    const now = args.some((arg) => arg.startsWith('--now')) ? [] : [NOW];
    expect(run(['statement', 'shop.json', '--output=fresh', ...args, ...now])).toEqual({
      code: 2,
      out: '',
      err,
    });
    expect(existsSync(file('fresh'))).toBe(false);
  });

  test('an environment that fixes no time', () => {
    const io = { env: { SOURCE_DATE_EPOCH: 'never' } };
    expect(run(['statement', 'shop.json', CONTACT], io)).toMatchObject({
      code: 2,
      err: 'error: SOURCE_DATE_EPOCH: must be seconds since 1970, got "never", correct it\n',
    });
  });

  test('a file there that breaks RFC 9116, each mistake by its line', () => {
    write('broken/security.txt', 'Contact: mailto:a@example.com\nPolicy: nowhere\n');
    const { code, err } = run(['statement', 'shop.json', '--output=broken', NOW]);
    expect({ code, lines: err.split('\n').slice(0, 2) }).toEqual({
      code: 2,
      lines: [
        "error: broken/security.txt: 'Expires' must be given, got none, add it",
        expect.stringMatching(/^error: broken\/security\.txt: line 2: 'Policy' must be a URI/),
      ],
    });
  });

  test('a file there that is no UTF-8', () => {
    mkdirSync(file('latin'));
    writeFileSync(file('latin/security.txt'), Buffer.from([0x23, 0xfc, 0x0a]));
    expect(run(['statement', 'shop.json', '--output=latin', NOW])).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^error: latin\/security\.txt: cannot be read as UTF-8 \(.*\), save it as UTF-8\n$/,
      ),
    });
  });

  test('a folder that cannot be made', () => {
    write('occupied', 'a file');
    expect(run(['statement', 'shop.json', '--output=occupied', CONTACT, NOW])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: --output occupied: cannot be written \(EEXIST\), give a folder/),
    });
  });
});

test('the time of a check comes from --now, or from SOURCE_DATE_EPOCH', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  write('publishing.json', {
    Resources: {
      Documents: {
        Type: 'AWS::CloudFront::Function',
        Metadata: {
          SecureTransmissionPublished: {
            statementDigest: digest,
            securityTxtExpires: '2027-01-01T00:00:00Z',
          },
        },
        Properties: { FunctionCode: digest },
      },
    },
  });
  const rulesAt = (args: readonly string[], env = {}) => {
    const { out } = run(['check', 'publishing.json', '--format=json', ...args], { env });
    const { targets } = JSON.parse(out);
    return targets[0].findings
      .map(({ rule }: { rule: string }) => rule)
      .filter((rule: string) => /^SecurityTxt/.test(rule));
  };
  expect(rulesAt(['--now=2027-01-02'])).toEqual(['SecurityTxtIsNotExpired']);
  expect(rulesAt([], { SOURCE_DATE_EPOCH: '1798848000' })).toEqual(['SecurityTxtIsNotExpired']);
  expect(rulesAt(['--now=2026-12-20'], { SOURCE_DATE_EPOCH: '1798848000' })).toEqual([
    'SecurityTxtIsRenewedInTime',
  ]);
  expect(rulesAt(['--now=2026-06-01'])).toEqual([]);
});
