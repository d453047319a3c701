import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, isNotPassedThrough, unknown } from './predicates';
import type { Rule } from './rule';

/** Rules on what ECS tasks mount and call, with their levels. */
export const ECS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'EfsVolumeIsEncryptedInTransit',
      title: 'ECS tasks reach their EFS volumes encrypted',
      risk: 'Whoever is on the path between a task and the file system reads and changes files.',
      fix: 'Set TransitEncryption of the EFSVolumeConfiguration to ENABLED (DISABLED is the default). CDK: efsVolumeConfiguration: { fileSystemId, transitEncryption: "ENABLED" } in volumes or addVolume.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['ECS.18'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::ECS::TaskDefinition'],
      hops: ['ecs.efs-volume'],
      judge: isEncrypted('ENABLED'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ServiceConnectUsesTls',
      title: 'Service Connect encrypts what ECS services send each other',
      risk: 'Requests between services travel in clear through the VPC.',
      fix: 'Give every entry of ServiceConnectConfiguration.Services a Tls with IssuerCertificateAuthority (a private CA). CDK: tls: { awsPcaAuthorityArn, role, kmsKey } of a service in serviceConnectConfiguration.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)', '5(1)(f)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::ECS::Service'],
      hops: ['ecs.service-connect'],
      judge: isEncrypted('there, with a certificate authority'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ServiceConnectIsNotBypassed',
      title: 'nobody reaches a container past the TLS of its Service Connect proxy',
      risk: 'The proxy ends TLS and hands requests to the container in clear. Where it listens on a port of its own, the port of the container stays open beside it: whoever security groups let in there speaks to the container in clear, and shows no certificate.',
      fix: 'Leave IngressPortOverride away, so that the proxy takes the port of the container; else close that port in the security groups of the service, and waive the finding with their names. CDK: no ingressPortOverride of a service in serviceConnectConfiguration.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-319', 'CWE-424'] },
      resourceTypes: ['AWS::ECS::Service'],
      hops: ['ecs.service-port'],
      judge: (hop, context) =>
        hop.protocol.unknown === undefined
          ? isNotPassedThrough('left out, or the port of the container')(hop, context)
          : unknown(hop.protocol, hop.protocol.unknown),
    }),
  },
];

/** Rules on what ECS tasks mount and call. */
export const ECS_RULES: readonly Rule[] = ECS_PACK_ROWS.map(({ rule }) => rule);
