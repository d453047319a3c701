import { createHash } from 'node:crypto';
import type { ApprovedPage, ApprovedScript } from '../../../lib/live/payment-page/approved';
import { parseApproved } from '../../../lib/live/payment-page/approved';
import { checkPage } from '../../../lib/live/payment-page/check-page';
import type { FetchOptions } from '../../../lib/live/payment-page/fetch-page';
import { seePage } from '../../../lib/live/payment-page/index';
import { checkPages, measuredPages } from '../../../lib/live/payment-page/run-checks';
import { updatedList } from '../../../lib/live/payment-page/update';
import { type Answer, type PageServer, page, redirect, serve } from '../../_fixtures/payment-page/server';

const CODE = 'fields();';
const CSP = "script-src 'self' 'nonce-abc'; form-action 'self'";
const GOOD = '<script src="/psp.js"></script><script nonce=abc>start()</script><form action="/pay"></form>';
const digest = (text: string, algorithm = 'sha384') =>
  `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;

let html = GOOD;
let headers: Record<string, string> = {};
let code = CODE;
let answer: Answer | undefined;
let server: PageServer;
const shown: Answer = (response, request) =>
  (answer ?? page(html, { 'content-security-policy': CSP, 'x-frame-options': 'DENY', ...headers }))(
    response,
    request,
  );

beforeAll(async () => {
  server = await serve({
    '/pay': shown,
    '/psp.js': (response) => {
      response.writeHead(code === '' ? 500 : 200, { 'content-type': 'text/javascript' });
      response.end(code);
    },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  html = GOOD;
  headers = {};
  code = CODE;
  answer = undefined;
});

const at = (path: string) => `https://shop.test:${server.port}${path}`;
const options = (): FetchOptions => ({
  reach: 'any',
  authorities: [server.authority],
  resolve: async () => ['127.0.0.1'],
  timeLimit: 3000,
});
const people = { owner: 'payments', justification: 'The fields for card numbers of our payment provider.' };
const approved = (scripts: readonly Partial<ApprovedScript>[] = []): ApprovedPage => ({
  url: at('/pay'),
  scripts: [
    { kind: 'script', source: at('/psp.js'), integrity: digest(CODE), ...people },
    { kind: 'inline-script', source: digest('start()', 'sha256'), ...people },
    ...scripts.map((each) => ({ kind: 'script' as const, source: at('/x.js'), ...people, ...each })),
  ],
  headers: [
    { name: 'content-security-policy', value: "script-src 'self' 'nonce-*'; form-action 'self'" },
    { name: 'x-frame-options', value: 'DENY' },
  ],
});
const check = async (want = approved()) => {
  const { findings, unchecked } = await checkPage(want, options());
  return {
    findings: findings.map(({ kind, subject }) => `${kind} ${subject.replaceAll(at(''), '')}`),
    unchecked,
  };
};

test('a page that is what was approved has no finding', async () => {
  await expect(check()).resolves.toEqual({ findings: [], unchecked: [] });
});

describe('tampering is found:', () => {
  test.each<[string, () => void, readonly string[]]>([
    [
      'a script more',
      () => {
        html = `${GOOD}<script src="https://evil.test/s.js"></script>`;
      },
      ['new script https://evil.test/s.js'],
    ],
    [
      'another inline script',
      () => {
        html = GOOD.replace('start()', 'steal()');
      },
      [
        `new inline-script ${digest('steal()', 'sha256')}`,
        `missing inline-script ${digest('start()', 'sha256')}`,
      ],
    ],
    [
      'a handler',
      () => {
        html = `${GOOD}<img src=x onerror="steal()">`;
      },
      [`new event-handler onerror ${digest('steal()', 'sha256')}`],
    ],
    [
      'a script that is gone',
      () => {
        html = GOOD.replace(/<script src.*?<\/script>/, '');
      },
      ['missing script /psp.js'],
    ],
    [
      'a script with other content',
      () => {
        code = 'fields();steal();';
      },
      ['changed script /psp.js'],
    ],
    [
      'a script with another digest on the page',
      () => {
        html = GOOD.replace('"/psp.js"', `"/psp.js" integrity="${digest('steal()')}"`);
      },
      ['changed script /psp.js'],
    ],
    [
      'a digest more on the page',
      () => {
        html = GOOD.replace('"/psp.js"', `"/psp.js" integrity="${digest(CODE)} ${digest('steal()')}"`);
      },
      ['changed script /psp.js'],
    ],
    [
      'a digest that browsers do not know',
      () => {
        html = GOOD.replace('"/psp.js"', '"/psp.js" integrity="md5-abc"');
      },
      ['changed script /psp.js'],
    ],
    [
      'a form that sends elsewhere',
      () => {
        html = GOOD.replace('"/pay"', '"https://evil.test/"');
      },
      ['new form https://evil.test/'],
    ],
    [
      'a base that leads scripts elsewhere',
      () => {
        html = `<base href="https://evil.test/">${GOOD}`;
      },
      ['new form https://evil.test/pay', 'new script https://evil.test/psp.js', 'missing script /psp.js'],
    ],
    [
      'a weaker policy',
      () => {
        headers = { 'content-security-policy': "script-src 'self' 'unsafe-inline'; form-action 'self'" };
      },
      ['weakened header content-security-policy'],
    ],
    [
      'a header that leads away',
      () => {
        headers = { refresh: '0; url=https://evil.test/' };
      },
      ['new header refresh'],
    ],
    [
      'a redirect to another host',
      () => {
        answer = redirect('https://evil.test/pay');
      },
      ['elsewhere redirect'],
    ],
  ])('%s', async (_, tamper, findings) => {
    tamper();
    await expect(check()).resolves.toEqual({ findings, unchecked: [] });
  });

  test('a header that is gone', async () => {
    answer = page(GOOD, { 'content-security-policy': CSP });
    await expect(check()).resolves.toEqual({ findings: ['missing header x-frame-options'], unchecked: [] });
  });
});

