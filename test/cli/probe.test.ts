import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { hierarchy, type Issued, issue } from '../_fixtures/tls-servers/chains';
import { ANYTHING, http, https, raw, stopServers, tls } from '../_fixtures/tls-servers/servers';
import { run, runLive, workFolder, write } from './support';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(path.resolve(__dirname, '../../schemas/probe-report.schema.json'), 'utf8')),
);

let root: Issued;
let own: Issued;
beforeAll(async () => {
  const made = await hierarchy({ names: ['localhost', 'shop.example.com'] });
  root = made.root;
  own = { ...made.own, pem: made.own.pem + made.authority.pem };
  write('ca.pem', root.pem);
  write('shop.json', SHOP);
});
afterEach(stopServers);

/** A load balancer that promises TLS 1.2 and 1.3 with forward secrecy under a name in public DNS. */
const SHOP = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Type: 'application', Scheme: 'internet-facing', Subnets: ['subnet-1', 'subnet-2'] },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        Certificates: [{ CertificateArn: { Ref: 'Certificate' } }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
    },
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName: 'shop.example.com', ValidationMethod: 'DNS' },
    },
  },
};

/** As `probe`, at a server on this machine, which answers: however busy it is, that is no failure. */
const probe = (...args: readonly string[]) =>
  runLive(['probe', ...args, '--allow-private', '--timeout', '20']);
/** The same where one hangs. */
const probeBriefly = (...args: readonly string[]) =>
  runLive(['probe', ...args, '--allow-private', '--timeout', '1']);
const GOOD = {
  minVersion: 'TLSv1.2',
  ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
} as const;
const HSTS = { 'strict-transport-security': 'max-age=63072000' };

describe('the exit code', () => {
  test('is 0 for a server with nothing wrong', async () => {
    const { port } = await https(own, (_request, response) => response.writeHead(200, HSTS).end(), GOOD);
    const { code, err } = await probe(`localhost:${port}`, '--ca', 'ca.pem');
    expect([code, err]).toEqual([0, '']);
  });

  test('is 1 for one that accepts TLS 1.0, or that shows a certificate which nobody trusts', async () => {
    const old = await tls(own, ANYTHING);
    expect((await probe(`localhost:${old.port}`, '--ca', 'ca.pem')).code).toBe(1);
    const fine = await tls(own, GOOD);
    expect((await probe(`localhost:${fine.port}`)).code).toBe(1);
  });

  test('is 1 for a warning where that is asked for', async () => {
    const { port } = await https(own, (_request, response) => response.end(), GOOD);
    const args = [`localhost:${port}`, '--ca', 'ca.pem'];
    expect((await probe(...args)).code).toBe(0);
    expect((await probe(...args, '--fail-on', 'warning')).code).toBe(1);
  });

  test('is 3 where a host does not answer, whatever another one does', async () => {
    const [hangs, old] = [await raw(() => undefined), await tls(own, ANYTHING)];
    expect((await probeBriefly(`localhost:${old.port}`, `localhost:${hangs.port}`)).code).toBe(3);
  });

  test('is 3 for an address that is not allowed, to which nothing is sent', async () => {
    let connections = 0;
    const { port } = await raw(() => {
      connections += 1;
    });
    const { code, out } = await runLive(['probe', `localhost:${port}`]);
    expect([code, connections]).toEqual([3, 0]);
    expect(out).toContain('which is not probed unless that is');
  });
});

