import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  configurationObstacles,
  documentObstacles,
  readDeploymentConfiguration,
} from '../../lib/preflight/configuration';
import { deployed, lines } from './support';

const CONFIGURATION = {
  domainName: 'pay.example.com',
  zones: [{ zoneName: 'example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ', caa: {}, dnssec: true }],
  region: 'eu-west-1',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'preflight-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(content: unknown) {
  const file = path.join(folder, 'c.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readDeploymentConfiguration(file, 'c.json');
}

describe('the configuration', () => {
  test('is read as far as a deployment asks for it', () => {
    expect(read(CONFIGURATION)).toEqual({
      file: 'c.json',
      name: 'SecureTransmission',
      region: 'eu-west-1',
      zones: [{ zoneName: 'example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
      tlsPolicies: [],
    });
  });

  test('names its documents relative to its own file', () => {
    const { documents } = read({ ...CONFIGURATION, distribution: { documents: 'trust' } });
    expect(documents).toBe(path.join(folder, 'trust'));
  });

  test.each<[unknown, string]>([
    ['{', 'c.json: is not JSON, correct it (npm start names the line)'],
    ['[]', 'c.json: the configuration must be an object, correct it'],
    [{ region: 'eu-west-1' }, "c.json: 'zones' must be a list of hosted zones, correct it"],
    [{ zones: [], region: 7 }, "c.json: 'region' must be text, correct it"],
    [{ zones: [] }, "c.json: 'region' must be given, correct it"],
    [
      { region: 'x', zones: [{ zoneName: 'a' }] },
      "c.json: 'zones[0].hostedZoneId' must be given, correct it",
    ],
    [{ region: 'x', zones: [], distribution: [] }, "c.json: 'distribution' must be an object, correct it"],
  ])('%j is refused', (content, message) => {
    expect(() => read(content)).toThrow(message);
  });

  test('that does not exist is refused', () => {
    expect(() => readDeploymentConfiguration(path.join(folder, 'gone.json'), 'gone.json')).toThrow(
      'gone.json: cannot be read, give the configuration of the baseline',
    );
  });
});

describe('an assembly', () => {
  const own = (name: string, more = {}) =>
    deployed(name, { stackName: `SecureTransmission-${name}`, ...more });

  test('that was made from the configuration is fine, the edge in its own region too', () => {
    const stacks = [
      own('Network'),
      own('Edge', { region: 'us-east-1' }),
      deployed('Other', { region: 'eu-north-1' }),
    ];
    expect(configurationObstacles(read(CONFIGURATION), stacks)).toEqual([]);
  });

  test.each<[string, readonly ReturnType<typeof own>[], string]>([
    [
      'of another name',
      [deployed('Shop')],
      'c.json: no stack is named SecureTransmission-...: the assembly was made from another configuration',
    ],
    [
      'of another region',
      [own('Network', { region: 'eu-north-1' })],
      'Network: is in eu-north-1, but c.json says eu-west-1',
    ],
    [
      'for another account',
      [own('Network', { account: '111122223333' })],
      'Network: is for 111122223333, but c.json says none',
    ],
  ])('%s blocks', (_, stacks, message) => {
    expect(lines(configurationObstacles(read(CONFIGURATION), stacks))).toEqual([
      `blocks configuration ${message}`,
    ]);
  });
});

describe('the documents of the edge', () => {
  const NOW = new Date('2026-12-01T00:00:00Z');
  const check = (files: Readonly<Record<string, string>>) => {
    mkdirSync(path.join(folder, 'trust'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'trust', name), text);
    const configuration = read({ ...CONFIGURATION, distribution: { documents: 'trust' } });
    return lines(documentObstacles(configuration, 'trust', NOW));
  };
  const securityTxt = (expires: string) => `Contact: mailto:security@example.com\nExpires: ${expires}\n`;
  const fine = { 'transmission.json': '{}', 'security.txt': securityTxt('2027-06-01T00:00:00Z') };

  test('are fine where both are there and current', () => {
    expect(check(fine)).toEqual([]);
  });

  test('are asked for only where the configuration names them', () => {
    expect(documentObstacles(read(CONFIGURATION), undefined, NOW)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'are missing',
      {},
      [
        'blocks documents trust/transmission.json: does not exist',
        'blocks documents trust/security.txt: does not exist',
      ],
    ],
    [
      'are no JSON',
      { ...fine, 'transmission.json': '{' },
      ['blocks documents trust/transmission.json: is not JSON'],
    ],
    [
      'have expired',
      { ...fine, 'security.txt': securityTxt('2026-11-30T00:00:00Z') },
      ['blocks documents trust/security.txt: expired on 2026-11-30: nobody uses it any more'],
    ],
    [
      'expire soon',
      { ...fine, 'security.txt': securityTxt('2026-12-20T00:00:00Z') },
      ['warns documents trust/security.txt: expires on 2026-12-20'],
    ],
    [
      'break RFC 9116',
      { ...fine, 'security.txt': 'Expires: 2027-06-01T00:00:00Z\n' },
      [expect.stringMatching(/^blocks documents trust\/security\.txt: 'Contact' must be given/)],
    ],
  ])('that %s are told', (_, files, expected) => {
    expect(check(files)).toEqual(expected);
  });
});
