import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { page, render } from '../../tools/generate/permissions';
import { actionsOn, HANDLERS, OPERATIONS, typesByConstruct, unread } from '../_fixtures/permissions';
import notRead from '../_fixtures/permissions/not-read.json';

const ROOT = path.resolve(__dirname, '../..');

describe('what deploying needs', () => {
  let folder = '';
  let types: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'permissions-'));
    types = typesByConstruct(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const all = () => [...new Set([...types.values()].flatMap((made) => [...made]))].sort();

  test('is read for every type of resource, but for those that the page names as not read', () => {
    expect(unread(all())).toEqual(notRead);
  });

  test('is listed for no type that no construct makes', () => {
    expect(Object.keys(HANDLERS).filter((type) => !all().includes(type))).toEqual([]);
  });

  test('comes from the templates of a construct', () => {
    const trail = types.get('AuditTrail') ?? [];
    expect(actionsOn(trail, 'create')).toEqual(
      expect.arrayContaining([
        'cloudtrail:CreateTrail',
        'kms:CreateKey',
        's3:CreateBucket',
        's3:PutBucketPolicy',
      ]),
    );
    expect(actionsOn(trail, 'create')).not.toContain('elasticloadbalancing:CreateLoadBalancer');
    expect(actionsOn(types.get('TlsLoadBalancer') ?? [], 'delete')).toContain(
      'elasticloadbalancing:DeleteLoadBalancer',
    );
  });

  test('names actions as IAM does, each with its source', () => {
    for (const [type, handlers] of Object.entries(HANDLERS)) {
      const actions = OPERATIONS.flatMap((operation) => handlers?.[operation] ?? []);
      expect([type, actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z.]+$/.test(action))]).toEqual([type, []]);
      expect(handlers?.source).toMatch(/^https:\/\//);
    }
  });

  test('is what the page shows', () => {
    expect(readFileSync(path.join(ROOT, page), 'utf8')).toBe(render());
  });

  test('shows what the roles of CDK may do, from the template that deploys them', () => {
    const text = render();
    expect(text).toMatch(/\| `DeploymentActionRole` .*`cloudformation:CreateChangeSet`.*`iam:PassRole`/);
    expect(text).toMatch(/\| `FilePublishingRole` .*`s3:PutObject\*`/);
  });
});

describe('the reader of schemas', () => {
  test('takes the permissions of handlers, and leaves types without handlers out', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'schemas-'));
    try {
      const schema = {
        typeName: 'AWS::CloudTrail::Trail',
        handlers: {
          create: { permissions: ['CloudTrail:CreateTrail', 'CloudTrail:CreateTrail', 'iam:PassRole'] },
          delete: { permissions: ['CloudTrail:DeleteTrail'] },
          list: { permissions: ['CloudTrail:ListTrails'] },
        },
      };
      writeFileSync(path.join(folder, 'trail.json'), JSON.stringify(schema));
      writeFileSync(path.join(folder, 'old.json'), JSON.stringify({ typeName: 'AWS::SNS::TopicPolicy' }));
      const program = `import { readHandlers } from ${JSON.stringify(path.join(ROOT, 'tools/read-handler-permissions.mjs'))};
        console.log(JSON.stringify(readHandlers(${JSON.stringify(folder)})));`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
      });
      expect(JSON.parse(stdout)).toEqual({
        'AWS::CloudTrail::Trail': {
          source: expect.stringMatching(/^https:\/\/schema\.cloudformation\./),
          create: ['cloudtrail:CreateTrail', 'iam:PassRole'],
          update: [],
          delete: ['cloudtrail:DeleteTrail'],
        },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
