import { secretsManager } from '../../../lib/judge/hops/connectors/secrets-manager';
import { SECRETS_MANAGER_RULES } from '../../../lib/judge/rules/secrets-manager';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, wordsOf } from '../support';

const HIDDEN = { Parameters: { P: { Type: 'String' } } };
const IN_CLEAR = { Bool: { 'aws:SecureTransport': 'false' } };
const WEAKER = { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
const WEAK = 'a Deny that lets plaintext through';

describe('SecretPolicyIsUnweakened', () => {
  const judge = (policy?: Json, parts?: TemplateParts) => {
    const attached = {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: policy ?? {} },
    };
    const resources: JsonMap = {
      Secret: { Type: 'AWS::SecretsManager::Secret' },
      ...(policy === undefined ? {} : { Policy: attached }),
    };
    return SECRETS_MANAGER_RULES.flatMap((rule) => wordsOf(rule, factsOf(secretsManager, resources, parts)));
  };
  const deny = (parts: JsonMap = {}): JsonMap => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'secretsmanager:*',
    Resource: '*',
    Condition: IN_CLEAR,
    ...parts,
  });

  test('asks for no policy, since the endpoint speaks TLS only', () => {
    expect(judge()).toEqual([]);
    expect(judge({ Statement: [deny({ Effect: 'Allow' })] })).toEqual([]);
  });

  test('passes a Deny that denies, on * or on the secret itself', () => {
    expect(judge({ Statement: deny() })).toEqual(['compliant']);
    expect(judge({ Statement: deny({ Resource: { Ref: 'Secret' } }) })).toEqual(['compliant']);
    expect(
      judge({ Statement: deny({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:Put*'] }) }),
    ).toEqual(['compliant']);
  });

  test('fails a Deny with a hole', () => {
    expect(judge({ Statement: [deny({ Condition: WEAKER })] })).toEqual([
      `violation at Properties.ResourcePolicy.Statement.0: ${WEAK}`,
    ]);
  });

  test('reads a policy that is a JSON string', () => {
    expect(judge(JSON.stringify({ Statement: [deny()] }))).toEqual(['compliant']);
    expect(judge(JSON.stringify({ Statement: [deny({ Condition: WEAKER })] }))).toEqual([
      `violation at Properties.ResourcePolicy: ${WEAK}`,
    ]);
  });

  test('cannot tell of a parameter', () => {
    expect(judge({ Ref: 'P' }, HIDDEN)).toEqual(['unknown at Properties.ResourcePolicy']);
  });
});

test('a secret is encrypted by a key of AWS when nothing is said', () => {
  const facts = factsOf(secretsManager, { S: { Type: 'AWS::SecretsManager::Secret' } });
  const encryption = expect.objectContaining({ value: 'aws-managed-key', given: false });
  expect(facts).toContainEqual(expect.objectContaining({ fact: 'store', encryption }));
});
