import fc from 'fast-check';
import {
  judgeMinimumTls,
  judgePlaintextDenial,
  type Protected,
  readDocument,
} from '../../../lib/judge/policy';
import type { AllowedRequest } from '../../../lib/judge/policy/allowed-request';
import { App, type Json, type JsonMap, World } from '../../../lib/judge/template';
import { bruteForce, isDenied, type PlainStatement, type Request } from './brute-force';

const ARN = 'arn:aws:s3:::b';
const OBJECTS = `${ARN}/*`;
const IN_CLEAR = { Bool: { 'aws:SecureTransport': 'false' } };

const BUCKET: Protected = {
  type: 'AWS::S3::Bucket',
  arn: ARN,
  resolve: () => undefined,
  actions: ['s3:*'],
  parts: [
    {
      suffix: '/*',
      name: 'an object of the bucket',
      examples: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    },
    { suffix: '', name: 'the bucket', examples: ['s3:ListBucket', 's3:GetBucketPolicy'] },
  ],
};

function read(document: Json) {
  const json = {
    Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: document } } },
  };
  const app = new App([{ name: 'Stack', region: 'eu-west-1', json: json as JsonMap }]);
  const [policy] = app.resourcesOfType('AWS::S3::BucketPolicy');
  if (policy === undefined) throw new TypeError('no policy');
  return readDocument(new World(app).view(policy).at('PolicyDocument'));
}

function judge(...statements: readonly Json[]) {
  const document = read({ Version: '2012-10-17', Statement: statements });
  if (document.state !== 'given') throw new TypeError(document.state);
  return judgePlaintextDenial(document.statements, BUCKET);
}

function counterexample(...statements: readonly Json[]): string {
  const answer = judge(...statements);
  return answer.denial === 'weakened' ? answer.counterexample.words : answer.denial;
}

function minimumTls(...statements: readonly Json[]) {
  const document = read({ Statement: statements });
  return document.state === 'given' ? judgeMinimumTls(document.statements, BUCKET) : document;
}

function deny(parts: JsonMap = {}): JsonMap {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [ARN, OBJECTS],
    Condition: IN_CLEAR,
    ...parts,
  };
}

const without = (key: string, parts: JsonMap): JsonMap => {
  const { [key]: _, ...rest } = deny(parts);
  return rest;
};

describe('a Deny that denies every plaintext request', () => {
  test.each<[string, JsonMap]>([
    ['the statement that CDK writes', deny({ Principal: { AWS: '*' } })],
    ['a boolean false', deny({ Condition: { Bool: { 'aws:SecureTransport': false } } })],
    ['BoolIfExists', deny({ Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } })],
    ['a list with one value', deny({ Condition: { Bool: { 'aws:SecureTransport': ['false'] } } })],
    ['a key in other letters', deny({ Condition: { Bool: { 'AWS:securetransport': 'False' } } })],
    [
      'ForAnyValue, which changes nothing here',
      deny({ Condition: { 'ForAnyValue:Bool': { 'aws:SecureTransport': 'false' } } }),
    ],
    ['every action', deny({ Action: '*' })],
    ['a list of actions with the wildcard', deny({ Action: ['s3:GetObject', 'S3:*'] })],
    ['Resource *', deny({ Resource: '*' })],
    ['one pattern for bucket and objects', deny({ Resource: `${ARN}*` })],
    [
      'both values, which deny TLS too',
      deny({ Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } } }),
    ],
    ['no condition, which denies everything', without('Condition', {})],
    ['NotAction of another service', without('Action', { NotAction: 'sns:*' })],
    ['NotResource of another bucket', without('Resource', { NotResource: 'arn:aws:s3:::other/*' })],
    [
      'a further condition that holds for everybody',
      deny({ Condition: { ...IN_CLEAR, StringLikeIfExists: { 'aws:SourceVpc': '*' } } }),
    ],
    [
      'a condition that the transport is known',
      deny({ Condition: { ...IN_CLEAR, Null: { 'aws:SecureTransport': 'false' } } }),
    ],
    [
      'NumericLessThanIfExists: requests in clear have no version',
      deny({ Condition: { NumericLessThanIfExists: { 's3:TlsVersion': 1.2 } } }),
    ],
    ['Principal in a list', deny({ Principal: { AWS: ['arn:aws:iam::111111111111:root', '*'] } })],
  ])('is %s', (_, statement) => {
    expect(judge(statement)).toEqual({ denial: 'denied' });
  });

  test('may be one statement that is no list', () => {
    const document = read({ Statement: deny() });
    expect(document.state === 'given' && judgePlaintextDenial(document.statements, BUCKET)).toEqual({
      denial: 'denied',
    });
  });

  test('may be the sum of one for the bucket and one for its objects', () => {
    expect(judge(deny({ Resource: ARN }), deny({ Resource: OBJECTS }))).toEqual({ denial: 'denied' });
  });

  test('may be the sum of some actions and all others', () => {
    const others = without('Action', { NotAction: ['s3:Get*'] });
    expect(judge(deny({ Action: 's3:Get*' }), others)).toEqual({ denial: 'denied' });
  });

  test('may be the sum of one pattern and everything outside a narrower one', () => {
    const others = without('Action', { NotAction: 's3:PutObject' });
    expect(judge(deny({ Action: 's3:Put*' }), others)).toEqual({ denial: 'denied' });
    expect(judge(deny({ Action: 's3:PutObject' }), without('Action', { NotAction: 's3:Put*' })).denial).toBe(
      'weakened',
    );
  });

  test('may be the sum of a condition and its opposite', () => {
    const inside = deny({ Condition: { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } });
    const outside = deny({ Condition: { ...IN_CLEAR, StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } });
    expect(judge(inside, outside)).toEqual({ denial: 'denied' });
    expect(judge(inside).denial).toBe('weakened');
    expect(judge(outside).denial).toBe('weakened');
  });
});

