import type { JsonMap } from '../../../lib/judge/template';
import { tagsOf, tagsPlace } from '../../../lib/judge/template/tags';
import { World } from '../../../lib/judge/template/world';
import { appOf } from '../support';

const PARAMETERS = { Parameters: { Hidden: { Type: 'String' } } };

function read(Type: string, Properties: JsonMap) {
  const app = appOf({ It: { Type, Properties } }, PARAMETERS);
  const [resource] = app.resourcesOfType(Type);
  if (resource === undefined) throw new Error('no resource');
  const view = new World(app).view(resource);
  const tags = tagsOf(view);
  return tags.state === 'given'
    ? { at: tagsPlace(view).path, tags: Object.fromEntries(tags.value) }
    : { at: tagsPlace(view).path, tags };
}

describe('the tags of a resource', () => {
  test('are read from a list', () => {
    expect(
      read('AWS::S3::Bucket', {
        Tags: [
          { Key: 'pci:scope', Value: 'cde' },
          { Key: 'n', Value: 1 },
        ],
      }),
    ).toEqual({
      at: 'Properties.Tags',
      tags: { 'pci:scope': 'cde', n: '1' },
    });
  });

  test('are read from a map', () => {
    expect(read('AWS::ApiGatewayV2::Api', { Tags: { 'pci:scope': 'cde' } }).tags).toEqual({
      'pci:scope': 'cde',
    });
  });

  test.each([
    ['AWS::EFS::FileSystem', { FileSystemTags: [{ Key: 'a', Value: 'b' }] }, 'Properties.FileSystemTags'],
    ['AWS::Cognito::UserPool', { UserPoolTags: { a: 'b' } }, 'Properties.UserPoolTags'],
    [
      'AWS::Backup::BackupPlan',
      { BackupPlan: { BackupPlanTags: { a: 'b' } } },
      'Properties.BackupPlan.BackupPlanTags',
    ],
    ['AWS::Route53::HostedZone', { HostedZoneTags: [{ Key: 'a', Value: 'b' }] }, 'Properties.HostedZoneTags'],
  ])('are found where %s keeps them', (type, properties, at) => {
    expect(read(type, properties)).toEqual({ at, tags: { a: 'b' } });
  });

  test('are absent where there are none', () => {
    expect(read('AWS::S3::Bucket', {}).tags).toEqual({ state: 'absent' });
  });

  test('keep a key whose value is hidden', () => {
    expect(read('AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: { Ref: 'Hidden' } }] }).tags).toEqual({
      a: undefined,
    });
  });

  test('are unresolved where a key is hidden, so that no tag is taken for missing', () => {
    expect(read('AWS::S3::Bucket', { Tags: [{ Key: { Ref: 'Hidden' }, Value: 'b' }] }).tags).toMatchObject({
      state: 'unresolved',
    });
    expect(read('AWS::S3::Bucket', { Tags: { Ref: 'Hidden' } }).tags).toMatchObject({ state: 'unresolved' });
  });
});
