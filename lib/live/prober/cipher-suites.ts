/**
 * The cipher suites that a prober offers: all that name a certificate, or nobody, for authentication. Those with a
 * shared secret (PSK, SRP) or Kerberos need one to be accepted, so that nobody can ask for them from outside.
 *
 * @see https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-4
 */

/** A cipher suite. */
export interface CipherSuite {
  readonly code: number;
  /** As IANA spells it. */
  readonly name: string;
}

/** By the agreement on keys and the authentication, `TLS_<this>_WITH_<name>`: codes and names, those of TLS 1.2 and before. */
const ROWS: Readonly<Record<string, string>> = {
  ECDHE_ECDSA: `
    c006 NULL_SHA c007 RC4_128_SHA c008 3DES_EDE_CBC_SHA c009 AES_128_CBC_SHA c00a AES_256_CBC_SHA c023
    AES_128_CBC_SHA256 c024 AES_256_CBC_SHA384 c02b AES_128_GCM_SHA256 c02c AES_256_GCM_SHA384 c048
    ARIA_128_CBC_SHA256 c049 ARIA_256_CBC_SHA384 c05c ARIA_128_GCM_SHA256 c05d ARIA_256_GCM_SHA384 c072
    CAMELLIA_128_CBC_SHA256 c073 CAMELLIA_256_CBC_SHA384 c086 CAMELLIA_128_GCM_SHA256 c087
    CAMELLIA_256_GCM_SHA384 c0ac AES_128_CCM c0ad AES_256_CCM c0ae AES_128_CCM_8 c0af AES_256_CCM_8 cca9
    CHACHA20_POLY1305_SHA256
  `,
  ECDHE_RSA: `
    c010 NULL_SHA c011 RC4_128_SHA c012 3DES_EDE_CBC_SHA c013 AES_128_CBC_SHA c014 AES_256_CBC_SHA c027
    AES_128_CBC_SHA256 c028 AES_256_CBC_SHA384 c02f AES_128_GCM_SHA256 c030 AES_256_GCM_SHA384 c04c
    ARIA_128_CBC_SHA256 c04d ARIA_256_CBC_SHA384 c060 ARIA_128_GCM_SHA256 c061 ARIA_256_GCM_SHA384 c076
    CAMELLIA_128_CBC_SHA256 c077 CAMELLIA_256_CBC_SHA384 c08a CAMELLIA_128_GCM_SHA256 c08b
    CAMELLIA_256_GCM_SHA384 cca8 CHACHA20_POLY1305_SHA256
  `,
  DHE_RSA: `
    0015 DES_CBC_SHA 0016 3DES_EDE_CBC_SHA 0033 AES_128_CBC_SHA 0039 AES_256_CBC_SHA 0045
    CAMELLIA_128_CBC_SHA 0067 AES_128_CBC_SHA256 006b AES_256_CBC_SHA256 0088 CAMELLIA_256_CBC_SHA 009a
    SEED_CBC_SHA 009e AES_128_GCM_SHA256 009f AES_256_GCM_SHA384 00be CAMELLIA_128_CBC_SHA256 00c4
    CAMELLIA_256_CBC_SHA256 c044 ARIA_128_CBC_SHA256 c045 ARIA_256_CBC_SHA384 c052 ARIA_128_GCM_SHA256
    c053 ARIA_256_GCM_SHA384 c07c CAMELLIA_128_GCM_SHA256 c07d CAMELLIA_256_GCM_SHA384 c09e AES_128_CCM
    c09f AES_256_CCM c0a2 AES_128_CCM_8 c0a3 AES_256_CCM_8 ccaa CHACHA20_POLY1305_SHA256
  `,
  DHE_DSS: `
    0012 DES_CBC_SHA 0013 3DES_EDE_CBC_SHA 0032 AES_128_CBC_SHA 0038 AES_256_CBC_SHA 0040
    AES_128_CBC_SHA256 0044 CAMELLIA_128_CBC_SHA 0066 RC4_128_SHA 006a AES_256_CBC_SHA256 0087
    CAMELLIA_256_CBC_SHA 0099 SEED_CBC_SHA 00a2 AES_128_GCM_SHA256 00a3 AES_256_GCM_SHA384 00bd
    CAMELLIA_128_CBC_SHA256 00c3 CAMELLIA_256_CBC_SHA256 c042 ARIA_128_CBC_SHA256 c043
    ARIA_256_CBC_SHA384 c056 ARIA_128_GCM_SHA256 c057 ARIA_256_GCM_SHA384 c080 CAMELLIA_128_GCM_SHA256
    c081 CAMELLIA_256_GCM_SHA384
  `,
  RSA: `
    0001 NULL_MD5 0002 NULL_SHA 0004 RC4_128_MD5 0005 RC4_128_SHA 0007 IDEA_CBC_SHA 0009 DES_CBC_SHA
    000a 3DES_EDE_CBC_SHA 002f AES_128_CBC_SHA 0035 AES_256_CBC_SHA 003b NULL_SHA256 003c
    AES_128_CBC_SHA256 003d AES_256_CBC_SHA256 0041 CAMELLIA_128_CBC_SHA 0084 CAMELLIA_256_CBC_SHA 0096
    SEED_CBC_SHA 009c AES_128_GCM_SHA256 009d AES_256_GCM_SHA384 00ba CAMELLIA_128_CBC_SHA256 00c0
    CAMELLIA_256_CBC_SHA256 c03c ARIA_128_CBC_SHA256 c03d ARIA_256_CBC_SHA384 c050 ARIA_128_GCM_SHA256
    c051 ARIA_256_GCM_SHA384 c07a CAMELLIA_128_GCM_SHA256 c07b CAMELLIA_256_GCM_SHA384 c09c AES_128_CCM
    c09d AES_256_CCM c0a0 AES_128_CCM_8 c0a1 AES_256_CCM_8
  `,
  ECDH_ECDSA: `
    c001 NULL_SHA c002 RC4_128_SHA c003 3DES_EDE_CBC_SHA c004 AES_128_CBC_SHA c005 AES_256_CBC_SHA c025
    AES_128_CBC_SHA256 c026 AES_256_CBC_SHA384 c02d AES_128_GCM_SHA256 c02e AES_256_GCM_SHA384 c04a
    ARIA_128_CBC_SHA256 c04b ARIA_256_CBC_SHA384 c05e ARIA_128_GCM_SHA256 c05f ARIA_256_GCM_SHA384 c074
    CAMELLIA_128_CBC_SHA256 c075 CAMELLIA_256_CBC_SHA384 c088 CAMELLIA_128_GCM_SHA256 c089
    CAMELLIA_256_GCM_SHA384
  `,
  ECDH_RSA: `
    c00b NULL_SHA c00c RC4_128_SHA c00d 3DES_EDE_CBC_SHA c00e AES_128_CBC_SHA c00f AES_256_CBC_SHA c029
    AES_128_CBC_SHA256 c02a AES_256_CBC_SHA384 c031 AES_128_GCM_SHA256 c032 AES_256_GCM_SHA384 c04e
    ARIA_128_CBC_SHA256 c04f ARIA_256_CBC_SHA384 c062 ARIA_128_GCM_SHA256 c063 ARIA_256_GCM_SHA384 c078
    CAMELLIA_128_CBC_SHA256 c079 CAMELLIA_256_CBC_SHA384 c08c CAMELLIA_128_GCM_SHA256 c08d
    CAMELLIA_256_GCM_SHA384
  `,
  DH_RSA: `
    000f DES_CBC_SHA 0010 3DES_EDE_CBC_SHA 0031 AES_128_CBC_SHA 0037 AES_256_CBC_SHA 003f
    AES_128_CBC_SHA256 0043 CAMELLIA_128_CBC_SHA 0069 AES_256_CBC_SHA256 0086 CAMELLIA_256_CBC_SHA 0098
    SEED_CBC_SHA 00a0 AES_128_GCM_SHA256 00a1 AES_256_GCM_SHA384 00bc CAMELLIA_128_CBC_SHA256 00c2
    CAMELLIA_256_CBC_SHA256 c040 ARIA_128_CBC_SHA256 c041 ARIA_256_CBC_SHA384 c054 ARIA_128_GCM_SHA256
    c055 ARIA_256_GCM_SHA384 c07e CAMELLIA_128_GCM_SHA256 c07f CAMELLIA_256_GCM_SHA384
  `,
  DH_DSS: `
    000c DES_CBC_SHA 000d 3DES_EDE_CBC_SHA 0030 AES_128_CBC_SHA 0036 AES_256_CBC_SHA 003e
    AES_128_CBC_SHA256 0042 CAMELLIA_128_CBC_SHA 0068 AES_256_CBC_SHA256 0085 CAMELLIA_256_CBC_SHA 0097
    SEED_CBC_SHA 00a4 AES_128_GCM_SHA256 00a5 AES_256_GCM_SHA384 00bb CAMELLIA_128_CBC_SHA256 00c1
    CAMELLIA_256_CBC_SHA256 c03e ARIA_128_CBC_SHA256 c03f ARIA_256_CBC_SHA384 c058 ARIA_128_GCM_SHA256
    c059 ARIA_256_GCM_SHA384 c082 CAMELLIA_128_GCM_SHA256 c083 CAMELLIA_256_GCM_SHA384
  `,
  ECDH_anon: `
    c015 NULL_SHA c016 RC4_128_SHA c017 3DES_EDE_CBC_SHA c018 AES_128_CBC_SHA c019 AES_256_CBC_SHA
  `,
  DH_anon: `
    0018 RC4_128_MD5 001a DES_CBC_SHA 001b 3DES_EDE_CBC_SHA 0034 AES_128_CBC_SHA 003a AES_256_CBC_SHA
    0046 CAMELLIA_128_CBC_SHA 006c AES_128_CBC_SHA256 006d AES_256_CBC_SHA256 0089 CAMELLIA_256_CBC_SHA
    009b SEED_CBC_SHA 00a6 AES_128_GCM_SHA256 00a7 AES_256_GCM_SHA384 00bf CAMELLIA_128_CBC_SHA256 00c5
    CAMELLIA_256_CBC_SHA256 c046 ARIA_128_CBC_SHA256 c047 ARIA_256_CBC_SHA384 c05a ARIA_128_GCM_SHA256
    c05b ARIA_256_GCM_SHA384 c084 CAMELLIA_128_GCM_SHA256 c085 CAMELLIA_256_GCM_SHA384
  `,
  RSA_EXPORT: `
    0003 RC4_40_MD5 0006 RC2_CBC_40_MD5 0008 DES40_CBC_SHA
  `,
  DH_DSS_EXPORT: `
    000b DES40_CBC_SHA
  `,
  DH_RSA_EXPORT: `
    000e DES40_CBC_SHA
  `,
  DHE_DSS_EXPORT: `
    0011 DES40_CBC_SHA
  `,
  DHE_RSA_EXPORT: `
    0014 DES40_CBC_SHA
  `,
  DH_anon_EXPORT: `
    0017 RC4_40_MD5 0019 DES40_CBC_SHA
  `,
  RSA_EXPORT1024: `
    0060 RC4_56_MD5 0061 RC2_56_MD5 0062 DES_CBC_SHA 0064 RC4_56_SHA
  `,
  DHE_DSS_EXPORT1024: `
    0063 DES_CBC_SHA 0065 RC4_56_SHA
  `,
};

