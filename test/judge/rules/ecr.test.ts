import { ecr } from '../../../lib/judge/hops/connectors/ecr';
import { ECR_RULES } from '../../../lib/judge/rules/ecr';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, wordsOf } from '../support';

const HIDDEN = { Parameters: { P: { Type: 'String' } } };
const IN_CLEAR = { Bool: { 'aws:SecureTransport': 'false' } };
const WEAK = 'a Deny that lets plaintext through';

describe('RepositoryPolicyIsUnweakened', () => {
  const judge = (policy?: Json, parts?: TemplateParts) =>
    ECR_RULES.flatMap((rule) =>
      wordsOf(
        rule,
        factsOf(
          ecr,
          {
            Repository: {
              Type: 'AWS::ECR::Repository',
              Properties: policy === undefined ? {} : { RepositoryPolicyText: policy },
            },
          },
          parts,
        ),
      ),
    );
  const deny = (parts: JsonMap = {}): JsonMap => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'ecr:*',
    Condition: IN_CLEAR,
    ...parts,
  });

  test('asks for no policy', () => {
    expect(judge()).toEqual([]);
  });

  test('passes a Deny, which names no resource', () => {
    expect(judge({ Statement: [deny()] })).toEqual(['compliant']);
    expect(judge(JSON.stringify({ Statement: deny() }))).toEqual(['compliant']);
  });

  test('fails a Deny with a hole', () => {
    expect(judge({ Statement: [deny({ Action: 'ecr:BatchGetImage' })] })).toEqual([
      `violation at Properties.RepositoryPolicyText.Statement.0: ${WEAK}`,
    ]);
  });

  test('cannot tell of a parameter', () => {
    expect(judge({ Ref: 'P' }, HIDDEN)).toEqual(['unknown at Properties.RepositoryPolicyText']);
  });
});

test('a repository with KMS and no key is encrypted by a key of AWS', () => {
  const facts = factsOf(ecr, {
    R: { Type: 'AWS::ECR::Repository', Properties: { EncryptionConfiguration: { EncryptionType: 'KMS' } } },
  });
  const encryption = expect.objectContaining({ value: 'aws-managed-key' });
  expect(facts).toContainEqual(expect.objectContaining({ fact: 'store', encryption }));
});
