import type { PackRule } from '../../packs/pack';
import { isNoneOf, isPresent, isTrue, propertyRow } from '../property';
import { AT_REST } from './requirements';

/** Rules on EFS, with their levels. FSx encrypts always. */
export const FILE_SYSTEM_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'FileSystemIsEncrypted',
    title: 'an EFS file system is encrypted',
    risk: 'Whoever gets a disk, a backup or a copy reads the files; it cannot be turned on later.',
    fix: 'Set Encrypted to true and KmsKeyId to a key (a new file system is made, to which files have to be copied). CDK: FileSystem does so by default (encrypted); CfnFileSystem does not.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['EFS.1'],
      cwe: ['CWE-311'],
      awsConfig: ['EFS_ENCRYPTED_CHECK'],
    },
    resourceTypes: ['AWS::EFS::FileSystem'],
    test: isTrue('Encrypted'),
  }),
  propertyRow('info', {
    id: 'AccessPointLimitsDirectory',
    title: 'an access point of EFS opens one directory, not the whole file system',
    risk: 'Each client that mounts by it reads the files of all others.',
    fix: 'Set RootDirectory.Path to a directory of its own, with CreationInfo. CDK: path on AccessPoint, which is / by default.',
    references: {
      pciDss: ['10.3.2', 'A1.1.2', 'A3.4.1'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EFS.3'],
      cwe: ['CWE-284'],
      awsConfig: ['EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY'],
    },
    resourceTypes: ['AWS::EFS::AccessPoint'],
    test: isNoneOf('RootDirectory.Path', ['/'], { absent: 'violation' }),
  }),
  propertyRow('info', {
    id: 'AccessPointSetsUser',
    title: 'an access point of EFS decides as whom its clients work',
    risk: 'Without it a client says itself who it is, root included.',
    fix: 'Set PosixUser with Uid and Gid. CDK: posixUser on AccessPoint, which has none by default.',
    references: {
      pciDss: ['10.3.2', 'A1.1.2', 'A3.4.1'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EFS.4'],
      cwe: ['CWE-287'],
      awsConfig: ['EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY'],
    },
    resourceTypes: ['AWS::EFS::AccessPoint'],
    test: isPresent('PosixUser', 'a user and a group'),
  }),
];
