import fc from 'fast-check';
import { encodeTags } from '../../../lib/core/classification';
import type { JsonMap } from '../../../lib/judge/template';
import { description } from '../../core/classification/arbitrary';
import { holdingsOf, tagList } from './told';

const BUCKET = 'AWS::S3::Bucket';
const PERSONAL = { 'data:classification': 'personal-data', 'data:owner': 'orders team' };
const READ = { holds: ['personal-data'], owner: 'orders team' };
const INTERNAL = { 'data:classification': 'internal' };

const tagged = (Tags: unknown, type = BUCKET, parts = {}) =>
  holdingsOf(type, { Properties: { Tags } } as JsonMap, parts);
const inMetadata = (SecureTransmissionData: unknown, type = BUCKET, properties = {}) =>
  holdingsOf(type, { Properties: properties, Metadata: { SecureTransmissionData } } as JsonMap);

describe('what a store says it holds', () => {
  test.each<[string, string, JsonMap, string]>([
    ['a list', BUCKET, { Tags: tagList(PERSONAL) }, 'Properties.Tags'],
    ['a map', 'AWS::SSM::Parameter', { Tags: PERSONAL }, 'Properties.Tags'],
    [
      'a list of another name',
      'AWS::EFS::FileSystem',
      { FileSystemTags: tagList(PERSONAL) },
      'Properties.FileSystemTags',
    ],
    [
      'a map of another name',
      'AWS::Backup::BackupVault',
      { BackupVaultTags: PERSONAL },
      'Properties.BackupVaultTags',
    ],
    [
      'replicas',
      'AWS::DynamoDB::GlobalTable',
      {
        Replicas: [
          { Region: 'eu-west-1', Tags: tagList(PERSONAL) },
          { Region: 'eu-west-3', Tags: tagList(PERSONAL) },
        ],
      },
      'Properties.Replicas.0.Tags',
    ],
  ])('is read from %s', (_, type, Properties, path) => {
    const [holding, ...others] = holdingsOf(type, { Properties });
    expect(others).toEqual([]);
    expect(holding?.description).toMatchObject({ value: READ, path, got: 'personal-data' });
    expect(holding?.problems).toEqual([]);
  });

  test('is read from Metadata, where a type has no tags or takes few of them', () => {
    const [alone] = inMetadata(PERSONAL);
    expect(alone?.description).toMatchObject({ value: READ, path: 'Metadata.SecureTransmissionData' });
    const domain = { Tags: tagList({ 'data:classification': 'personal-data', team: 'orders' }) };
    const [both] = inMetadata(PERSONAL, 'AWS::OpenSearchService::Domain', domain);
    expect(both?.description.value).toEqual(READ);
  });

  test('is what was written, whatever it was, by tags and by Metadata', () => {
    fc.assert(
      fc.property(description, (said) => {
        const tags = Object.fromEntries(encodeTags(said));
        expect(tagged(tagList(tags))[0]?.description.value).toEqual(said);
        expect(inMetadata(tags)[0]?.description.value).toEqual(said);
      }),
      { numRuns: 40 },
    );
  });

  test('is nothing where nobody says it', () => {
    for (const tags of [undefined, [], tagList({ Name: 'orders' })]) {
      const [holding] = tagged(tags);
      expect(holding?.description).toMatchObject({ value: undefined, unknown: undefined, got: 'absent' });
      expect(holding?.problems).toEqual([]);
    }
  });

  test('is not inherited from tags of the stack above, which the template does not have', () => {
    const [nested] = holdingsOf(BUCKET, { Metadata: { 'aws:cdk:path': 'Stack/Orders/Resource' } });
    expect(nested?.description.value).toBeUndefined();
  });

  test('is told for each case of a condition', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const either = { 'Fn::If': ['IsProd', tagList(PERSONAL), { Ref: 'AWS::NoValue' }] };
    const cases = tagged(either, BUCKET, parts).map(({ when, description: { value } }) => [
      when,
      value?.holds,
    ]);
    expect(cases).toEqual(
      expect.arrayContaining([
        ['Stack.Stage = prod', ['personal-data']],
        ['Stack.Stage = test', undefined],
      ]),
    );
  });
});

