import { contentDigest, verifySignedBody } from '../../../lib/target';

/** RFC 9530, appendix B (contents that end in a line feed) and RFC 9421, B.2 (one that does not). */
const EXAMPLES: [string, string][] = [
  ['{"hello": "world"}\n', 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:'],
  [
    '{"hello": "world"}\n',
    'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:',
  ],
  ['{"hello": "world"}', 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'],
  [
    '{"message": "good dog"}',
    'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
  ],
];
const codeOf = (body: string, digest: string) => {
  const result = verifySignedBody(body, digest);
  return result.verified ? 'verified' : result.problem.code;
};

test.each(EXAMPLES)('%j has the digest %s', (body, digest) => {
  expect(contentDigest(body, digest.startsWith('sha-256') ? 'sha-256' : 'sha-512')).toBe(digest);
  expect(codeOf(body, digest)).toBe('verified');
  expect(codeOf(`${body} `, digest)).toBe('digest-mismatch');
});

const [[body, sha256], [, sha512]] = EXAMPLES as [[string, string], [string, string]];

test('all digests that are known have to fit, and others are left aside', () => {
  expect(codeOf(body, `${sha256}, ${sha512}`)).toBe('verified');
  expect(codeOf(body, `${sha256}, ${contentDigest('other', 'sha-512')}`)).toBe('digest-mismatch');
  expect(codeOf(body, `${contentDigest('other')}, ${sha512}`)).toBe('digest-mismatch');
  expect(codeOf(body, `unixsum=30637, ${sha256}`)).toBe('verified');
});

test.each([
  ['only digests that are broken', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:, sha=:07CavjDP4u3/TungoUHJO/Wzr4c=:'],
  ['one digest twice', `${contentDigest('other')}, ${sha256}`],
  ['a digest that is short', 'sha-256=:AAAA:'],
  ['a digest that is no byte sequence', 'sha-256="RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="'],
  ['the form of RFC 3230', 'SHA-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg='],
  ['another spacing', sha256.replace('=:', '= :')],
  ['a value without end', `${sha256}${', a=1'.repeat(300)}`],
])('%s cannot be read', (_, digest) => {
  expect(codeOf(body, digest)).toBe('digest-malformed');
});