/** TLS 1.3 (RFC 8446, B.4): they say nothing about keys and authentication. */
export const TLS13_SUITES: readonly CipherSuite[] = [
  { code: 0x1302, name: 'TLS_AES_256_GCM_SHA384' },
  { code: 0x1301, name: 'TLS_AES_128_GCM_SHA256' },
  { code: 0x1303, name: 'TLS_CHACHA20_POLY1305_SHA256' },
  { code: 0x1304, name: 'TLS_AES_128_CCM_SHA256' },
  { code: 0x1305, name: 'TLS_AES_128_CCM_8_SHA256' },
];

/** Offered by few, so that they are asked for last, and apart where a list grows too long. */
const RARE = /ARIA|SEED|IDEA|_DSS_|^TLS_DH_RSA|CAMELLIA_\d+_GCM|CAMELLIA_\d+_CBC_SHA\d|EXPORT1024|CCM/;

/** What protects nothing is taken only by a server that has nothing else. */
const BROKEN = /_anon_|NULL|EXPORT|RC4|DES/;

/** What a client of today puts first. */
function rank({ name }: CipherSuite): number {
  const isForwardSecret = /^TLS_(ECDHE|DHE)_(?!.*EXPORT)/.test(name);
  const isAead = /GCM|CCM|CHACHA20/.test(name);
  const isOdd = RARE.test(name);
  if (BROKEN.test(name)) return 8;
  return (isForwardSecret ? 0 : 4) + (isAead ? 0 : 2) + (isOdd ? 1 : 0);
}