test('a digest on the page is enough: the browser verifies it, and nothing is fetched', async () => {
  html = GOOD.replace('"/psp.js"', `"/psp.js" integrity="sha256-weaker= ${digest(CODE)}"`);
  const before = server.asked.length;
  await expect(check()).resolves.toEqual({ findings: [], unchecked: [] });
  expect(server.asked.slice(before).map((line) => line.split(' ')[1])).toEqual(['/pay']);
});

test('a script that may change is not fetched, nor is one that is not in the list', async () => {
  html = `${GOOD}<script src="/x.js"></script><script src="/y.js"></script>`;
  const before = server.asked.length;
  const reason = 'The provider changes it without notice, and answers for it.';
  const result = await check(approved([{ changesReason: reason }]));
  expect(result).toEqual({ findings: ['new script /y.js'], unchecked: [] });
  expect(server.asked.slice(before).map((line) => line.split(' ')[1])).toEqual(['/pay', '/psp.js']);
});

describe('what could not be looked at is no pass:', () => {
  test.each<[string, () => void, string]>([
    [
      'an error',
      () => {
        answer = (response) => response.writeHead(500).end();
      },
      'answers 500 and not 200',
    ],
    [
      'what is no page',
      () => {
        answer = page('{}', { 'content-type': 'application/json' });
      },
      'is application/json and not text/html, which is all that is looked at',
    ],
    [
      'a page of elements without end',
      () => {
        html = '<div>'.repeat(600);
      },
      'nests elements more than 512 deep',
    ],
    [
      'a script that cannot be read',
      () => {
        code = '';
      },
      'the script /psp.js answers 500 and not 200',
    ],
  ])('%s', async (_, fail, why) => {
    fail();
    const { unchecked } = await check();
    expect(unchecked.map((each) => each.replaceAll(at(''), ''))).toEqual([why]);
  });
});

test('metrics count findings, pages that were looked at, and pages that were not', async () => {
  const pages = [approved(), { ...approved(), url: at('/gone') }];
  html = `${GOOD}<script src="/y.js"></script>`;
  const results = await checkPages({ version: 1, owner: 'payments', pages }, options());
  expect(measuredPages(results, 'Watch')).toEqual({
    dimensions: { FunctionName: 'Watch' },
    metrics: [
      { name: 'PaymentPagesChecked', unit: 'Count', value: 1 },
      { name: 'PaymentPagesNotChecked', unit: 'Count', value: 1 },
      { name: 'PaymentPageFindings', unit: 'Count', value: 1 },
    ],
  });
});

test('a page that was changed and then no longer answers switches no alarm off', async () => {
  const pages = [approved(), { ...approved(), url: at('/gone') }];
  const results = await checkPages({ version: 1, owner: 'payments', pages }, options());
  expect(measuredPages(results, 'Watch').metrics).toEqual([
    { name: 'PaymentPagesChecked', unit: 'Count', value: 1 },
    { name: 'PaymentPagesNotChecked', unit: 'Count', value: 1 },
  ]);
});

describe('an update', () => {
  const update = async (list?: Parameters<typeof updatedList>[0]) =>
    updatedList(list, [{ url: at('/pay'), seen: await seePage(at('/pay'), options()) }], options());

  test('writes what stands there, which is refused until somebody has justified it, and then found as approved', async () => {
    const drafted = await update();
    expect(() => parseApproved(drafted, 'list')).toThrow("list: 'owner' begins with TODO");
    const written = JSON.parse(
      JSON.stringify(drafted)
        .replaceAll(/TODO: say[^"]*/g, people.justification)
        .replaceAll(/TODO: name[^"]*/g, 'payments'),
    );
    const [first] = parseApproved(written, 'list').pages;
    await expect(check(first)).resolves.toEqual({ findings: [], unchecked: [] });
    expect(first?.scripts.find(({ kind }) => kind === 'script')?.integrity).toBe(digest(CODE));
  });

  const list = () => ({ version: 1 as const, owner: 'payments', pages: [approved()] });

  test('leaves what did not change as it is', async () => {
    const kept = await update(list());
    expect(parseApproved(kept, 'list').pages[0]?.scripts).toHaveLength(2);
    expect(kept.pages[0]?.scripts).toEqual(expect.arrayContaining([...approved().scripts]));
  });

  test('calls for a decision where the content of a script changed', async () => {
    code = 'fields(2);';
    const changed = (await update(list())).pages[0]?.scripts.find(({ kind }) => kind === 'script');
    expect(changed).toMatchObject({
      integrity: digest('fields(2);'),
      justification: `TODO: its content changed, decide again. Before: ${people.justification}`,
    });
  });

  test('does not take for a change what it cannot read', async () => {
    code = '';
    const kept = (await update(list())).pages[0]?.scripts.find(({ kind }) => kind === 'script');
    expect(kept?.integrity).toBe(digest(CODE));
  });

  test('leaves pages alone that it was not asked for', async () => {
    const other = { ...approved(), url: 'https://shop.test/other' };
    const kept = await update({ ...list(), pages: [other] });
    expect(kept.pages.map(({ url }) => url)).toEqual(['https://shop.test/other', at('/pay')]);
    expect(kept.pages[0]).toEqual(other);
  });
});
