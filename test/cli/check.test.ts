import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FORMATS } from '../../lib/report/format-names';
import { listener, run, workFolder, write } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

const QUALIFIED = 'TransmissionChecks::TransmissionChecks-ListenerIsEncrypted';

/** A folder as a synthesis writes it, with the metadata that tells lines and acknowledgements. */
function assembly(name: string, resources: object, metadata: object = {}): string {
  write(`${name}/manifest.json`, {
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/eu-west-1',
        properties: { templateFile: 'Shop.template.json' },
        additionalMetadataFile: 'Shop.metadata.json',
      },
    },
  });
  write(`${name}/Shop.template.json`, { Resources: resources });
  write(`${name}/Shop.metadata.json`, metadata);
  return name;
}

beforeAll(() => {
  write('plain.json', { Resources: { Web: listener('HTTP') } });
  write('tls.json', { Resources: { Web: listener('HTTPS') } });
  write('queue.json', { Resources: { Topic: { Type: 'AWS::EC2::VPC' } } });
  write('explodes.json', { Resources: { Explodes: listener('HTTPS') } });
  write(
    'hidden.yaml',
    'Parameters: { P: { Type: String } }\nResources:\n  Web:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties: { LoadBalancerArn: a, Protocol: !Ref P, DefaultActions: [] }\n',
  );
});

describe('the exit code', () => {
  test.each([
    ['check queue.json', 0],
    ['check queue.json --fail-on info', 0],
    ['check plain.json', 1],
    ['check plain.json --fail-on warning', 1],
    ['check plain.json --fail-on fatal', 0],
    ['check tls.json', 0],
    ['check tls.json --fail-on info', 1],
    ['check hidden.yaml', 1],
    ['check hidden.yaml --parameters P=HTTP', 1],
    ['check hidden.yaml --parameters hidden.P=HTTPS', 0],
    ['check queue.json plain.json', 1],
    ['check explodes.json', 3],
    ['check explodes.json --fail-on fatal', 3],
    ['check queue.json plain.json explodes.json', 3],
    ['check explodes.json --quiet', 3],
    ['posture plain.json', 0],
    ['posture explodes.json', 3],
  ])('of %s is %d', (line, code) => {
    const result = run(line.split(' '));
    expect({ code: result.code, err: result.err }).toEqual({ code, err: '' });
  });

  test('is 3 for what nobody expected: one line, and nothing taken for fine', () => {
    const broken = {
      out: () => {
        throw new TypeError('disk full\nat once');
      },
    };
    expect(run(['check', 'queue.json'], broken)).toEqual({
      code: 3,
      out: '',
      err: 'error: internal failure: disk full\\nat once, nothing is known to be fine, report it with the template\n',
    });
  });

  test('is the same where the report goes to a file', () => {
    expect(run(['check', 'plain.json', '--output', 'r.txt'])).toEqual({ code: 1, out: '', err: '' });
  });
});

test('text says what is wrong and where', () => {
  expect(run(['check', 'plain.json']).out).toBe(`plain
  plain/Web  AWS::ElasticLoadBalancingV2::Listener
    error  ListenerIsEncrypted
      a listener serves nothing in clear: Protocol is HTTP, but must be HTTPS
      so:  a browser that connects on port 80 is answered in clear
      fix: Set Protocol to HTTPS.
      at:  plain.json:8:5

findings    1 error
judged      1 of 1 resource by 3 rules of TransmissionChecks: 0 checks held, 1 did not, 0 cannot be told

failed: 1 finding at level error or above
`);
});

