import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import manifest from '../../package.json';
import { changesBetween, isKept, isStateful, lossesOf, type StackTemplate } from './releases/changes';
import { currentTemplates, recordedReleases, recordRelease } from './releases/recorded';

const ROOT = path.resolve(__dirname, '../..');
const CONFIGURATION = path.join(ROOT, 'secure-transmission.baseline.json');

/** Losses that a release means to cause, each with the line of the changelog that tells users what to do. */
const ACCEPTED_LOSSES: Readonly<Record<string, string>> = {};

/** The versions that were tagged, the last one first. Outside of a clone nobody knows them. */
function taggedVersions(): readonly string[] {
  if (!existsSync(path.join(ROOT, '.git'))) return [];
  const output = execFileSync('git', ['tag', '--list', 'v*', '--sort=-version:refname'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return output
    .split('\n')
    .filter((tag) => tag !== '')
    .map((tag) => tag.slice(1));
}

const [release, ...older] = recordedReleases(ROOT);

describe(release === undefined ? 'no release yet' : `since the release ${release.version}`, () => {
  if (release === undefined) {
    test('there is neither a tag nor a recorded template: nothing is compared', () => {
      expect({ tags: taggedVersions(), recorded: [release, ...older] }).toEqual({
        tags: [],
        recorded: [undefined],
      });
    });
    return;
  }

  test('the templates are those of the last tag, or of the version that is about to be tagged', () => {
    const [last] = taggedVersions();
    expect(older).toEqual([]);
    expect([last ?? release.version, manifest.version]).toContain(release.version);
  });

  test('an update loses nothing that holds data', () => {
    const changes = changesBetween(release.templates, currentTemplates(release.configuration));
    expect(lossesOf(changes)).toEqual(Object.keys(ACCEPTED_LOSSES));
  });
});

describe('what holds data', () => {
  test('is kept by every construct and by the baseline, whatever happens to the stack', () => {
    const lost = [...currentTemplates(CONFIGURATION)].flatMap(([name, { Resources = {} }]) =>
      Object.entries(Resources)
        .filter(([, resource]) => isStateful(resource) && !isKept(resource))
        .map(([logicalId, { Type }]) => `${name}: ${Type} ${logicalId}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('a recorded release', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'release-'));
    cpSync(CONFIGURATION, path.join(root, path.basename(CONFIGURATION)));
    cpSync(path.join(ROOT, 'trust'), path.join(root, 'trust'), { recursive: true });
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('is what the code makes, and takes the place of the one before', () => {
    recordRelease(root, '1.0.0');
    recordRelease(root, '1.1.0');
    const [recorded, ...others] = recordedReleases(root);
    expect(others).toEqual([]);
    expect(recorded?.version).toBe('1.1.0');
    expect(recorded?.templates.size).toBeGreaterThan(30);
    const now = currentTemplates(recorded?.configuration ?? '');
    expect(changesBetween(recorded?.templates ?? new Map(), now)).toEqual([]);
  });
});

describe('the classifier', () => {
  const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  const BUCKET = { Type: 'AWS::S3::Bucket', ...KEPT, Properties: { BucketName: 'one' } };
  const TABLE = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'one' } };
  const BALANCER = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Name: 'one' } };
  const TRAIL = {
    Type: 'AWS::CloudTrail::Trail',
    ...KEPT,
    Properties: { TrailName: 'one', IsLogging: true },
  };
  const INSTANCE = {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', EngineVersion: '17.1' },
  };

  type Resources = NonNullable<StackTemplate['Resources']>;
  const changes = (before: Resources, after: Resources) =>
    changesBetween(new Map([['Shop', { Resources: before }]]), new Map([['Shop', { Resources: after }]]));
  const losses = (before: Resources, after: Resources) => lossesOf(changes(before, after));
  const named = <T extends { Properties: object }>(resource: T, properties: object) => ({
    ...resource,
    Properties: { ...resource.Properties, ...properties },
  });

  test.each<[string, Resources, Resources, string[]]>([
    [
      'a bucket that is replaced',
      { Bucket: BUCKET },
      { Bucket: named(BUCKET, { BucketName: 'two' }) },
      ['Shop: AWS::S3::Bucket Bucket replaced'],
    ],
    ['a bucket that is removed', { Bucket: BUCKET }, {}, ['Shop: AWS::S3::Bucket Bucket removed']],
    [
      'a bucket that moves to another logical id',
      { Bucket: BUCKET },
      { Other: BUCKET },
      ['Shop: AWS::S3::Bucket Bucket removed'],
    ],
    [
      'a bucket that is not kept any more',
      { Bucket: BUCKET },
      { Bucket: { ...BUCKET, UpdateReplacePolicy: 'Delete' } },
      ['Shop: AWS::S3::Bucket Bucket no longer kept'],
    ],
    [
      'a table that nobody keeps, by its type',
      { Table: TABLE },
      { Table: named(TABLE, { TableName: 'two' }) },
      ['Shop: AWS::DynamoDB::GlobalTable Table replaced'],
    ],
    [
      'a trail, since its template keeps it',
      { Trail: TRAIL },
      { Trail: named(TRAIL, { TrailName: 'two' }) },
      ['Shop: AWS::CloudTrail::Trail Trail replaced'],
    ],
    [
      'a database that may be replaced',
      { Orders: INSTANCE },
      { Orders: named(INSTANCE, { Engine: { Ref: 'Engine' } }) },
      ['Shop: AWS::RDS::DBInstance Orders may be replaced'],
    ],
  ])('finds %s', (_, before, after, expected) => {
    expect(losses(before, after)).toEqual(expected);
  });

  test('finds a whole template that is missing', () => {
    expect(
      lossesOf(changesBetween(new Map([['Shop', { Resources: { Bucket: BUCKET } }]]), new Map())),
    ).toEqual(['Shop: AWS::S3::Bucket Bucket removed']);
  });

  test.each<[string, Resources, Resources, string]>([
    ['an update in place', { Trail: TRAIL }, { Trail: named(TRAIL, { IsLogging: false }) }, 'WILL_UPDATE'],
    [
      'a load balancer that is replaced, which holds nothing',
      { Entry: BALANCER },
      { Entry: named(BALANCER, { Name: 'two' }) },
      'WILL_REPLACE',
    ],
    ['a bucket that is new', {}, { Bucket: BUCKET }, 'WILL_CREATE'],
  ])('sees no loss in %s', (_, before, after, impact) => {
    expect(changes(before, after)).toMatchObject([{ impact }]);
    expect(losses(before, after)).toEqual([]);
  });
});
