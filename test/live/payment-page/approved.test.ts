import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parseApproved } from '../../../lib/live/payment-page/approved';
import { readApproved, readDraft, writeApproved } from '../../../lib/live/payment-page/approved-file';
import { render } from '../../../tools/generate/payment-page-schema';

const SCHEMA = path.resolve(__dirname, '../../../schemas/payment-page.schema.json');
const published = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

const DIGEST = `sha256-${'a'.repeat(43)}=`;
const script = (more: object = {}) => ({
  kind: 'script',
  source: 'https://js.psp.test/v3/',
  integrity: `sha384-${'a'.repeat(64)}`,
  owner: 'payments',
  justification: 'The fields for card numbers of our payment provider.',
  ...more,
});
const list = (scripts: readonly object[] = [script()], more: object = {}) => ({
  version: 1,
  owner: 'payments',
  pages: [
    { url: 'https://shop.test/pay', scripts, headers: [{ name: 'x-frame-options', value: 'DENY' }], ...more },
  ],
});
const refusal = (value: unknown): string => {
  try {
    parseApproved(value, 'list.json');
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
};

test('a list is taken, and the published schema takes it too', () => {
  const inline = script({ kind: 'inline-script', source: DIGEST, integrity: undefined });
  const handler = script({ kind: 'event-handler', source: `onclick ${DIGEST}`, integrity: undefined });
  const changing = script({
    source: 'https://js.psp.test/v4/',
    integrity: undefined,
    changesReason: 'The provider changes it without notice, and answers for it.',
  });
  const whole = JSON.parse(JSON.stringify(list([script(), inline, handler, changing])));
  expect(refusal(whole)).toBe('taken');
  expect([published(whole), published.errors]).toEqual([true, null]);
});

describe('a list is refused, by the published schema too, that', () => {
  test.each<[string, unknown, string]>([
    ['is of a later version', { ...list(), version: 2 }, "list.json: 'version' must be 1, got 2, correct it"],
    [
      'has no owner',
      { ...list(), owner: undefined },
      "list.json: 'owner' is missing, add who is called when a page was changed, in 2 to 100 characters",
    ],
    [
      'has no pages',
      { ...list(), pages: [] },
      "list.json: 'pages' must be a list of 1 to 20 pages, got 0 entries, correct it",
    ],
    [
      'gives no justification',
      list([script({ justification: undefined })]),
      "list.json: 'pages[0].scripts[0].justification' is missing, add a sentence of 20 to 500 characters on one line that says what the business needs it for (PCI DSS 6.4.3)",
    ],
    [
      'gives one word for it',
      list([script({ justification: 'advertisements-and-more' })]),
      'list.json: \'pages[0].scripts[0].justification\' must be a sentence of 20 to 500 characters on one line that says what the business needs it for (PCI DSS 6.4.3), got "advertisements-and-more", correct it',
    ],
    [
      'has a page in the clear',
      list([], { url: 'http://shop.test/' }),
      'list.json: \'pages[0].url\' must be an address that begins with https://, without user and fragment, such as "https://shop.example.com/checkout", got "http://shop.test/", correct it',
    ],
    [
      'knows a kind that nobody knows',
      list([script({ kind: 'scripts' })]),
      "list.json: 'pages[0].scripts[0].kind' must be one of script, inline-script, import-map, event-handler, javascript-url, frame, preload, form, refresh, got \"scripts\", did you mean 'script'?",
    ],
    [
      'holds a weak digest',
      list([script({ integrity: 'sha1-abc' })]),
      'list.json: \'pages[0].scripts[0].integrity\' must be sha256-, sha384- or sha512- and the digest in base64, got "sha1-abc", correct it',
    ],
    [
      'says more',
      list([script({ reason: 'because of that' })]),
      'list.json: "pages[0].scripts[0].reason" is not a setting, did you mean \'changesReason\'?, use only kind, source, integrity, changesReason, owner, justification',
    ],
  ])('%s', (_, value, message) => {
    const whole = JSON.parse(JSON.stringify(value));
    expect(refusal(whole)).toBe(message);
    expect(published(whole)).toBe(false);
  });
});

describe('a list is refused that', () => {
  test.each<[string, unknown, string]>([
    [
      'nobody has finished',
      list([script({ justification: 'TODO: say what the business needs it for.' })]),
      "list.json: 'pages[0].scripts[0].justification' begins with TODO, what is approved must say it, write it or take it from the page",
    ],
    [
      'has no owner yet',
      { ...list(), owner: 'TODO: name one' },
      "list.json: 'owner' begins with TODO, what is approved must say it, write it or take it from the page",
    ],
    [
      'does not know the content of a script',
      list([script({ integrity: undefined })]),
      "list.json: 'pages[0].scripts[0]' must have 'integrity', or 'changesReason' where its content may change, got neither, give one",
    ],
    [
      'knows it, and says it may change',
      list([script({ changesReason: 'The provider changes it without notice.' })]),
      "list.json: 'pages[0].scripts[0]' must have 'integrity', or 'changesReason' where its content may change, got both, give one",
    ],
    [
      'gives a digest for a frame',
      list([script({ kind: 'frame' })]),
      "list.json: 'pages[0].scripts[0]' must have neither 'integrity' nor 'changesReason', which are for scripts with an address, remove them",
    ],
    [
      'gives an address for what is inline',
      list([script({ kind: 'inline-script', integrity: undefined })]),
      'list.json: \'pages[0].scripts[0].source\' must be sha256- and the digest in base64, got "https://js.psp.test/v3/", correct it',
    ],
    [
      'gives a handler without a name',
      list([script({ kind: 'event-handler', source: DIGEST, integrity: undefined })]),
      `list.json: 'pages[0].scripts[0].source' must be the name of a handler, a space, sha256- and the digest, got "${DIGEST}", correct it`,
    ],
    [
      'gives a part of an address',
      list([script({ source: '/v3/' })]),
      'list.json: \'pages[0].scripts[0].source\' must be an absolute address, got "/v3/", correct it',
    ],
    [
      'approves a header that nobody looks at',
      list([], { headers: [{ name: 'set-cookie', value: 'a=b' }] }),
      'list.json: \'pages[0].headers[0].name\' must be a header that is looked at, got "set-cookie", remove it',
    ],
    [
      'spells a header wrong',
      list([], { headers: [{ name: 'x-frame-option', value: 'DENY' }] }),
      "list.json: 'pages[0].headers[0].name' must be a header that is looked at, got \"x-frame-option\", did you mean 'x-frame-options'?",
    ],
    [
      'says one thing twice',
      list([script(), script()]),
      'list.json: \'pages[0].scripts[1]\' repeats "script https://js.psp.test/v3/", remove it',
    ],
    [
      'holds a page twice',
      { ...list(), pages: [...list().pages, { ...list().pages[0], url: 'https://SHOP.test/pay' }] },
      'list.json: \'pages[1]\' repeats "https://shop.test/pay", remove it',
    ],
  ])('%s', (_, value, message) => {
    expect(refusal(JSON.parse(JSON.stringify(value)))).toBe(message);
  });
});

describe('a file', () => {
  const taken = parseApproved(list(), 'list');

  test.each(['list.json', 'list.yaml', 'list.YML'])('that was written is read again: %s', (name) => {
    expect(readApproved(writeApproved(taken, name), name)).toEqual(taken);
  });

  test('may hold what is still to be written, while it is a draft', () => {
    const text = JSON.stringify({ ...list(), owner: 'TODO' });
    expect(readDraft(text, 'list.json').owner).toBe('TODO');
    expect(() => readApproved(text, 'list.json')).toThrow("list.json: 'owner' begins with TODO");
  });

  test.each<[string, string, string]>([
    [
      'that is no map',
      '[]',
      'list.yaml: is no map with version, owner and pages, write it as docs/payment-pages.md shows, or let --update write it',
    ],
    [
      'that is broken',
      'version: 1\nowner: "x',
      'list.yaml:2:10: is neither JSON nor YAML (Missing closing "quote), write it as docs/payment-pages.md shows, or let --update write it',
    ],
    [
      'that says a key twice',
      'version: 1\nversion: 1',
      'list.yaml:2:1: is neither JSON nor YAML (Map keys must be unique), write it as docs/payment-pages.md shows, or let --update write it',
    ],
    [
      'that grows when it is read',
      `a: &a [1]\nb: [${'*a, '.repeat(100)}]`,
      'list.yaml: holds an alias, of which none is allowed, write it as docs/payment-pages.md shows, or let --update write it',
    ],
    [
      'that is too long',
      `# ${'x'.repeat(1024 * 1024)}`,
      'list.yaml: is longer than 1048576 characters, which no list is, write it as docs/payment-pages.md shows, or let --update write it',
    ],
  ])('%s is refused', (_, text, message) => {
    expect(() => readApproved(text, 'list.yaml')).toThrow(message);
  });
});

test('the published schema is the one that is checked', () => {
  expect(readFileSync(SCHEMA, 'utf8')).toBe(render());
});
