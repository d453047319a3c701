import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { isUnweakened } from './denials';
import type { Rule } from './rule';

/** Rules on container registries, with their levels. */
export const ECR_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'RepositoryPolicyIsUnweakened',
      title: 'where the policy of a container repository denies plaintext, it denies all of it',
      risk: 'The endpoints of ECR speak TLS only, so that no Deny is needed; one that has a hole is shown to auditors as a control and is none.',
      fix: 'Let the Deny in RepositoryPolicyText hold for Principal "*" and ecr:*, with Condition Bool aws:SecureTransport false and nothing else, or remove it. CDK: addToResourcePolicy with new AnyPrincipal() and no further conditions.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-863'] },
      resourceTypes: ['AWS::ECR::Repository'],
      reads: 'plaintext-denial',
      hops: ['ecr.repository'],
      judge: isUnweakened('a Deny of ecr:* for aws:SecureTransport false alone'),
    }),
  },
];

/** Rules on container registries. */
export const ECR_RULES: readonly Rule[] = ECR_PACK_ROWS.map(({ rule }) => rule);