describe('an assembly', () => {
  const metadata = (app: string, more: readonly object[] = []) => ({
    '/Shop': [{ type: 'aws:cdk:templateFile', data: 'Shop.template.json' }],
    '/Shop/Web/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Web' },
      { type: 'aws:cdk:creationStack', data: [`new Shop (${app}/lib/shop.ts:12:5)`] },
      ...more,
    ],
  });

  test('tells the line of code, relative to where the check runs', () => {
    assembly('lines.out', { Web: listener('HTTP') }, metadata(workFolder()));
    expect(run(['check', 'lines.out']).out).toContain(
      'at:  lib/shop.ts:12:5, in lines.out/Shop.template.json:',
    );
  });

  test('tells what was acknowledged, which then counts no more', () => {
    const acknowledged = { type: 'aws:cdk:acknowledged-rules', data: { [QUALIFIED]: 'behind a VPN' } };
    assembly('known.out', { Web: listener('HTTP') }, metadata(workFolder(), [acknowledged]));
    const { code, out } = run(['check', 'known.out', '--fail-on', 'info']);
    expect(code).toBe(0);
    expect(out).toContain('findings    none; 1 suppressed');
    expect(out).toContain('suppressed  error ListenerIsEncrypted on Shop/Web: behind a VPN');
  });

  test('cannot acknowledge what could not be judged', () => {
    const id = 'TransmissionChecks::TransmissionChecks-ListenerRequiresTls13';
    const data = { '/': [{ type: 'aws:cdk:acknowledged-rules', data: { [id]: 'no' } }], ...metadata('/') };
    assembly('failing.out', { Explodes: listener('HTTPS') }, data);
    expect(run(['check', 'failing.out']).code).toBe(3);
  });

  test('of templates is judged without those that its manifest does not name', () => {
    assembly('ghosts.out', { Web: listener('HTTPS') });
    write('ghosts.out/Gone.template.json', { Resources: { Web: listener('HTTP') } });
    expect(run(['check', 'ghosts.out']).code).toBe(0);
  });
});

test('templates in folders below one are told, but for those that a template names', () => {
  write('below/top.json', {
    Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './in/named.json' } } },
  });
  write('below/in/named.json', { Resources: { T: { Type: 'AWS::IAM::Role' } } });
  write('below/in/package.json', { name: 'a', dependencies: { Resources: '1' } });
  write('below/node_modules/any/t.json', { Resources: { T: { Type: 'AWS::IAM::Role' } } });
  expect(run(['check', 'below']).out).not.toContain('not judged');
  write('below/in/deep/missed.yaml', 'Resources:\n  Web: {}\n');
  expect(run(['check', 'below']).out).toContain(
    'not judged  top: a template in folders below (in/deep/missed.yaml): give them too, or a pattern ("**/*.yaml")',
  );
});

test('a folder of templates is one app: exports of one are seen by the other', () => {
  write('folder/a.json', {
    Resources: { Topic: { Type: 'AWS::EC2::VPC' } },
    Outputs: { P: { Value: 'HTTPS', Export: { Name: 'p' } } },
  });
  write(
    'folder/b.yaml',
    'Resources:\n  Web:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties: { LoadBalancerArn: a, Protocol: !ImportValue p, DefaultActions: [] }\n',
  );
  expect(run(['check', 'folder']).code).toBe(0);
  expect(run(['check', 'folder/b.yaml']).code).toBe(1);
});

test('several targets are reported in the order given', () => {
  const { out } = run(['check', 'tls.json', 'plain.json', '--format', 'json']);
  const { targets } = JSON.parse(out);
  expect(targets.map(({ target }: { target: string }) => target)).toEqual(['tls.json', 'plain.json']);
});

