import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged, unknown, violation } from './predicates';
import { COMPLIANT, type Rule } from './rule';

const CONTROL = 'AWS::EC2::VPCEncryptionControl';
const TRAFFIC = [
  'internetGateway',
  'egressOnlyInternetGateway',
  'natGateway',
  'virtualPrivateGateway',
  'vpcPeering',
  'lambda',
  'vpcLattice',
  'elasticFileSystem',
] as const;

/**
 * Rules on networks that enforce encryption, with their levels: what they refuse fails at deployment, and what they
 * exclude is encrypted by somebody else or by nobody. Neither is a fault by itself, so that they are warnings.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html
 */
export const VPC_ENCRYPTION_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LoadBalancerFitsEncryptionControl',
      title: 'a load balancer is one that its network takes when it enforces encryption',
      risk: 'A network in enforce mode refuses TLS listeners of network load balancers, and Gateway Load Balancers altogether: the deployment fails, or the network stays in monitor mode, where plaintext is counted and not refused.',
      fix: 'Let the targets end TLS behind a TCP listener, or an Application Load Balancer with an HTTPS listener; else keep the network in monitor mode (Mode of AWS::EC2::VPCEncryptionControl), since there is no exclusion for it. CDK: addPassThroughListener() of TlsNetworkLoadBalancer, or TlsLoadBalancer.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'] },
      resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
      reads: 'network-resident',
      judge: ({ refused }) => {
        if (refused.unknown !== undefined) return unknown(refused, refused.unknown);
        if (refused.value === undefined) return COMPLIANT;
        const detail = `${refused.value} in a network that enforces encryption`;
        return violation(refused, 'something that VPC Encryption Control takes', detail);
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'EncryptionControlExcludesNothing',
      title: 'a network that enforces encryption enforces it for all its traffic',
      risk: 'AWS neither encrypts nor checks what is excluded: whether it crosses the network in clear is up to whatever sends it.',
      fix: 'Remove the exclusion together with what needs it, such as the internet gateway; or waive the finding with the proof that TLS is spoken on that way. CDK: vpcEncryptionExclusions of PrivateNetwork.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [CONTROL, 'AWS::EC2::VPC'],
      loosenings: TRAFFIC.map((traffic) => `${traffic}Exclusion`),
      reads: 'encryption-exclusion',
      judge: ({ excluded, traffic }) => {
        const verdict = judged(excluded, 'disable, or left out', (isExcluded) => !isExcluded);
        return verdict.verdict === 'violation' ? { ...verdict, loosening: `${traffic}Exclusion` } : verdict;
      },
    }),
  },
];

/** Rules on networks that enforce encryption. */
export const VPC_ENCRYPTION_RULES: readonly Rule[] = VPC_ENCRYPTION_PACK_ROWS.map(({ rule }) => rule);