describe('a Deny that lets plaintext through', () => {
  test.each<[string, JsonMap, string]>([
    [
      'a further condition',
      deny({ Condition: { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      's3:GetObject on an object of the bucket over plain HTTP, whose aws:SourceVpc is not vpc-1',
    ],
    [
      'an exception by condition',
      deny({
        Condition: { ...IN_CLEAR, StringNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/legacy' } },
      }),
      's3:GetObject on an object of the bucket over plain HTTP, whose aws:PrincipalArn is arn:aws:iam::1:role/legacy',
    ],
    [
      'an exception by NotPrincipal',
      without('Principal', { NotPrincipal: { AWS: 'arn:aws:iam::1:role/legacy' } }),
      's3:GetObject on an object of the bucket over plain HTTP, by arn:aws:iam::1:role/legacy',
    ],
    [
      'one principal',
      deny({ Principal: { AWS: 'arn:aws:iam::1:root' } }),
      's3:GetObject on an object of the bucket over plain HTTP, by anyone but arn:aws:iam::1:root',
    ],
    [
      'services as the only principals',
      deny({ Principal: { Service: '*' } }),
      's3:GetObject on an object of the bucket over plain HTTP, by anyone but *',
    ],
    [
      'one action',
      deny({ Action: 's3:GetObject' }),
      's3:PutObject on an object of the bucket over plain HTTP',
    ],
    [
      'an exception by NotAction',
      without('Action', { NotAction: 's3:PutObject' }),
      's3:PutObject on an object of the bucket over plain HTTP',
    ],
    [
      'the bucket without its objects',
      deny({ Resource: ARN }),
      's3:GetObject on an object of the bucket over plain HTTP',
    ],
    [
      'the objects without the bucket',
      deny({ Resource: OBJECTS }),
      's3:ListBucket on the bucket over plain HTTP',
    ],
    [
      'some objects',
      deny({ Resource: [ARN, `${ARN}/private/*`] }),
      's3:GetObject on an object of the bucket over plain HTTP, to a resource outside arn:aws:s3:::b/private/*',
    ],
    [
      'another bucket',
      deny({ Resource: 'arn:aws:s3:::other*' }),
      's3:GetObject on an object of the bucket over plain HTTP',
    ],
    [
      'TLS instead of plaintext',
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      's3:GetObject on an object of the bucket over plain HTTP',
    ],
    [
      'a version of TLS only, which requests in clear do not have',
      deny({ Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
      's3:GetObject on an object of the bucket over plain HTTP',
    ],
    [
      'the transport and a version of TLS in one statement',
      deny({ Condition: { ...IN_CLEAR, NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
      's3:GetObject on an object of the bucket over plain HTTP',
    ],
    [
      'a resource that the request decides',
      deny({ Resource: [ARN, 'arn:aws:s3:::b/${aws:username}/*'] }),
      's3:GetObject on an object of the bucket over plain HTTP, to a resource outside arn:aws:s3:::b/${aws:username}/*',
    ],
  ])('is one with %s', (_, statement, words) => {
    expect(counterexample(statement)).toBe(words);
  });

  test('does not become better by an Allow that demands TLS', () => {
    const allow = deny({ Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    expect(judge(allow).denial).toBe('absent');
  });
});

describe('a policy without a Deny of plaintext', () => {
  test('has none where its Deny is about something else', () => {
    const other = deny({
      Action: 's3:DeleteObject',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    });
    expect(judge(other).denial).toBe('absent');
  });

  test('has none where it is empty', () => {
    expect(judge().denial).toBe('absent');
  });
});

describe('what the template hides', () => {
  const parameter = { 'Fn::ImportValue': 'elsewhere' };

  test.each<[string, JsonMap]>([
    ['the effect', deny({ Effect: parameter })],
    ['the principal', deny({ Principal: { AWS: parameter } })],
    ['the action', deny({ Action: parameter })],
    ['the resource', deny({ Resource: parameter })],
    ['the whole condition', deny({ Condition: parameter })],
    ['the value of the condition', deny({ Condition: { Bool: { 'aws:SecureTransport': parameter } } })],
  ])('makes it unknown: %s', (_, statement) => {
    expect(judge(statement)).toMatchObject({ denial: 'unknown', why: expect.stringContaining('elsewhere') });
  });

  test('does not matter where another statement denies all the same', () => {
    expect(judge(deny({ Resource: parameter }), deny())).toEqual({ denial: 'denied' });
  });

  test('does not matter where a gap remains whatever it is', () => {
    const hidden = deny({ Condition: { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': parameter } } });
    expect(judge(hidden).denial).toBe('weakened');
  });

  test('is not taken for the bucket when it is the exception', () => {
    expect(judge(without('Resource', { NotResource: parameter })).denial).toBe('unknown');
    expect(judge(without('Principal', { NotPrincipal: { AWS: parameter } })).denial).toBe('unknown');
  });
});

describe('the version of TLS', () => {
  test.each<[string, Json, string | undefined]>([
    ['a number', 1.2, 'TLSv1.2'],
    ['text', '1.3', 'TLSv1.3'],
    ['a lower one', 1.1, 'TLSv1.1'],
  ])('is read from %s', (_, value, version) => {
    const answer = minimumTls(deny({ Condition: { NumericLessThan: { 's3:TlsVersion': value } } }));
    expect(answer).toMatchObject({ version });
  });

  test('has no minimum in a Deny of plaintext', () => {
    expect(minimumTls(deny())).toMatchObject({ version: undefined });
  });

  test('has no minimum where the Deny has an exception', () => {
    const condition = {
      NumericLessThan: { 's3:TlsVersion': 1.2 },
      StringEquals: { 'aws:SourceVpc': 'vpc-1' },
    };
    expect(minimumTls(deny({ Condition: condition }))).toMatchObject({ version: undefined });
  });
});

describe('the form of a policy document', () => {
  test('may be a JSON string', () => {
    const document = read(JSON.stringify({ Statement: deny() }));
    expect(document.state === 'given' && judgePlaintextDenial(document.statements, BUCKET)).toEqual({
      denial: 'denied',
    });
  });

  test('may be a JSON string with references in it', () => {
    const text = JSON.stringify({ Statement: [deny({ Resource: ['RESOURCE', 'RESOURCE/*'] })] });
    const document = read({ 'Fn::Join': [ARN, text.split('RESOURCE')] });
    expect(document.state === 'given' && judgePlaintextDenial(document.statements, BUCKET)).toEqual({
      denial: 'denied',
    });
  });

  test.each<[string, Json]>([
    ['a string that is no JSON', 'nonsense'],
    ['a macro', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['a list', ['nonsense']],
  ])('is unknown for %s', (_, document) => {
    expect(read(document).state).toBe('unresolved');
  });

  test('leaves out a statement that Fn::If leaves out', () => {
    const document = read({ Statement: [{ Ref: 'AWS::NoValue' }, deny()] });
    expect(document).toMatchObject({ statements: [{ path: 'Properties.PolicyDocument.Statement.1' }] });
  });
});

const some = <T>(...items: readonly T[]) => fc.constantFrom(...items);
const oneOrMore = (items: fc.Arbitrary<string>) =>
  fc.oneof(items, fc.uniqueArray(items, { minLength: 1, maxLength: 3 }));

const PRINCIPALS = oneOrMore(some('*', 'arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'));
const ACTIONS = oneOrMore(
  some('*', 's3:*', 's3:Get*', 's3:GetObject', 's3:PutObject', 's3:?etObject', 's3:*Object*', 'sns:*'),
);
const RESOURCES = oneOrMore(
  some('*', ARN, OBJECTS, `${ARN}*`, `${ARN}/public/*`, `${ARN}/*.csv`, 'arn:aws:s3:::other/*'),
);
const VPC = fc.dictionary(
  some('aws:SourceVpc', 'aws:PrincipalOrgID'),
  oneOrMore(some('one', 'two', 'o*', '*')),
  { minKeys: 1, maxKeys: 2 },
);
const CONDITIONS = fc.record(
  {
    Bool: fc.constant({ 'aws:SecureTransport': 'false' }) as fc.Arbitrary<Record<string, unknown>>,
    BoolIfExists: fc.record({ 'aws:SecureTransport': oneOrMore(some('true', 'false')) }),
    NumericLessThan: fc.record({ 's3:TlsVersion': some(1.2, 1.3) }),
    NumericLessThanIfExists: fc.record({ 's3:TlsVersion': some(1.2) }),
    NumericNotEquals: fc.record({ 's3:TlsVersion': some(1.2) }),
    Null: fc.dictionary(
      some('aws:SourceVpc', 's3:TlsVersion', 'aws:SecureTransport'),
      some('true', 'false'),
      { minKeys: 1 },
    ),
    StringEquals: VPC,
    StringNotEquals: VPC,
    StringLike: VPC,
    StringNotLike: VPC,
    StringLikeIfExists: VPC,
    StringEqualsIfExists: VPC,
    'ForAllValues:StringLike': VPC,
    'ForAnyValue:StringEquals': VPC,
  },
  { requiredKeys: [] },
);

/** Conditions of few entries, since those of many hold for nobody. */
const FEW = fc.tuple(CONDITIONS, fc.nat(), fc.boolean()).map(([all, start, two]) => {
  const entries = Object.entries(all);
  const picked = [...entries, ...entries].slice(start % (entries.length + 1)).slice(0, two ? 2 : 1);
  return Object.fromEntries(picked);
});
const CONDITION = fc.oneof(
  { weight: 4, arbitrary: fc.constant(IN_CLEAR as Record<string, unknown>) },
  { weight: 1, arbitrary: FEW.map((few) => ({ ...few, ...IN_CLEAR })) },
  { weight: 1, arbitrary: FEW },
);
const PRINCIPAL = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ Principal: '*' }) },
  { weight: 1, arbitrary: PRINCIPALS.map((AWS) => ({ Principal: { AWS } })) },
  { weight: 1, arbitrary: PRINCIPALS.map((AWS) => ({ NotPrincipal: { AWS } })) },
);
const ACTION = fc.oneof(
  ACTIONS.map((Action) => ({ Action })),
  ACTIONS.map((NotAction) => ({ NotAction })),
);
const RESOURCE = fc.oneof(
  RESOURCES.map((Resource) => ({ Resource })),
  RESOURCES.map((NotResource) => ({ NotResource })),
);
const STATEMENT = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constant('Deny') }, { weight: 1, arbitrary: fc.constant('Allow') }),
    PRINCIPAL,
    ACTION,
    RESOURCE,
    CONDITION,
  )
  .map(
    ([Effect, ...parts]) =>
      Object.assign({ Effect, Condition: parts[3] }, parts[0], parts[1], parts[2]) as PlainStatement,
  );
const STATEMENTS = fc.array(STATEMENT, { minLength: 1, maxLength: 5 });

describe('compared with every request of a small world', () => {
  test('is never denied where a plaintext request is allowed', () => {
    let denied = 0;
    fc.assert(
      fc.property(STATEMENTS, (statements) => {
        const answer = judge(...(statements as unknown as Json[]));
        if (answer.denial !== 'denied') return;
        denied += 1;
        expect(bruteForce(statements)).toBeUndefined();
      }),
      { numRuns: 2500 },
    );
    // The property would hold of a judge that never says denied.
    expect(denied).toBeGreaterThan(100);
  });

  test('is denied where no plaintext request is allowed, whatever the shape', () => {
    let agreed = 0;
    const wide = fc.array(
      fc.tuple(ACTION, RESOURCE).map(
        ([action, resource]) =>
          ({
            Effect: 'Deny',
            Principal: '*',
            Condition: IN_CLEAR,
            ...action,
            ...resource,
          }) as PlainStatement,
      ),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(wide, (statements) => {
        const answer = judge(...(statements as unknown as Json[]));
        const allowed = bruteForce(statements);
        if (allowed === undefined) agreed += 1;
        expect(answer.denial === 'denied').toBe(allowed === undefined);
      }),
      { numRuns: 1500 },
    );
    expect(agreed).toBeGreaterThan(50);
  });

  test('adds up conditions only where they really leave nothing out', () => {
    let denied = 0;
    const operators = some(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringLikeIfExists',
      'StringEqualsIfExists',
      'ForAllValues:StringLike',
      'ForAnyValue:StringEquals',
    );
    const condition = fc.oneof(
      fc.tuple(operators, some('one', 'o*')).map(([name, value]) => ({ [name]: { 'aws:SourceVpc': value } })),
      some('true', 'false').map((value) => ({ Null: { 'aws:SourceVpc': value } })),
    );
    const narrow = condition.map(
      (more) => deny({ Condition: { ...IN_CLEAR, ...more } }) as unknown as PlainStatement,
    );
    fc.assert(
      fc.property(fc.array(narrow, { minLength: 2, maxLength: 4 }), (statements) => {
        if (judge(...(statements as unknown as Json[])).denial !== 'denied') return;
        denied += 1;
        expect(bruteForce(statements)).toBeUndefined();
      }),
      { numRuns: 1500 },
    );
    expect(denied).toBeGreaterThan(100);
  });

  test('is never weakened by one more Deny', () => {
    fc.assert(
      fc.property(STATEMENTS, (statements) => {
        expect(judge(...(statements as unknown as Json[]), deny())).toEqual({ denial: 'denied' });
      }),
      { numRuns: 500 },
    );
  });
});

/** As a client would send it, to a bucket of the partition that the policy's ARNs are of. */
function sent({ principal, action, resource = '', context }: AllowedRequest): Request {
  const inAws = (arn: string) => arn.replace(/^arn:partition:/, 'arn:aws:');
  return { principal: inAws(principal), action, resource: inAws(resource), context };
}

/** What the rule asks for, beside the statements that are there. */
const REPAIR = deny() as unknown as PlainStatement;

describe('a counterexample', () => {
  const tried = (...statements: readonly JsonMap[]) => {
    const answer = judge(...statements);
    if (!('counterexample' in answer)) throw new TypeError(answer.denial);
    const { request } = answer.counterexample;
    if (request === undefined) throw new TypeError('no request');
    return { ...answer.counterexample, request };
  };

  test.each<[string, JsonMap, Partial<AllowedRequest>]>([
    [
      'one action',
      deny({ Action: 's3:PutObject' }),
      { action: 's3:GetObject', resource: 'arn:partition:s3:::b/key' },
    ],
    ['an exception by NotAction', without('Action', { NotAction: 's3:Put*' }), { action: 's3:PutObject' }],
    ['the bucket alone', deny({ Resource: ARN }), { resource: 'arn:partition:s3:::b/key' }],
    [
      'the objects alone',
      deny({ Resource: OBJECTS }),
      { action: 's3:ListBucket', resource: 'arn:partition:s3:::b' },
    ],
    [
      'an exception by NotResource, of two patterns at once',
      deny({ Resource: [ARN, OBJECTS] }),
      { resource: 'arn:partition:s3:::b/public/key.csv' },
    ],
    [
      'one principal',
      deny({ Principal: { AWS: 'arn:aws:iam::1:role/a' } }),
      { principal: 'arn:partition:iam::000000000000:role/anyone' },
    ],
    [
      'an exception for a principal',
      without('Principal', { NotPrincipal: { AWS: 'arn:aws:iam::1:role/a' } }),
      { principal: 'arn:partition:iam::1:role/a' },
    ],
    [
      'an exception for addresses',
      deny({ Condition: { ...IN_CLEAR, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      { context: { 'aws:SourceIp': '10.0.0.0', 'aws:SecureTransport': 'false' } },
    ],
    [
      'an exception for a network',
      deny({ Condition: { ...IN_CLEAR, StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      { context: { 'aws:SourceVpc': 'vpc-1', 'aws:SecureTransport': 'false' } },
    ],
    [
      'a demand that is no exception',
      deny({ Condition: { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      { context: { 'aws:SecureTransport': 'false' } },
    ],
  ])('is a request that no Deny refuses, and that the repair does: %s', (name, statement, parts) => {
    const statements = name.includes('two patterns')
      ? [
          without('Resource', { NotResource: `${ARN}/public/*` }),
          without('Resource', { NotResource: `${ARN}/*.csv` }),
        ]
      : [statement];
    const { request } = tried(...statements);
    expect(request).toMatchObject(parts);
    const plain = statements as unknown as PlainStatement[];
    expect(isDenied(plain, sent(request))).toBe(false);
    expect(isDenied([...plain, REPAIR], sent(request))).toBe(true);
  });

  test('is there where nothing is denied at all', () => {
    expect(tried().request).toEqual({
      principal: 'arn:partition:iam::000000000000:role/anyone',
      action: 's3:GetObject',
      resource: 'arn:partition:s3:::b/key',
      context: { 'aws:SecureTransport': 'false' },
    });
  });

  test.each<[string, JsonMap, string | undefined]>([
    ['actions', deny({ Action: ['s3:PutObject', 's3:DeleteBucket'] }), undefined],
    ['actions of another service', deny({ Action: 'sns:*' }), 'the Deny names only the action sns:*'],
    ['the bucket', deny({ Resource: ARN }), 'the Deny names only the resource arn:aws:s3:::b'],
    [
      'many buckets',
      deny({ Resource: ['a', 'b', 'c', 'd', 'e'].map((name) => `arn:aws:s3:::x${name}`) }),
      'the Deny names only the resource arn:aws:s3:::xa, arn:aws:s3:::xb, arn:aws:s3:::xc and 2 more',
    ],
  ])('says which names of the Deny leave it out: %s', (_, statement, because) => {
    expect(tried(statement).because).toBe(because);
  });

  test('has words and no request where a policy variable decides', () => {
    const answer = judge(deny({ Resource: [ARN, 'arn:aws:s3:::b/${aws:username}/*'] }));
    expect(answer).toMatchObject({ denial: 'weakened', counterexample: { request: undefined } });
  });

  test('of old TLS names the version that gets through', () => {
    const statements = [deny(), deny({ Condition: { NumericLessThan: { 's3:TlsVersion': 1.1 } } })];
    const answer = minimumTls(...statements);
    const request = 'counterexample' in answer ? answer.counterexample?.request : undefined;
    if (request === undefined) throw new TypeError('no request');
    expect(request.context).toEqual({ 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' });
    const plain = statements as unknown as PlainStatement[];
    expect(isDenied(plain, sent(request))).toBe(false);
    const repair = deny({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } });
    expect(isDenied([repair as unknown as PlainStatement], sent(request))).toBe(true);
  });

  test('is not denied, whatever the policy, and is by its repair', () => {
    const seen = { proved: 0, wordsOnly: 0 };
    fc.assert(
      fc.property(STATEMENTS, (statements) => {
        const answer = judge(...(statements as unknown as Json[]));
        if (!('counterexample' in answer)) return;
        const { words, request } = answer.counterexample;
        expect(words).toMatch(/ over plain HTTP/);
        if (request === undefined) {
          seen.wordsOnly += 1;
          return;
        }
        seen.proved += 1;
        expect(request.context['aws:SecureTransport']).toBe('false');
        expect(isDenied(statements, sent(request))).toBe(false);
        expect(isDenied([...statements, REPAIR], sent(request))).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(seen.proved).toBeGreaterThan(500);
    expect(seen.wordsOnly).toBeLessThan(seen.proved / 100);
  });

  test('is not to be found by chance where the judge says denied', () => {
    let denied = 0;
    const request: fc.Arbitrary<Request> = fc.record({
      principal: some('anonymous', 'arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b', 'arn:aws:iam::2:user/c'),
      action: some(
        's3:GetObject',
        's3:PutObject',
        's3:ListBucket',
        's3:GetObjectAcl',
        's3:DeleteBucketPolicy',
      ),
      resource: fc.oneof(
        fc.constant(ARN),
        fc.string().map((key) => `${ARN}/${key}`),
      ),
      context: fc
        .dictionary(some('aws:SourceVpc', 'aws:PrincipalOrgID'), some('one', 'two', 'other', 'one*'))
        .map((context) => ({ ...context, 'aws:SecureTransport': 'false' })),
    });
    fc.assert(
      fc.property(STATEMENTS, fc.array(request, { minLength: 20, maxLength: 20 }), (statements, requests) => {
        const answer = judge(...(statements as unknown as Json[]));
        if (answer.denial !== 'denied') return;
        denied += 1;
        expect(requests.filter((one) => !isDenied(statements, one))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(denied).toBeGreaterThan(20);
  });
});