/** SSL 3.0 to TLS 1.2, in the order in which a client of today would like them. */
export const SUITES: readonly CipherSuite[] = Object.entries(ROWS)
  .flatMap(([keys, text]) => suitesOf(keys, text))
  .sort((a, b) => rank(a) - rank(b));

function suitesOf(keys: string, text: string): CipherSuite[] {
  return [...text.matchAll(/([0-9a-f]{4})\s+(\S+)/g)].map(([, code = '', name = '']) => ({
    code: Number.parseInt(code, 16),
    name: `TLS_${keys}_WITH_${name}`,
  }));
}

const BY_CODE: ReadonlyMap<number, string> = new Map(
  [...SUITES, ...TLS13_SUITES].map(({ code, name }) => [code, name]),
);

/** The name of a cipher suite; its number for one that has none here. */
export function suiteName(code: number): string {
  return BY_CODE.get(code) ?? `0x${code.toString(16).padStart(4, '0')}`;
}

/** Some servers hang up on longer lists. */
const MOST_SUITES = 128;

/** Lists short enough for every server, what is common first. */
export function offers(suites: readonly CipherSuite[]): readonly (readonly number[])[] {
  if (suites.length <= MOST_SUITES) return [suites.map(({ code }) => code)];
  const common = suites.filter(({ name }) => !RARE.test(name));
  const rare = suites.filter(({ name }) => RARE.test(name));
  return [...inPieces(common), ...inPieces(rare)];
}

