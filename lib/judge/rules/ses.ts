import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on mail that SES delivers, with their levels. */
export const SES_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'SesRequiresTls',
      title: 'SES delivers mail over TLS or not at all',
      risk: 'SES falls back to plaintext when the receiving server offers no TLS, or an attacker on the path hides the offer: the whole message travels in clear.',
      fix: 'Set DeliveryOptions.TlsPolicy to REQUIRE (OPTIONAL is the default). CDK: tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE on ConfigurationSet.',
      references: {
        pciDss: ['4.2.1', '4.2.2'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['SES.3'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::SES::ConfigurationSet'],
      hops: ['ses.delivery'],
      judge: isEncrypted('REQUIRE'),
    }),
  },
];

/** Rules on mail that SES delivers. */
export const SES_RULES: readonly Rule[] = SES_PACK_ROWS.map(({ rule }) => rule);
