import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted } from './predicates';
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
];

/** Rules on what ECS tasks mount and call. */
export const ECS_RULES: readonly Rule[] = ECS_PACK_ROWS.map(({ rule }) => rule);
