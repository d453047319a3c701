import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { listener, run, workFolder, write } from './support';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../schemas/preflight-report.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

const LOGS = {
  Type: 'AWS::Logs::LogGroup',
  DeletionPolicy: 'Retain',
  Properties: { LogGroupName: 'shop-logs' },
};
const CERTIFICATE = {
  Type: 'AWS::CertificateManager::Certificate',
  Properties: {
    DomainName: 'shop.example.com',
    ValidationMethod: 'DNS',
    CertificateTransparencyLoggingPreference: 'ENABLED',
    DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: 'Z1' }],
  },
};

/** A folder as a synthesis writes it. */
function assembly(name: string, resources: object, more: object = {}, sections: object = {}): string {
  write(`${name}/manifest.json`, {
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-west-1',
        properties: {
          templateFile: 'Shop.template.json',
          stackName: 'the-shop',
          terminationProtection: true,
          requiresBootstrapStackVersion: 6,
          bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version',
          assumeRoleArn: 'arn:${AWS::Partition}:iam::111122223333:role/deploy',
          ...more,
        },
      },
    },
  });
  write(`${name}/Shop.template.json`, { ...sections, Resources: resources });
  return name;
}

const isHidden = (character: string) => ['\u001b', '\u202e'].includes(character);

const zone = { zoneName: 'example.com', hostedZoneId: 'Z1' };

beforeAll(() => {
  assembly('fine.out', { Cert: CERTIFICATE, Kept: LOGS });
  assembly('plain.out', { Web: listener('HTTP') });
  assembly('open.out', { Kept: LOGS }, {}, { Parameters: { Stage: { Type: 'String' } } });
  write('c.json', { name: 'the', region: 'eu-west-1', account: '111122223333', zones: [zone] });
  write('other.json', { name: 'Other', region: 'eu-west-1', zones: [zone] });
  write('wrong.json', { zones: 7 });
  write('folder/a.json', { Resources: { Kept: LOGS } });
});

describe('the exit code', () => {
  test.each([
    ['preflight fine.out', 0],
    ['preflight fine.out --config c.json', 0],
    ['preflight fine.out --config other.json', 1],
    ['preflight plain.out', 1],
    ['preflight open.out', 1],
    ['preflight open.out --parameters Shop.Stage=test', 0],
    ['preflight fine.out --config wrong.json', 2],
    ['preflight fine.out --config gone.json', 2],
    ['preflight folder', 2],
    ['preflight gone.out', 2],
    ['preflight folder/a.json', 2],
    ['preflight fine.out plain.out', 2],
    ['preflight fine.out --now tomorrow', 2],
  ])('of %s is %d', (line, code) => {
    const { code: given, out, err } = run(line.split(' '));
    expect(given).toBe(code);
    expect([out === '', err === '']).toEqual(code === 2 ? [true, false] : [false, true]);
  });
});

test('a template alone is refused with what to give instead', () => {
  expect(run(['preflight', 'folder']).err).toBe(
    'error: folder: is not a folder that cdk synth writes, which alone says what is deployed where, give that folder (cdk.out)\n',
  );
});