describe('what a template hides', () => {
  const parts = { Parameters: { Hidden: { Type: 'String' } } };
  const Hidden = { Ref: 'Hidden' };

  test.each<[string, unknown]>([
    ['the classification', tagList({ 'data:classification': Hidden })],
    ['another part', tagList({ ...PERSONAL, 'data:purposes': Hidden })],
    ['the key of some tag', [...tagList(PERSONAL), { Key: Hidden, Value: 'x' }]],
    ['all tags', Hidden],
  ])('is unknown, never nothing: %s', (_, tags) => {
    const [holding] = tagged(tags, BUCKET, parts);
    expect(holding?.description.value).toBeUndefined();
    expect(holding?.description.unknown).toMatch(/\S/);
    expect(holding?.problems).toEqual([]);
  });

  test('does not matter in tags of others', () => {
    const [holding] = tagged(tagList({ ...PERSONAL, team: Hidden }), BUCKET, parts);
    expect(holding?.description.value).toEqual(READ);
  });

  test('does not matter where Metadata has the whole', () => {
    const resource = { Properties: { Tags: Hidden }, Metadata: { SecureTransmissionData: PERSONAL } };
    const [holding] = holdingsOf(BUCKET, resource, parts);
    expect(holding?.description.value).toEqual(READ);
  });
});

describe('what is wrong', () => {
  test('is told with the tag, what stands there, and what must', () => {
    const [holding] = tagged(tagList({ 'data:classification': 'secret\u001b[2J' }));
    expect(holding?.description.value).toBeUndefined();
    expect(holding?.description.got).toBe('data:classification: "secret\\u001b[2J"');
    expect(holding?.problems[0]?.message).toContain('data:classification must be a list');
  });

  test('is bounded where it is long', () => {
    const [holding] = tagged(tagList({ 'data:classification': 'x'.repeat(5000) }));
    expect(holding?.description.got.length).toBeLessThan(200);
  });

  test('are two answers', () => {
    const [holding] = inMetadata(PERSONAL, BUCKET, { Tags: tagList(INTERNAL) });
    expect(holding?.problems.map(({ message }) => message)).toEqual([
      'data:classification must be the same in tags and in Metadata SecureTransmissionData, got two, remove one',
    ]);
  });

  test('is a replica that says nothing, or something else', () => {
    const table = (second: JsonMap) =>
      holdingsOf('AWS::DynamoDB::GlobalTable', {
        Properties: {
          Replicas: [
            { Region: 'eu-west-1', Tags: tagList(PERSONAL) },
            { Region: 'eu-west-3', ...second },
          ],
        },
      })[0];
    expect(table({})?.description).toMatchObject({
      value: undefined,
      path: 'Properties.Replicas.1.Tags',
      got: 'absent',
    });
    const different = table({ Tags: tagList(INTERNAL) });
    expect(different?.description.path).toBe('Properties.Replicas.1.Tags');
    expect(different?.problems[0]?.message).toContain('must be the same on every replica');
  });

  test.each<[string, unknown, string]>([
    ['text', 'personal-data', 'Metadata SecureTransmissionData must be a map of tags'],
    ['a list', [], 'must be a map of tags'],
    ['nothing of ours', { team: 'orders' }, 'must hold data:classification, got none of our tags, add it'],
    ['an empty map', {}, 'must hold data:classification'],
    [
      'a number',
      { 'data:classification': 'personal-data', 'data:retention-days': 30 },
      'data:retention-days must be text',
    ],
    ['a function', { 'data:classification': { Ref: 'X' } }, 'data:classification must be text'],
    ['an unknown word', { 'data:classification': 'x' }, 'data:classification must be of'],
  ])('is Metadata that holds %s', (_, section, message) => {
    const [holding] = inMetadata(section);
    expect(holding?.description).toMatchObject({ value: undefined, path: 'Metadata.SecureTransmissionData' });
    expect(holding?.problems[0]?.message).toContain(message);
  });
});