function inPieces(suites: readonly CipherSuite[]): readonly (readonly number[])[] {
  const pieces = Math.ceil(suites.length / MOST_SUITES);
  return Array.from({ length: pieces }, (_, i) =>
    suites.slice(i * MOST_SUITES, (i + 1) * MOST_SUITES).map(({ code }) => code),
  );
}

/** A class of cipher suites that no endpoint needs any more. */
export interface WeakClass {
  readonly id: WeakClassId;
  /** As a sentence names it. */
  readonly about: string;
  readonly suites: readonly CipherSuite[];
}

/** What is told about cipher suites. */
export type WeakClassId =
  | 'anonymous'
  | 'null'
  | 'export'
  | 'rc4'
  | 'des'
  | 'triple-des'
  | 'no-forward-secrecy'
  | 'cbc';

const CLASSES: readonly (readonly [WeakClassId, string, RegExp])[] = [
  ['anonymous', 'suites without authentication (anonymous)', /_anon_/],
  ['null', 'suites without encryption (NULL)', /_WITH_NULL_/],
  ['export', 'export suites (40 and 56 bits)', /_EXPORT/],
  ['rc4', 'RC4 suites', /_RC4_/],
  ['des', 'DES suites (56 bits)', /_WITH_DES_CBC|_DES40_/],
  ['triple-des', '3DES suites (blocks of 64 bits)', /_3DES_/],
  [
    'no-forward-secrecy',
    'suites without forward secrecy (RSA key exchange)',
    /^TLS_(RSA|DH_RSA|DH_DSS|ECDH_RSA|ECDH_ECDSA)_/,
  ],
  ['cbc', 'CBC suites', /_CBC/],
];

/** Every class, what is worst first; a suite can be in several. */
export const WEAK_CLASSES: readonly WeakClass[] = CLASSES.map(([id, about, pattern]) => ({
  id,
  about,
  suites: SUITES.filter(({ name }) => pattern.test(name)),
}));
