import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fetchJwks } from '../../../../../lib/constructs/api/runtime/jwt/fetch-jwks';
import { FetchedKeys, type KeysNotFetched } from '../../../../../lib/constructs/api/runtime/jwt/key-source';
import { selfSignedCertificate } from '../../../../../lib/target/self-signed-certificate';
import { ALL_KEYS } from './tokens';

const own = selfSignedCertificate({ days: 2, now: new Date() });
let answer: (response: ServerResponse) => void = () => {};
const server = createServer(own, (_, response) => answer(response));
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/keys`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const problemOf = (authorities: string | undefined = own.cert) =>
  fetchJwks(url, { authorities, longestMilliseconds: 1000 }).then(
    () => 'fetched',
    ({ problem, detail }: KeysNotFetched) => `${problem} ${detail ?? ''}`.trim(),
  );

test.each<[string, (response: ServerResponse) => void, string]>([
  ['sends elsewhere', (response) => response.writeHead(302, { location: url }).end(), 'status 302'],
  ['fails', (response) => response.writeHead(500).end(ALL_KEYS), 'status 500'],
  ['sends too much', (response) => response.end('x'.repeat(300_000)), 'too-large'],
  ['does not answer', () => {}, 'timeout'],
  ['does not end', (response) => response.write('{'), 'timeout'],
  [
    'breaks off',
    (response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
    'connection ECONNRESET',
  ],
  ['answers', (response) => response.end(ALL_KEYS), 'fetched'],
])('a server that %s', async (_, answers, problem) => {
  answer = answers;
  expect(await problemOf()).toBe(problem);
});

test('a server that nobody vouches for is not asked', async () => {
  const asked = jest.fn();
  answer = asked;
  const code = await fetchJwks(url).catch((thrown: KeysNotFetched) => thrown.detail);
  expect(code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(asked).not.toHaveBeenCalled();
});

describe('keys that are fetched', () => {
  const started = () => {
    let now = 0;
    const fetch = jest.fn(async () => ALL_KEYS);
    const failures: string[] = [];
    const keys = new FetchedKeys(
      fetch,
      () => now,
      ({ problem }) => failures.push(problem),
    );
    const at = (minutes: number, keyId = 'key-ES256') => {
      now = minutes * 60_000;
      return keys.keyFor(keyId).then(
        (key) => (key === undefined ? 'unknown' : 'known'),
        () => 'unavailable',
      );
    };
    return { fetch, failures, at };
  };

  test('are looked for again in time, and for an unknown id at most twice a minute', async () => {
    const { fetch, at } = started();
    expect([await at(0), await at(14), fetch.mock.calls.length]).toEqual(['known', 'known', 1]);
    expect([await at(15), fetch.mock.calls.length]).toEqual(['known', 2]);
    expect([await at(15.1, 'new'), await at(15.4, 'new'), fetch.mock.calls.length]).toEqual([
      'unknown',
      'unknown',
      2,
    ]);
    expect([await at(15.5, 'new'), await at(15.6, 'newer'), fetch.mock.calls.length]).toEqual([
      'unknown',
      'unknown',
      3,
    ]);
  });

  test('are taken for two hours while the issuer is away, and not longer', async () => {
    const { fetch, failures, at } = started();
    await at(0);
    fetch.mockImplementation(async () => '<html>');
    expect([await at(15), await at(119), await at(119, 'new'), await at(120)]).toEqual([
      'known',
      'known',
      'unavailable',
      'unavailable',
    ]);
    expect(new Set(failures)).toEqual(new Set(['no-keys']));
    fetch.mockImplementation(async () => ALL_KEYS);
    expect(await at(121)).toBe('known');
  });
});
