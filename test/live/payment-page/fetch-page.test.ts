import { gzipSync } from 'node:zlib';
import { type FetchOptions, fetchOverTls } from '../../../lib/live/payment-page/fetch-page';
import { type PageServer, page, redirect, serve } from '../../_fixtures/payment-page/server';

/** A gigabyte of zeros cannot be made here in time; sixteen megabytes are as much too many. */
const BOMB = gzipSync(Buffer.alloc(16 * 1024 * 1024));

let server: PageServer;
let expired: PageServer;
let elsewhere: PageServer;

beforeAll(async () => {
  elsewhere = await serve({ '/': page('stolen') }, ['other.test']);
  expired = await serve({ '/': page('old') }, ['shop.test'], new Date(Date.now() - 3_600_000));
  server = await serve({
    '/': page('hello'),
    '/packed': page(gzipSync('hello'), { 'content-encoding': 'gzip' }),
    '/bomb': page(BOMB, { 'content-encoding': 'gzip' }),
    '/cut': page(BOMB.subarray(0, 1000), { 'content-encoding': 'gzip' }),
    '/odd': page('hello', { 'content-encoding': 'compress' }),
    '/huge': page(Buffer.alloc(300_000, 'a')),
    '/moved': redirect('/'),
    '/around': redirect('/around'),
    '/away': (response, request) => redirect(`https://other.test:${elsewhere.port}/`)(response, request),
    '/other-port': (response, request) => redirect(`https://shop.test:${elsewhere.port}/`)(response, request),
    '/clear': (response, request) => redirect(`http://${request.headers.host}/`)(response, request),
    '/hangs': () => undefined,
    '/drips': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('a'), 50);
      response.on('close', () => clearInterval(timer));
    },
    '/breaks': (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('a');
      setTimeout(() => response.destroy(), 20);
    },
  });
});

afterAll(async () => {
  await Promise.all([server, expired, elsewhere].map((each) => each.close()));
});

const at = (path: string) => `https://shop.test:${server.port}${path}`;
const options = (more: FetchOptions = {}): FetchOptions => ({
  reach: 'any',
  authorities: [server.authority, expired.authority, elsewhere.authority],
  resolve: async () => ['127.0.0.1'],
  timeLimit: 5000,
  ...more,
});
const fetched = async (path: string, more: FetchOptions = {}) =>
  (await fetchOverTls(at(path), options(more))).body.toString();

describe('a page is fetched', () => {
  test('as it is', async () => {
    await expect(fetched('/')).resolves.toBe('hello');
  });

  test('unpacked', async () => {
    await expect(fetched('/packed')).resolves.toBe('hello');
  });

  test('over redirects on its own host', async () => {
    const answer = await fetchOverTls(at('/moved'), options());
    expect([answer.url, answer.body.toString()]).toEqual([at('/'), 'hello']);
  });

  test('from the address that was looked at, though DNS says something else the second time', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.9']];
    const resolve = jest.fn(async () => answers.shift() ?? []);
    await expect(fetched('/', { resolve })).resolves.toBe('hello');
    expect(resolve).toHaveBeenCalledTimes(1);
  });
});

describe('a page is not fetched', () => {
  test.each<[string, string, FetchOptions, string]>([
    ['that leads to another host', '/away', {}, 'sends its visitors to https://other.test:'],
    ['that leads to another port', '/other-port', {}, 'sends its visitors to https://shop.test:'],
    ['that leads into the clear', '/clear', {}, 'sends its visitors to http://shop.test:'],
    ['that leads in circles', '/around', {}, 'redirects more than 5 times'],
    ['that never answers', '/hangs', { timeLimit: 300 }, 'did not answer within 0.3 s'],
    ['that drips', '/drips', { timeLimit: 300 }, 'did not answer within 0.3 s'],
    ['that breaks off', '/breaks', {}, 'cannot be read (ECONNRESET)'],
    ['that is too large', '/huge', { sizeLimit: 100_000 }, 'is larger than 100000 bytes'],
    ['that unpacks to more than it may', '/bomb', {}, 'is larger than 4194304 bytes'],
    ['whose packing is cut off', '/cut', {}, 'cannot be read (Z_BUF_ERROR)'],
    ['that is packed in an odd way', '/odd', {}, 'is packed as compress, which was not asked for'],
    [
      'whose certificate nobody vouches for',
      '/',
      { authorities: [] },
      'cannot be read (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [
      'whose name leads to this machine',
      '/',
      { reach: 'public' },
      'the name shop.test leads to 127.0.0.1, which is an address of this machine',
    ],
    [
      'one of whose addresses is private',
      '/',
      { reach: 'public', resolve: async () => ['192.0.43.8', '10.1.2.3'] },
      'the name shop.test leads to 10.1.2.3, which is a private address',
    ],
    [
      'whose name leads to the metadata of a cloud, in the form of IPv6',
      '/',
      { reach: 'network', resolve: async () => ['::ffff:169.254.169.254'] },
      'the name shop.test leads to [::ffff:169.254.169.254], which is a link-local address, where the metadata of clouds are',
    ],
    ['for which no time is left', '/', { remaining: () => 999 }, 'was not asked for, there was no time left'],
    [
      'that takes all of the time that is left',
      '/hangs',
      { remaining: () => 1000 },
      'did not answer within 1 s',
    ],
    ['whose name has no address', '/', { resolve: async () => [] }, 'the name shop.test has no address'],
    [
      'whose name is not found in time',
      '/',
      { timeLimit: 100, resolve: () => new Promise(() => undefined) },
      'did not answer within 0.1 s',
    ],
  ])('%s', async (_, path, more, message) => {
    await expect(fetched(path, more)).rejects.toThrow(message);
  });

  test('whose certificate is for another name', async () => {
    const url = `https://other.test:${server.port}/`;
    await expect(fetchOverTls(url, options())).rejects.toThrow(
      'cannot be read (ERR_TLS_CERT_ALTNAME_INVALID)',
    );
  });

  test('whose certificate has expired', async () => {
    const url = `https://shop.test:${expired.port}/`;
    await expect(fetchOverTls(url, options())).rejects.toThrow('cannot be read (CERT_HAS_EXPIRED)');
  });

  test('from an address in place of a name, where that is of this machine', async () => {
    const url = `https://127.0.0.1:${server.port}/`;
    await expect(fetchOverTls(url, options({ reach: 'public' }))).rejects.toThrow(
      'which is an address of this machine',
    );
  });

  test('from where it leads: the other server is never asked', () => {
    expect(elsewhere.asked).toEqual([]);
  });
});
