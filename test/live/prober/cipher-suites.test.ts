import { spawnSync } from 'node:child_process';
import {
  offers,
  SUITES,
  suiteName,
  TLS13_SUITES,
  WEAK_CLASSES,
  type WeakClassId,
} from '../../../lib/live/prober/cipher-suites';
import { hasProgram } from '../../_fixtures/tls-servers/programs';

const WITH_OPENSSL = hasProgram('openssl');
const asked = WITH_OPENSSL ? test : test.skip;

asked(
  `has every suite of OpenSSL by its code${WITH_OPENSSL ? '' : ' (skipped: there is no openssl)'}`,
  () => {
    const { stdout } = spawnSync(
      'openssl',
      ['ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'],
      {
        encoding: 'utf8',
      },
    );
    const theirs = [...stdout.matchAll(/0x(..),0x(..) - (TLS_\S+)/g)]
      .map(([, high, low, name = '']) => ({ code: Number.parseInt(`${high}${low}`, 16), name }))
      .filter(({ name }) => !/PSK|SRP/.test(name));
    expect(theirs.length).toBeGreaterThan(70);
    expect(theirs.map(({ code }) => suiteName(code))).toEqual(theirs.map(({ name }) => name));
  },
);

test('holds each code once', () => {
  const codes = [...SUITES, ...TLS13_SUITES].map(({ code }) => code);
  expect(codes).toHaveLength(230);
  expect(new Set(codes).size).toBe(codes.length);
});

test('offers what is best today first, and what protects nothing last', () => {
  expect(SUITES[0]?.name).toMatch(/^TLS_ECDHE_.*GCM/);
  const first = SUITES.findIndex(({ name }) => /NULL|RC4|_anon_|EXPORT|DES/.test(name));
  expect(SUITES.slice(first).every(({ name }) => /NULL|RC4|_anon_|EXPORT|DES/.test(name))).toBe(true);
});

test('leaves no suite out when a list is cut, and cuts none that is short', () => {
  expect(offers(SUITES).flat().sort()).toEqual(SUITES.map(({ code }) => code).sort());
  for (const list of offers(SUITES)) expect(list.length).toBeLessThanOrEqual(128);
  for (const { suites } of WEAK_CLASSES) {
    for (const list of offers(suites)) expect(list.length).toBeLessThanOrEqual(128);
  }
  expect(offers(SUITES.slice(0, 5))).toHaveLength(1);
});

test.each<[string, WeakClassId[]]>([
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', []],
  ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', []],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', ['no-forward-secrecy']],
  ['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', ['no-forward-secrecy', 'cbc']],
  ['TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', ['triple-des', 'cbc']],
  ['TLS_RSA_WITH_RC4_128_SHA', ['rc4', 'no-forward-secrecy']],
  ['TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA', ['anonymous', 'export', 'des', 'cbc']],
  ['TLS_RSA_WITH_NULL_SHA', ['null', 'no-forward-secrecy']],
  ['TLS_RSA_EXPORT1024_WITH_RC4_56_SHA', ['export', 'rc4', 'no-forward-secrecy']],
])('puts %s into %j', (name, classes) => {
  const found = WEAK_CLASSES.filter(({ suites }) => suites.some((suite) => suite.name === name));
  expect(found.map(({ id }) => id)).toEqual(classes);
});

test('tells a suite without a name by its number', () => {
  expect(suiteName(0x00ff)).toBe('0x00ff');
});
