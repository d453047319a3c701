import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged } from './predicates';
import { POLICY_HOLDERS } from './property';

/** Rules on who may do what, with their levels. */
export const ACCESS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'warning',
    rule: defineRule({
      id: 'NobodyIsAdministrator',
      title: 'no IAM policy allows every action on every resource',
      risk: 'Whoever gets one credential of it has the account: keys, logs and the policies that protect both.',
      fix: 'Name the actions and resources in the statement. CDK: use grant methods, and no PolicyStatement with actions and resources of *.',
      references: {
        pciDss: ['7.2.1', '7.2.2', '7.2.5', '7.2.3', '7.3.1', '7.3.2', '7.3.3'],
        gdpr: ['32(1)(b)', '32(4)'],
        securityHub: ['IAM.1'],
        cwe: ['CWE-250'],
        awsConfig: ['IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS', 'IAM_POLICY_BLACKLISTED_CHECK'],
      },
      resourceTypes: POLICY_HOLDERS,
      reads: 'access-grant',
      judge: ({ administrator }) =>
        judged(administrator, 'the actions and resources that are needed', (all) => !all),
    }),
  },
];