describe('formats', () => {
  const read = (name: string) => readFileSync(path.join(workFolder(), name), 'utf8');

  test('go where the option after them says', () => {
    const line =
      'check plain.json --format text --format sarif --output a.sarif --format json --output a.json';
    const { code, out } = run(line.split(' '));
    expect(code).toBe(1);
    expect(out).toMatch(/^plain\n/);
    expect(JSON.parse(read('a.sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ level: 'error' }] }],
    });
    expect(JSON.parse(read('a.json'))).toMatchObject({ exitCode: 1, counts: { error: 1 } });
  });

  test('for pull requests point at the line, and suggest nothing that is not known', () => {
    expect(run(['check', 'plain.json', '--format', 'github']).out).toMatch(
      /^::error file=plain\.json,line=8,/,
    );
    expect(run(['check', 'plain.json', '--format', 'markdown']).out).not.toContain('suggestion');
  });

  test('of SARIF are set apart by a category, and quiet where they do not count', () => {
    const { out } = run('check plain.json --format sarif --category prod --quiet'.split(' '));
    expect(JSON.parse(out).runs[0].automationDetails.id).toMatch(/\/plain\.json\/prod\/$/);
  });

  test('are not written when nothing could be checked', () => {
    expect(run(['check', 'gone.json', '--output', 'never.txt']).code).toBe(2);
    expect(existsSync(path.join(workFolder(), 'never.txt'))).toBe(false);
  });

  test.each(FORMATS)('%s is the same, byte for byte, for the same input', (format) => {
    const once = run(['check', 'plain.json', 'tls.json', '--format', format]).out;
    expect(run(['check', 'plain.json', 'tls.json', '--format', format]).out).toBe(once);
    expect(once).not.toContain(workFolder());
  });
});

describe('colour', () => {
  const isColoured = (argv: readonly string[], io: Parameters<typeof run>[1] = {}) =>
    run(['check', 'plain.json', ...argv], io).out.includes('\u001b[');

  test.each([
    ['not in a pipe', [], {}, false],
    ['on a terminal', [], { isTty: true }, true],
    ['not where NO_COLOR is set', [], { isTty: true, env: { NO_COLOR: '1' } }, false],
    ['where NO_COLOR is empty', [], { isTty: true, env: { NO_COLOR: '' } }, true],
    ['not on a terminal that has none', [], { isTty: true, env: { TERM: 'dumb' } }, false],
    ['where it is asked for', ['--color'], { env: { NO_COLOR: '1' } }, true],
    ['not where it is refused', ['--no-color'], { isTty: true }, false],
    ['as the last word says', ['--color', '--no-color'], { isTty: true }, false],
  ] as const)('%s', (_, argv, io, expected) => {
    expect(isColoured(argv, io)).toBe(expected);
  });

  test('is not written to a file', () => {
    run(['check', 'plain.json', '--output', 'c.txt'], { isTty: true });
    expect(readFileSync(path.join(workFolder(), 'c.txt'), 'utf8')).not.toContain('\u001b');
  });
});

test('a TLS policy that the configuration adds is known', () => {
  write('new.json', {
    Resources: {
      Web: {
        ...listener('HTTPS'),
        Properties: { ...listenerProperties(), SslPolicy: 'ELBSecurityPolicy-TLS13-2030' },
      },
    },
  });
  write('config.json', {
    tlsPolicies: [
      {
        service: 'elbv2',
        name: 'ELBSecurityPolicy-TLS13-2030',
        oldest: 'TLSv1.3',
        newest: 'TLSv1.3',
        forwardSecret: true,
        cbc: false,
        source: 'https://docs.aws.amazon.com/elasticloadbalancing/',
        reviewed: '2026-11-22',
      },
    ],
  });
  const checksHeld = (argv: readonly string[]) =>
    / (\d+) checks? held/.exec(run(['check', 'new.json', ...argv]).out)?.[1];
  expect(checksHeld([])).toBe('1');
  expect(checksHeld(['--config', 'config.json'])).toBe('2');
});

function listenerProperties() {
  return { LoadBalancerArn: 'any', Port: 443, Protocol: 'HTTPS', DefaultActions: [] };
}

test('a template cannot forge a line, an entry or a link', () => {
  const evil = '\u001b[2Jx\nfailed: 0 findings \u202e](https://evil.example)';
  write('evil.json', { Resources: { [evil]: listener('HTTP', { Metadata: { 'aws:cdk:path': evil } }) } });
  const text = run(['check', 'evil.json', '--color']).out;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own sequences are taken away first
  expect(text.replaceAll(/\u001b\[\d+m/g, '').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.split('\n').filter((line) => /^(\S{5})?failed/.test(line))).toHaveLength(1);
  for (const format of FORMATS) {
    const { out } = run(['check', 'evil.json', '--format', format]);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});
