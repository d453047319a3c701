import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Answer, type PageServer, page, redirect, serve } from '../_fixtures/payment-page/server';
import { run, runLive, workFolder, write } from './support';

const CSP = { 'content-security-policy': "script-src 'self'" };
const GOOD = '<title>Pay</title><script src="/psp.js"></script><script>start()</script>';
let html = GOOD;
let answer: Answer | undefined;
let server: PageServer;
let url = '';

beforeAll(async () => {
  server = await serve({
    '/pay': (response, request) => (answer ?? page(html, CSP))(response, request),
    '/psp.js': page('fields();', { 'content-type': 'text/javascript' }),
  });
  url = `https://127.0.0.1:${server.port}/pay`;
  write('authority.pem', server.authority);
  write('junk.pem', 'junk');
});
afterAll(() => server.close());
beforeEach(() => {
  html = GOOD;
  answer = undefined;
});

const check = (...more: readonly string[]) =>
  runLive(['payment-page', 'check', url, '--allow-private', '--ca', 'authority.pem', ...more]);
const text = (name: string) => readFileSync(path.join(workFolder(), name), 'utf8');
/** Writes the list, and decides about everything in it. */
async function decided(name: string): Promise<void> {
  const result = await check('--update', '--approved', name);
  expect(result.code).toBe(0);
  write(
    name,
    text(name)
      .replaceAll(/TODO: say[^"\n]*/g, 'The fields for card numbers of our provider.')
      .replaceAll(/TODO: name[^"\n]*/g, 'payments'),
  );
}

describe.each(['list.json', 'list.yaml'])('with %s', (name) => {
  test('a list is written, refused until somebody has decided, then the page is as approved', async () => {
    const made = await check('--update', '--approved', `new-${name}`);
    expect(made).toEqual({
      code: 0,
      out: `new-${name}: written, 1 page, 2 scripts, 5 still to be written\n`,
      err: '',
    });
    const refused = await check('--approved', `new-${name}`);
    expect(refused.code).toBe(2);
    expect(refused.err.split('\n')).toContain(
      `error: new-${name}: 'pages[0].scripts[0].justification' begins with TODO, what is approved must say it, write it or take it from the page`,
    );
    await decided(name);
    await expect(check('--approved', name)).resolves.toEqual({
      code: 0,
      out: `${url}: as approved (2 scripts)\n`,
      err: '',
    });
  });
});

describe('of a page that was approved', () => {
  beforeEach(() => decided('approved.json'));

  test('a change is a finding', async () => {
    html = `${GOOD}<script src="https://evil.test/s.js"></script>`;
    await expect(check('--approved', 'approved.json')).resolves.toEqual({
      code: 1,
      out: `${url}: 1 finding
  new script https://evil.test/s.js
    got  <script src>
    want nothing
tell payments, see docs/runbooks/page-changed.md
`,
      err: '',
    });
  });

  test('what a page holds is shown, and never obeyed', async () => {
    html = `${GOOD}<script src="https://evil.test/\u202e\u001b[2J"></script>`;
    const { out } = await check('--approved', 'approved.json');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('a report as JSON says the same', async () => {
    html = `${GOOD}<script src="https://evil.test/s.js"></script>`;
    const { code, out } = await check('--approved', 'approved.json', '--format', 'json');
    expect([code, JSON.parse(out).pages[0].findings]).toEqual([
      1,
      [{ kind: 'new', subject: 'script https://evil.test/s.js', got: '<script src>', want: 'nothing' }],
    ]);
  });

  test('each form of the report goes where it is told to', async () => {
    const args = [
      '--approved',
      'approved.json',
      '--format',
      'text',
      '--format',
      'json',
      '--output',
      'page.json',
    ];
    const { code, out } = await check(...args);
    expect([code, out]).toEqual([0, `${url}: as approved (2 scripts)\n`]);
    expect(JSON.parse(text('page.json')).pages[0].isChecked).toBe(true);
  });

  test('what could not be looked at is no pass, whatever else is fine', async () => {
    answer = (response) => response.writeHead(503).end();
    await expect(check('--approved', 'approved.json')).resolves.toEqual({
      code: 3,
      out: `${url}: not checked\n  not checked: answers 503 and not 200\ntell payments, see docs/runbooks/page-not-checked.md\n`,
      err: '',
    });
  });

  test('an address of IPv6 is shown as it is', async () => {
    const { code, err } = await runLive(['payment-page', 'check', 'https://[::1]/', '--update']);
    expect([code, err]).toEqual([
      3,
      'error: https://[::1]/: the name [::1] leads to [::1], which is an address of this machine, nothing was written\n',
    ]);
  });

  test('what there is no time left for is no pass', async () => {
    // In less than a second no page is fetched.
    const { code, out } = await check('--approved', 'approved.json', '--time-limit', '1');
    expect([code, out.split('\n')[1]]).toEqual([
      3,
      '  not checked: was not asked for, there was no time left',
    ]);
  });

  test('a page that leads elsewhere is a finding', async () => {
    answer = redirect('https://evil.test/');
    const { code, out } = await check('--approved', 'approved.json');
    expect([code, out.split('\n')[1]]).toEqual([1, '  elsewhere redirect']);
  });

  test('an update of what cannot be read leaves the list as it was', async () => {
    const before = text('approved.json');
    answer = redirect('https://evil.test/');
    const { code, err } = await check('--approved', 'approved.json', '--update');
    expect([code, err]).toEqual([
      3,
      `error: ${url}: sends its visitors to https://evil.test/, nothing was written\n`,
    ]);
    expect(text('approved.json')).toBe(before);
  });

  test('this machine is not connected to without being asked for', async () => {
    const { code, out } = await runLive(['payment-page', 'check', url, '--approved', 'approved.json']);
    expect([code, out.split('\n')[1]]).toEqual([
      3,
      '  not checked: the name 127.0.0.1 leads to 127.0.0.1, which is an address of this machine',
    ]);
  });
});

describe('wrong use is told, and nothing is asked', () => {
  test.each<[string, readonly string[], string]>([
    [
      'another word',
      ['watch', 'https://a.test/'],
      'error: watch: is not something that payment-page does, write secure-transmission payment-page check <https-url...>\n',
    ],
    [
      'no page',
      ['check'],
      'error: payment-page: needs check <https-url...>, write secure-transmission payment-page check <https-url...>\n',
    ],
    [
      'a page in the clear',
      ['check', 'http://a.test/'],
      'error: http://a.test/: is no address of a page, it must begin with https:// and hold no user and no fragment, correct it\n',
    ],
    [
      'a user in the address, whose password is not printed',
      ['check', 'https://u:p@a.test/'],
      'error: https://a.test/: is no address of a page, it must begin with https:// and hold no user and no fragment, correct it\n',
    ],
    [
      'a page twice',
      ['check', 'https://a.test', 'https://A.test/'],
      'error: https://A.test/: is given twice, it is allowed once, remove one\n',
    ],
    [
      'a time that is none',
      ['check', 'https://a.test/', '--time-limit', '0'],
      'error: --time-limit: is "0", it must be whole seconds from 1 to 86400, write such as 60\n',
    ],
    [
      'a time for an answer that nobody waits for',
      ['check', 'https://a.test/', '--timeout', '301'],
      'error: --timeout: is "301", it must be whole seconds from 1 to 300, write such as 60\n',
    ],
    [
      'authorities that are none',
      ['check', 'https://a.test/', '--ca', 'junk.pem'],
      'error: --ca junk.pem: holds no certificate that can be read, it must hold certificates in PEM, give that of the authority\n',
    ],
    [
      'a report of an update',
      ['check', 'https://a.test/', '--update', '--format', 'json'],
      'error: --format: is for a report, which --update does not make, leave one of them out\n',
    ],
    [
      'a report that could not be written',
      ['check', 'https://a.test/', '--output', 'gone/report.txt'],
      'error: --output gone/report.txt: cannot be written (ENOENT), give a file in a folder that exists\n',
    ],
    [
      'a list that could not be written',
      ['check', 'https://a.test/', '--update', '--approved', 'gone/list.json'],
      'error: --approved gone/list.json: cannot be written (ENOENT), give a file in a folder that exists\n',
    ],
    [
      'no list',
      ['check', 'https://a.test/'],
      'error: payment-page.approved.json: cannot be read (ENOENT), give the approved list, or write one with --update\n',
    ],
  ])('%s', async (_, argv, err) => {
    await expect(runLive(['payment-page', ...argv])).resolves.toEqual({ code: 2, out: '', err });
  });

  test('a page that is not in the list', async () => {
    await decided('approved.json');
    const { code, err } = await runLive([
      'payment-page',
      'check',
      'https://a.test/',
      '--approved',
      'approved.json',
    ]);
    expect([code, err]).toEqual([
      2,
      'error: https://a.test/: does not stand in approved.json, of a page that is looked at it must be known what may stand there, add it with --update\n',
    ]);
  });
});

test('the help says what the exit codes mean', () => {
  const { out } = run(['payment-page', '--help']);
  expect(out).toContain('  3  something could not be looked at, which is never a pass');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
});
