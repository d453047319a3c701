import { FILE_SYSTEM_ROWS } from '../../../../lib/judge/rules/pci/file-systems';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const files = (Properties: JsonMap = {}): JsonMap => one('AWS::EFS::FileSystem', Properties);
const point = (Properties: JsonMap = {}): JsonMap => one('AWS::EFS::AccessPoint', Properties);

test.each<[string, string, JsonMap, readonly string[]]>([
  ['FileSystemIsEncrypted', 'passes what is', files({ Encrypted: 'true' }), []],
  [
    'FileSystemIsEncrypted',
    'fails the default',
    files(),
    ['error violation It.Properties.Encrypted: absent'],
  ],
  [
    'FileSystemIsEncrypted',
    'fails what is switched off',
    files({ Encrypted: false, KmsKeyId: 'key' }),
    ['error violation It.Properties.Encrypted: false'],
  ],
  [
    'FileSystemIsEncrypted',
    'cannot tell a parameter',
    files({ Encrypted: HIDDEN }),
    ['error unknown It.Properties.Encrypted'],
  ],
  ['AccessPointLimitsDirectory', 'passes a directory', point({ RootDirectory: { Path: '/shop' } }), []],
  [
    'AccessPointLimitsDirectory',
    'fails the root',
    point({ RootDirectory: { Path: '/' } }),
    ['info violation It.Properties.RootDirectory.Path: /'],
  ],
  [
    'AccessPointLimitsDirectory',
    'fails the default, which is the root',
    point(),
    ['info violation It.Properties.RootDirectory.Path: absent'],
  ],
  [
    'AccessPointLimitsDirectory',
    'cannot tell a parameter',
    point({ RootDirectory: { Path: HIDDEN } }),
    ['info unknown It.Properties.RootDirectory.Path'],
  ],
  ['AccessPointSetsUser', 'passes a user', point({ PosixUser: { Uid: '1000', Gid: '1000' } }), []],
  ['AccessPointSetsUser', 'takes a hidden user for one', point({ PosixUser: HIDDEN }), []],
  ['AccessPointSetsUser', 'fails none', point(), ['info violation It.Properties.PosixUser: absent']],
])('%s %s', (id, _, resources, expected) => {
  expect(says(FILE_SYSTEM_ROWS, id, resources)).toEqual(expected);
});
