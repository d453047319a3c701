import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { isUnweakened } from './denials';
import type { Rule } from './rule';

/** Rules on secrets, with their levels. */
export const SECRETS_MANAGER_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'SecretPolicyIsUnweakened',
      title: 'where the policy of a secret denies plaintext, it denies all of it',
      risk: 'The endpoints of Secrets Manager speak TLS only, so that no Deny is needed; one that has a hole is shown to auditors as a control and is none.',
      fix: 'Let the Deny in ResourcePolicy hold for Principal "*", secretsmanager:* and the secret, with Condition Bool aws:SecureTransport false and nothing else, or remove it. CDK: addToResourcePolicy with new AnyPrincipal() and no further conditions.',
      references: { pciDss: ['4.2.1', '8.3.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-863'] },
      resourceTypes: ['AWS::SecretsManager::Secret', 'AWS::SecretsManager::ResourcePolicy'],
      reads: 'plaintext-denial',
      hops: ['secretsmanager.secret'],
      judge: isUnweakened('a Deny on the secret for aws:SecureTransport false alone'),
    }),
  },
];

/** Rules on secrets. */
export const SECRETS_MANAGER_RULES: readonly Rule[] = SECRETS_MANAGER_PACK_ROWS.map(({ rule }) => rule);