describe('the text', () => {
  test('says what to do in which order, and that nothing blocks', () => {
    const { out } = run(['preflight', 'fine.out', '--config', 'c.json']);
    expect(out).toBe(`order  stack  in CloudFormation  where                   resources
1      Shop   the-shop           111122223333 eu-west-1  2

bootstrap  once for each environment, version 6 or newer
    cdk bootstrap aws://111122223333/eu-west-1
  the version that is there:
    aws ssm get-parameter --name /cdk-bootstrap/hnb659fds/version --query Parameter.Value --output text --region eu-west-1

zone example.com, Z1
  validates shop.example.com for Shop/Cert
  It must be public, in the account of the deployment, and delegated: the NS records in the zone above name
  exactly its servers. Else the certificate stays pending, and its stack waits for hours.
  its servers:
    aws route53 get-hosted-zone --id Z1 --query DelegationSet.NameServers --output text
  what the world is told; it must be the same:
    dig +short NS example.com

quotas  3 counted, all below a fifth; what the account has already comes on top

must not exist before  --format json has each with the command that looks for it
  type                 region        names
  AWS::Logs::LogGroup  eu-west-1  1  shop-logs

stays when a stack goes  1 resource
  stack  resources
  Shop   1 Logs::LogGroup
  A first deployment that fails leaves 1 of them too, and the next one makes others. Of 1 there can be no
  second one, so that the next one fails on Logs::LogGroup shop-logs. Before you deploy again, aws
  cloudformation describe-stack-resources --stack-name NAME tells their ids; --format json has the commands
  that take each back (cdk import) or remove it.

refuses to be deleted  --format json has the commands that end it
  the stacks Shop (termination protection)

who deploys  docs/permissions.md has what each construct takes
  may assume          deploy
  which makes         CertificateManager 1, Logs 1

ready, as far as files tell: nothing blocks
`);
  });

  test('begins with what blocks and ends with how much of it there is', () => {
    const { out } = run(['preflight', 'plain.out']);
    expect(out).toMatch(/^blocks\n {2}Shop\/Web\n {4}ListenerIsEncrypted: /);
    expect(out).toMatch(/\n {4}do: Set Protocol to HTTPS/);
    expect(out).toMatch(/\nnot ready: 1 thing blocks\n$/);
  });

  test('shows what a template would hide, and obeys none of it', () => {
    const name = 'a\u001b[2Jb\u202ec\nready: nothing blocks';
    assembly('hostile.out', { Kept: { ...LOGS, Properties: { LogGroupName: name } } }, { stackName: name });
    const { out } = run(['preflight', 'hostile.out']);
    expect([...out].filter(isHidden)).toEqual([]);
    expect(out.split('\n')).not.toContain('ready: nothing blocks');
    expect([...run(['preflight', 'hostile.out', '--format', 'json']).out].filter(isHidden)).toEqual([]);
  });

  test('is coloured only when asked', () => {
    expect(run(['preflight', 'plain.out']).out).not.toContain('\u001b');
    expect(run(['preflight', 'plain.out', '--color']).out).toContain('\u001b[31mblocks');
  });
});

describe('the JSON', () => {
  const jsonOf = (...args: readonly string[]) =>
    JSON.parse(run(['preflight', ...args, '--format', 'json']).out);

  test.each(['fine.out', 'plain.out', 'open.out'])('of %s fits its published schema', (name) => {
    validate(jsonOf(name));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('names its schema, and says what the exit code says', () => {
    expect(jsonOf('fine.out')).toMatchObject({ $schema: schema.$id, exitCode: 0, target: 'fine.out' });
    expect(jsonOf('plain.out')).toMatchObject({
      exitCode: 1,
      obstacles: [{ level: 'blocks', topic: 'findings' }],
    });
  });

  test('is refused by the schema when something is missing or unknown', () => {
    const { stacks: _, ...without } = jsonOf('fine.out');
    expect(validate(without)).toBe(false);
    expect(validate({ ...jsonOf('fine.out'), more: 1 })).toBe(false);
  });

  test('is the same each time, wherever the folder lies', () => {
    expect(run(['preflight', 'fine.out', '--format', 'json']).out).toBe(
      run(['preflight', path.join(workFolder(), 'fine.out'), '--format', 'json']).out,
    );
  });
});

test('documents that have expired are told by the time that is given', () => {
  write('edge.json', {
    name: 'the',
    region: 'eu-west-1',
    account: '111122223333',
    zones: [zone],
    distribution: { documents: 'trust' },
  });
  write('trust/transmission.json', {});
  write('trust/security.txt', 'Contact: mailto:security@example.com\nExpires: 2027-01-01T00:00:00Z\n');
  const line = ['preflight', 'fine.out', '--config', 'edge.json', '--now'];
  expect(run([...line, '2026-06-01']).code).toBe(0);
  expect(run([...line, '2027-01-02']).out).toMatch(/trust\/security\.txt\n {4}expired on 2027-01-01/);
});

test('a check of the judge that could not run is never ready', () => {
  jest.isolateModules(() => {
    jest.doMock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));
    const { main } = require('../../lib/cli/main') as typeof import('../../lib/cli/main');
    assembly('explodes.out', { Explodes: listener('HTTPS') });
    const printed = { out: '', err: '' };
    const io = {
      out: (text: string) => {
        printed.out += text;
      },
      err: (text: string) => {
        printed.err += text;
      },
      cwd: workFolder(),
      env: {},
      isTty: false,
    };
    expect([main(['preflight', 'explodes.out'], io), printed.err]).toEqual([3, '']);
    expect(printed.out).toMatch(/not ready: something could not be judged\n$/);
  });
});
