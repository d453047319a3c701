import type { PackRule } from '../../packs/pack';
import { attribute } from '../pci/edge-load-balancer';
import { unknown } from '../property';
import { NOT_APPLICABLE } from '../rule';
import { personalDataRow } from './row';

/** Rules on what a load balancer hands on, with their levels. */
export const LOAD_BALANCER_HEADER_ROWS: readonly PackRule[] = [
  personalDataRow('info', {
    id: 'LoadBalancerDropsInvalidHeaders',
    title: 'an application load balancer drops headers that are none',
    risk: 'Load balancer and target read a malformed header in two ways: an attacker hides a second request in the first, and gets the answer that is meant for somebody else.',
    fix: 'Set routing.http.drop_invalid_header_fields.enabled to true in LoadBalancerAttributes. CDK: dropInvalidHeaderFields: true of ApplicationLoadBalancer, which is off by default; TlsLoadBalancer does so.',
    references: {
      gdpr: ['32(1)(b)'],
      pciDss: ['6.2.4'],
      securityHub: ['ELB.4'],
      awsConfig: ['ALB_HTTP_DROP_INVALID_HEADER_ENABLED'],
      cwe: ['CWE-444'],
    },
    resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    test: (properties) => {
      const type = properties.at('Type').string();
      if (type.state === 'unresolved') return unknown(properties.at('Type'), type.why);
      // A load balancer of no type is one for applications; the others read no headers.
      if (type.state === 'given' && type.value !== 'application') return NOT_APPLICABLE;
      return attribute(properties, 'routing.http.drop_invalid_header_fields.enabled');
    },
  }),
];
