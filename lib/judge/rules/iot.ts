import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, isForwardSecret, tlsPolicyIsClassified } from './predicates';
import type { Rule } from './rule';

const BEST = 'IoTSecurityPolicy_TLS13_1_3_2022_10';
const SET_POLICY = `Set TlsConfig.SecurityPolicy to ${BEST}, once every device speaks TLS 1.3. CDK: IoT has L1 only (CfnDomainConfiguration.tlsConfig).`;

/** Rules on IoT domain configurations, with their levels. */
export const IOT_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'IotDomainTlsPolicyIsClassified',
      title: 'the TLS policy of an IoT domain is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: ['AWS::IoT::DomainConfiguration'],
      hops: ['iot.domain'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'IotDomainRequiresTls12',
      title: 'an IoT domain negotiates no TLS version below 1.2',
      risk: 'TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996): an attacker on the path can bring a device down to them.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: ['AWS::IoT::DomainConfiguration'],
      hops: ['iot.domain'],
      judge: floorIsAtLeast('TLSv1.2', BEST),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'IotDomainTlsPolicyIsForwardSecret',
      title: 'an IoT domain offers cipher suites with forward secrecy only',
      risk: 'Whoever records what devices send and later gets the private key reads all of it.',
      fix: SET_POLICY,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: ['AWS::IoT::DomainConfiguration'],
      hops: ['iot.domain'],
      judge: isForwardSecret(BEST),
    }),
  },
];

/** Rules on IoT domain configurations. */
export const IOT_RULES: readonly Rule[] = IOT_PACK_ROWS.map(({ rule }) => rule);