test.each([
  [
    'probe',
    'probe: needs a host, write secure-transmission probe shop.example.com, or give --assembly cdk.out',
  ],
  ['probe https://a.example', /^"https:\/\/a.example": is no host, it must be a host name or an address/],
  [
    'probe a.example --timeout 0',
    '--timeout: is "0", it must be whole seconds from 1 to 60, write such as 60',
  ],
  [
    'probe a.example --timeout 1e9',
    '--timeout: is "1e9", it must be whole seconds from 1 to 60, write such as 60',
  ],
  [
    'probe a.example --address a',
    '--address: is "a", it must be an address of IPv4 or IPv6, write such as 192.0.2.7',
  ],
  [
    'probe a.example b.example --address 192.0.2.7',
    '--address: is for one host, 2 are to be asked, name one',
  ],
  [
    'probe a.example --http-port 70000',
    '--http-port: is "70000", it must be a port from 1 to 65535, write such as 8080',
  ],
  [
    'probe a.example --ca gone.pem',
    '--ca gone.pem: cannot be read (ENOENT), give a file of certificates in PEM',
  ],
  ['probe a.example --ca shop.json', /^--ca shop.json: holds no certificate that can be read/],
  [
    'probe a.example --output gone/report.txt',
    '--output gone/report.txt: cannot be written (ENOENT), give a file in a folder that exists',
  ],
  ['probe a.example --output .', /^--output \S*: cannot be written \(EISDIR\)/],
  ['probe a.example --format xml', /^--format: is "xml"/],
  ['probe --assembly gone.out', /gone.out/],
  [
    'probe --assembly empty.json',
    '--assembly empty.json: names no host that the internet reaches over TLS, give the hosts to ask',
  ],
])('%s is wrong use, told in one line, and nobody is asked', async (line, message) => {
  write('empty.json', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  const { code, out, err } = await runLive(line.split(' '));
  expect([code, out]).toEqual([2, '']);
  expect(err.replace(/^error: /, '').trimEnd()).toEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

describe('what the templates promise', () => {
  const asShop = (port: number, ...more: readonly string[]) =>
    probe(
      `shop.example.com:${port}`,
      '--address',
      '127.0.0.1',
      '--assembly',
      'shop.json',
      '--ca',
      'ca.pem',
      ...more,
    );

  test('is compared with what runs', async () => {
    const { port } = await tls(own, {
      ...ANYTHING,
      ciphers: 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0',
      maxVersion: 'TLSv1.2',
    });
    const { code, out } = await asShop(port, '--format', 'json');
    const [host] = JSON.parse(out).hosts;
    expect(code).toBe(1);
    expect(host.promised).toMatchObject({
      oldest: 'TLSv1.2',
      newest: 'TLSv1.3',
      forwardSecret: true,
      noCbc: true,
      by: expect.arrayContaining(['ELBSecurityPolicy-TLS13-1-2-Res-2021-06']),
    });
    const drift = host.findings.filter(({ isDrift }: { isDrift: boolean }) => isDrift);
    expect(drift.map(({ id }: { id: string }) => id)).toEqual([
      'KeepsPromisedFloor',
      'AcceptsPromisedNewest',
      'KeepsPromisedCipherSuites',
    ]);
  });

  test('is kept by a server that does it', async () => {
    const { port } = await tls(own, GOOD);
    const { code, out } = await asShop(port);
    expect(out).toContain('0 not as promised');
    expect(out).toContain('promised            TLSv1.2 to TLSv1.3, forward secrecy, no CBC');
    expect(code).toBe(0);
  });

  test('is missing for a host that they do not name, which is said', async () => {
    const { port } = await tls(own, GOOD);
    const { err } = await probe(`localhost:${port}`, '--assembly', 'shop.json', '--ca', 'ca.pem');
    expect(err).toBe(
      `note: localhost:${port}: the app promises nothing for it, so that nothing is compared\n`,
    );
  });

  test('names the hosts that are asked where none is given', async () => {
    const { out } = await runLive([
      'probe',
      '--assembly',
      'shop.json',
      '--address',
      '127.0.0.1',
      '--format',
      'json',
    ]);
    expect(JSON.parse(out).hosts.map(({ target }: { target: string }) => target)).toEqual([
      'shop.example.com:443',
    ]);
  });
});

describe('the report', () => {
  test('fits its schema, for a server that does all there is and for one that does nothing', async () => {
    const fine = await https(own, (_request, response) => response.writeHead(200, HSTS).end(), ANYTHING);
    const plain = await http((_request, response) =>
      response.writeHead(301, { location: 'https://localhost/' }).end(),
    );
    const hangs = await raw(() => undefined);
    const hosts = [`localhost:${fine.port}`, `localhost:${hangs.port}`, `shop.example.com:${fine.port}`];
    const args = ['--http-port', String(plain.port), '--ca', 'ca.pem', '--format', 'json'];
    const { out } = await probeBriefly(...hosts.slice(0, 2), ...args);
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
    const promised = await probe(
      ...hosts.slice(2),
      '--address',
      '127.0.0.1',
      '--assembly',
      'shop.json',
      ...args,
    );
    validate(JSON.parse(promised.out));
    expect(validate.errors).toBeNull();
    const { code, out: refused } = await runLive(['probe', '127.0.0.1', '--format', 'json']);
    validate(JSON.parse(refused));
    expect([code, validate.errors]).toEqual([3, null]);
  });

  test('goes where it is asked to', async () => {
    const { port } = await tls(own, GOOD);
    const outputs = ['--format', 'text', '--format', 'json', '--output', 'probe.json'];
    const { out } = await probe(`localhost:${port}`, ...outputs);
    expect(out).toContain(`localhost:${port}  at 127.0.0.1`);
    const report = JSON.parse(readFileSync(path.join(workFolder(), 'probe.json'), 'utf8'));
    expect(report.hosts).toHaveLength(1);
  });

  test('measures certificates by the time that is given', async () => {
    const { port } = await tls(own, GOOD);
    const { out } = await probe(
      `localhost:${port}`,
      '--ca',
      'ca.pem',
      '--now',
      '2040-01-01',
      '--format',
      'json',
    );
    const [host] = JSON.parse(out).hosts;
    expect(host.certificate.daysLeft).toBeLessThan(-1000);
    expect(host.findings[0].id).toBe('CertificateIsInTime');
  });

  test('hides nothing of what a server sends, and obeys none of it', async () => {
    const evil = await issue({ name: 'evil\u001b[2J\u202e::error::', names: ['localhost'] });
    const { port } = await tls(evil, GOOD);
    const plain = await raw((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 301 Moved\r\nLocation: https://x/\u009b2J\u0085::stop-commands::x\r\n\r\n'),
      );
    });
    const text = await probe(`localhost:${port}`, '--http-port', String(plain.port));
    const json = await probe(`localhost:${port}`, '--http-port', String(plain.port), '--format', 'json');
    for (const { out } of [text, json]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
    expect(text.out).not.toMatch(/^::/m);
    expect(text.out).toContain('\\u{9b}2J');
    expect(text.out).toContain('\\u{202e}');
  });
});

test('the help lists what it takes', () => {
  const { code, out } = run(['probe', '--help']);
  expect(code).toBe(0);
  expect(out).toContain('Usage: secure-transmission probe [options] [host[:port]...]');
  expect(out).toContain('--allow-private');
});
