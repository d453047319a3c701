import type { Pack } from '../../lib/judge/packs/pack';
import { hopRule } from '../../lib/judge/rules/define';
import { floorIsAtLeast, isEncrypted } from '../../lib/judge/rules/predicates';
import { RESOURCE_CAN_BE_JUDGED_ROW } from '../../lib/judge/rules/resource-can-be-judged';
import type { Rule } from '../../lib/judge/rules/rule';

const ABOUT = {
  risk: 'Whoever is on the path reads what customers send.',
  fix: 'Set Protocol to HTTPS.',
  references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  hops: ['elbv2.listener'],
} as const;

/** A pack that stays as it is while the real one grows; one of its rules fails on a resource called Explodes. */
export const PACK: Pack = {
  name: 'TransmissionChecks',
  rules: [
    RESOURCE_CAN_BE_JUDGED_ROW,
    {
      rule: hopRule({
        ...ABOUT,
        id: 'ListenerIsEncrypted',
        title: 'a listener serves nothing in clear',
        judge: isEncrypted('HTTPS'),
      }) as unknown as Rule,
      level: 'error',
      unknown: 'error',
    },
    {
      rule: hopRule({
        ...ABOUT,
        id: 'ListenerRequiresTls13',
        title: 'a listener negotiates nothing below TLS 1.3',
        judge: (hop, context) => {
          if (hop.resource.logicalId === 'Explodes') throw new TypeError('cannot read\nproperties');
          return floorIsAtLeast('TLSv1.3', 'a TLS policy from TLS 1.3 on')(hop, context);
        },
      }) as unknown as Rule,
      level: 'info',
      unknown: 'warning',
    },
  ],
};
