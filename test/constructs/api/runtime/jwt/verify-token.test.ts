import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { KeySource } from '../../../../../lib/constructs/api/runtime/jwt/key-source';
import { JWT_ALGORITHMS, type JwtSettings } from '../../../../../lib/constructs/api/runtime/jwt/settings';
import { verifyToken } from '../../../../../lib/constructs/api/runtime/jwt/verify-token';
import { openssl, testWithOpenssl } from '../../../../target/openssl';
import {
  AUDIENCE,
  CLAIMS,
  encoded,
  hmacToken,
  jwkOf,
  keysOf,
  NOW,
  outcome,
  PAIRS,
  SECONDS,
  SETTINGS,
  setOf,
  signatureOf,
  tokenOf,
} from './tokens';

const { ES256, RS256 } = PAIRS;

describe('a token is taken', () => {
  test.each(JWT_ALGORITHMS)('signed by %s, where that is allowed', async (algorithm) => {
    const token = tokenOf(CLAIMS, PAIRS[algorithm]);
    expect(await outcome(token, { algorithms: [algorithm] })).toBe('verified');
    const others = JWT_ALGORITHMS.filter((each) => each !== algorithm);
    expect(await outcome(token, { algorithms: others })).toBe('algorithm-not-allowed');
  });

  test.each<[string, object, object, Partial<JwtSettings>]>([
    ['for several services', { aud: ['https://other.example.com', AUDIENCE] }, {}, {}],
    ['of the type of access tokens', {}, { typ: 'at+jwt' }, { accessTokensOnly: true }],
    ['of that type as a whole media type', {}, { typ: 'application/AT+JWT' }, { accessTokensOnly: true }],
    ['without a type', {}, { typ: undefined }, {}],
    [
      'of a client, as Cognito has it',
      { aud: undefined, client_id: 'app', token_use: 'access' },
      {},
      { audienceClaim: 'client_id', audience: ['app'] },
    ],
    [
      'with one of the scopes',
      { scope: 'profile orders.read' },
      {},
      { scopes: ['orders.read', 'orders.write'] },
    ],
    ['with scopes as a list', { scp: ['orders.read'] }, {}, { scopes: ['orders.read'] }],
    ['that is young enough', { iat: SECONDS - 300 }, {}, { maxAgeSeconds: 300 }],
    ['that ended within the tolerance', { exp: SECONDS - 29 }, {}, {}],
    ['that begins within the tolerance', { nbf: SECONDS + 30 }, {}, {}],
  ])('%s', async (_, claims, header, settings) => {
    expect(await outcome(tokenOf({ ...CLAIMS, ...claims }, ES256, header), settings)).toBe('verified');
  });

  test('and its backend learns who, by which client, and for what', async () => {
    const token = tokenOf({ ...CLAIMS, azp: 'app', scope: 'a b', scp: 'c', email: 'x@example.com' });
    expect(await verifyToken(token, SETTINGS, { keys: keysOf(), now: NOW })).toEqual({
      verified: true,
      claims: { subject: 'user-1', clientId: 'app', scopes: ['a', 'b', 'c'] },
    });
  });

  test('signed by the key of RFC 7515, appendix A.3', async () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    };
    const privateKey = createPrivateKey({
      key: { ...jwk, d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI' },
      format: 'jwk',
    });
    const pair = {
      alg: 'ES256',
      kid: 'rfc',
      privateKey,
      publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
    };
    const keys = keysOf(setOf({ ...jwk, kid: 'rfc' }));
    expect(await outcome(tokenOf(CLAIMS, pair), {}, { keys })).toBe('verified');
    // The example itself names no key, and would have to be tried with all of them.
    const example =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
    expect(await outcome(example, { issuer: 'joe' }, { keys })).toBe('key-unknown');
  });

  testWithOpenssl('signed by OpenSSL', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jwt-'));
    try {
      const file = (name: string, text: string) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      const key = file('key.pem', String(RS256.privateKey.export({ format: 'pem', type: 'pkcs8' })));
      const input = `${encoded({ alg: 'RS256', kid: RS256.kid })}.${encoded(CLAIMS)}`;
      const signing = ['dgst', '-sha256', '-sign', key, '-hex', '-r', file('input', input)];
      const [hex = ''] = openssl(signing).output.split(' ');
      const token = `${input}.${Buffer.from(hex, 'hex').toString('base64url')}`;
      expect(await outcome(token)).toBe('verified');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a token is refused', () => {
  const publicPem = String(RS256.publicKey.export({ format: 'pem', type: 'spki' }));
  const unsigned = (alg: string) => `${encoded({ alg, kid: ES256.kid })}.${encoded(CLAIMS)}.`;
  const stranger = { ...ES256, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  const strangersJwk = jwkOf(stranger);
  const input = `${encoded({ alg: 'ES256', kid: ES256.kid })}.${encoded(CLAIMS)}`;
  const bySignature = (signature: Buffer) => `${input}.${signature.toString('base64url')}`;
  const raw = signatureOf(input, ES256);
  const otherPair = { ...RS256, alg: 'RS256', kid: ES256.kid };

  test.each<[string, string, string, Partial<JwtSettings>?]>([
    ['without a signature', unsigned('none'), 'token-malformed'],
    ['that says none and has one', tokenOf(CLAIMS, ES256, { alg: 'none' }), 'algorithm-not-allowed'],
    ['that says nOnE', tokenOf(CLAIMS, ES256, { alg: 'nOnE' }), 'algorithm-not-allowed'],
    [
      'by HMAC with the public key',
      hmacToken(publicPem, { alg: 'HS256', kid: RS256.kid }),
      'algorithm-not-allowed',
    ],
    [
      'by HMAC under another name',
      hmacToken(publicPem, { alg: 'RS256', kid: RS256.kid }),
      'signature-invalid',
    ],
    ['by PSS', tokenOf(CLAIMS, RS256, { alg: 'PS256' }), 'algorithm-not-allowed'],
    ['by RSA with the id of an elliptic key', tokenOf(CLAIMS, otherPair), 'key-not-fitting'],
    [
      'by an elliptic key with the id of another curve',
      tokenOf(CLAIMS, { ...ES256, kid: PAIRS.ES384.kid }),
      'key-not-fitting',
    ],
    [
      'by a key whose algorithm is another',
      tokenOf(CLAIMS, { ...RS256, kid: PAIRS.RS512.kid }),
      'key-not-fitting',
    ],
    ['by a stranger', tokenOf(CLAIMS, stranger), 'signature-invalid'],
    ['that brings its key', tokenOf(CLAIMS, stranger, { jwk: strangersJwk }), 'signature-invalid'],
    [
      'that says where its key is',
      tokenOf(CLAIMS, stranger, { jku: 'https://evil.example/jwks.json' }),
      'signature-invalid',
    ],
    [
      'that brings a certificate',
      tokenOf(CLAIMS, stranger, { x5c: ['MII'], x5u: 'https://evil.example' }),
      'signature-invalid',
    ],
    ['of a key that is not there', tokenOf(CLAIMS, { ...ES256, kid: 'other' }), 'key-unknown'],
    ['whose key id is a path', tokenOf(CLAIMS, { ...ES256, kid: '../../../../dev/null' }), 'key-unknown'],
    ['whose key id is a name of objects', tokenOf(CLAIMS, { ...ES256, kid: '__proto__' }), 'key-unknown'],
    ['whose key id is no text', tokenOf(CLAIMS, ES256, { kid: [ES256.kid] }), 'key-unknown'],
    ['without a key id', tokenOf(CLAIMS, ES256, { kid: undefined }), 'key-unknown'],
    ['whose key id is huge', tokenOf(CLAIMS, { ...ES256, kid: 'k'.repeat(257) }), 'key-unknown'],
    ['of another issuer', tokenOf({ ...CLAIMS, iss: 'https://evil.example/' }), 'issuer-unknown'],
    [
      'of the issuer without its slash',
      tokenOf({ ...CLAIMS, iss: 'https://login.example.com' }),
      'issuer-unknown',
    ],
    ['of several issuers', tokenOf({ ...CLAIMS, iss: [CLAIMS.iss] }), 'issuer-unknown'],
    ['of no issuer', tokenOf({ ...CLAIMS, iss: undefined }), 'issuer-unknown'],
    ['for another service', tokenOf({ ...CLAIMS, aud: `${AUDIENCE}/` }), 'audience-unknown'],
    ['for nobody', tokenOf({ ...CLAIMS, aud: undefined }), 'audience-unknown'],
    ['for an empty list', tokenOf({ ...CLAIMS, aud: [] }), 'audience-unknown'],
    ['for a number', tokenOf({ ...CLAIMS, aud: 1 }), 'token-malformed'],
    [
      'of another client',
      tokenOf({ ...CLAIMS, client_id: 'evil' }),
      'audience-unknown',
      { audienceClaim: 'client_id', audience: ['app'] },
    ],
    [
      'whose audience is asked for as a client',
      tokenOf({ ...CLAIMS, aud: 'app' }),
      'audience-unknown',
      { audienceClaim: 'client_id', audience: ['app'] },
    ],
    ['that has ended', tokenOf({ ...CLAIMS, exp: SECONDS - 30 }), 'token-expired'],
    ['without an end', tokenOf({ ...CLAIMS, exp: undefined }), 'claim-missing'],
    [
      'that ends never',
      tokenOf(JSON.stringify(CLAIMS).replace(/"exp":\d+/, '"exp":1e999')),
      'token-malformed',
    ],
    ['whose end is a text', tokenOf({ ...CLAIMS, exp: '9999999999' }), 'token-malformed'],
    ['that has not begun', tokenOf({ ...CLAIMS, nbf: SECONDS + 31 }), 'token-early'],
    ['that was issued in the future', tokenOf({ ...CLAIMS, iat: SECONDS + 31 }), 'token-early'],
    ['that is too old', tokenOf({ ...CLAIMS, iat: SECONDS - 331 }), 'token-too-old', { maxAgeSeconds: 300 }],
    ['of an unknown age', tokenOf({ ...CLAIMS, iat: undefined }), 'claim-missing', { maxAgeSeconds: 300 }],
    ['that is no access token', tokenOf(), 'type-not-allowed', { accessTokensOnly: true }],
    ['for signing out', tokenOf(CLAIMS, ES256, { typ: 'logout+jwt' }), 'type-not-allowed'],
    ['of Cognito for the client', tokenOf({ ...CLAIMS, token_use: 'id' }), 'type-not-allowed'],
    ['that does not say its use', tokenOf(), 'type-not-allowed', { tokenUse: 'access' }],
    ['without a scope', tokenOf(), 'scope-missing', { scopes: ['orders.read'] }],
    [
      'with a longer scope',
      tokenOf({ ...CLAIMS, scope: 'orders.read.all' }),
      'scope-missing',
      { scopes: ['orders.read'] },
    ],
    [
      'whose scope is an object',
      tokenOf({ ...CLAIMS, scp: { 'orders.read': true } }),
      'claim-malformed',
      { scopes: ['orders.read'] },
    ],
    ['whose subject has a line break', tokenOf({ ...CLAIMS, sub: 'a\nb' }), 'claim-malformed'],
    ['whose subject is huge', tokenOf({ ...CLAIMS, sub: 'a'.repeat(256) }), 'claim-malformed'],
    ['with a critical extension', tokenOf(CLAIMS, ES256, { crit: ['exp'] }), 'token-malformed'],
    [
      'with a claim twice',
      tokenOf(JSON.stringify(CLAIMS).replace('{', '{"aud":"other",')),
      'token-malformed',
    ],
    [
      'with a claim twice, once escaped',
      tokenOf(JSON.stringify(CLAIMS).replace('{', '{"\\u0061ud":"other",')),
      'token-malformed',
    ],
    [
      'with a header twice',
      tokenOf(CLAIMS, ES256, `{"alg":"none","alg":"ES256","kid":"${ES256.kid}"}`),
      'token-malformed',
    ],
    ['that is huge', tokenOf({ ...CLAIMS, more: 'x'.repeat(8192) }), 'token-too-long'],
    ['with padding', `${tokenOf()}=`, 'token-malformed'],
    ['of four parts', `${tokenOf()}.${encoded('x')}`, 'token-malformed'],
    ['of the alphabet of base64', tokenOf().replace(/\.[^.]+$/, '.++//'), 'token-malformed'],
    ['whose claims are a list', tokenOf('[]'), 'token-malformed'],
    ['whose claims are no JSON', tokenOf('{'), 'token-malformed'],
    ['bound to a key (DPoP)', tokenOf({ ...CLAIMS, cnf: { jkt: 'x' } }), 'certificate-not-bound'],
    ['not bound where it must be', tokenOf(), 'certificate-not-bound', { certificateBound: true }],
    ['whose signature is short', bySignature(raw.subarray(1)), 'token-malformed'],
    ['whose signature is long', bySignature(Buffer.concat([raw, Buffer.from([0])])), 'token-malformed'],
    ['whose signature is DER', bySignature(derOf(raw)), 'token-malformed'],
    ['whose signature is nought', bySignature(Buffer.alloc(64)), 'signature-invalid'],
  ])('%s', async (...[, token, problem, settings]) => {
    expect(await outcome(token, settings)).toBe(problem);
  });

  test('whose key is for encryption, or may not verify', async () => {
    for (const more of [{ use: 'enc' }, { key_ops: ['encrypt'] }]) {
      expect(await outcome(tokenOf(), {}, { keys: keysOf(setOf(jwkOf(ES256, more))) })).toBe('key-unknown');
    }
  });

  test('whose two keys have one id', async () => {
    const keys = keysOf(setOf(jwkOf(ES256), jwkOf(stranger)));
    expect(await outcome(tokenOf(), {}, { keys })).toBe('key-unknown');
  });

  test('bound to the certificate of somebody else', async () => {
    const token = tokenOf({ ...CLAIMS, cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' } });
    const own = 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2';
    expect(await outcome(token, { certificateBound: true }, { certificateThumbprint: own })).toBe('verified');
    expect(await outcome(token, {}, { certificateThumbprint: own })).toBe('verified');
    expect(await outcome(token, {}, { certificateThumbprint: `${own.slice(1)}x` })).toBe(
      'certificate-not-bound',
    );
    expect(await outcome(token)).toBe('certificate-not-bound');
  });

  test('that says of itself that it is not for us, before anybody looks for its key', async () => {
    const keys: KeySource = { keyFor: jest.fn() };
    for (const token of [
      tokenOf({ ...CLAIMS, iss: 'https://evil.example/' }),
      tokenOf(CLAIMS, ES256, { alg: 'HS256' }),
      tokenOf(CLAIMS, ES256, { typ: 'logout+jwt' }),
    ]) {
      await outcome(token, {}, { keys });
    }
    expect(keys.keyFor).not.toHaveBeenCalled();
  });

  test.each(['RS256', 'ES256', 'EdDSA', 'ES512'] as const)(
    'signed by %s, of which one character is another',
    async (algorithm) => {
      const by = PAIRS[algorithm];
      const token = tokenOf(CLAIMS, by);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
      const settings: Partial<JwtSettings> = { algorithms: ['RS256', 'ES256', 'EdDSA', 'ES512'] };
      expect(await outcome(token, settings)).toBe('verified');
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: token.length - 1 }),
          fc.constantFrom(...alphabet),
          async (index, character) => {
            fc.pre(token[index] !== character);
            const changed = token.slice(0, index) + character + token.slice(index + 1);
            expect(await outcome(changed, settings)).not.toBe('verified');
          },
        ),
        { numRuns: 100 },
      );
      // The last character has spare bits: here each one is tried.
      for (const character of alphabet) {
        const changed = `${token.slice(0, -1)}${character}`;
        expect([changed === token, await outcome(changed, settings)]).toEqual([
          changed === token,
          changed === token ? 'verified' : expect.not.stringMatching(/^verified$/),
        ]);
      }
    },
  );

  test('whatever it is, without a failure', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => tokenOf(text)),
        ),
        async (token) => {
          expect(await outcome(token)).not.toBe('verified');
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The same signature in the form that TLS has, which tokens do not (RFC 7518, 3.4). */
function derOf(raw: Buffer): Buffer {
  const integer = (bytes: Buffer) => {
    const value = Buffer.concat([Buffer.from([0]), bytes]);
    return Buffer.concat([Buffer.from([2, value.length]), value]);
  };
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
