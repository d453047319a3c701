import { judge } from '../../../lib/judge/judge';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type JsonMap } from '../../../lib/judge/template';
import { parseWaiverFile, waiversFor } from '../../../lib/judge/waivers/waiver-file';

const NOW = new Date('2026-11-22T12:00:00Z');

const FIELDS = `reason: A probe of the old data centre speaks HTTP only.
    owner: team-web
    ticket: 12
    expires: 2027-01-31
    compensatingControl: The security group lets in one address.
    approvedBy: ciso@example.com`;

const file = (scope: string, fields = FIELDS) => `# who reviews it: CODEOWNERS
version: 1
waivers:
  - rule: ListenerIsEncrypted
    ${scope}
    ${fields}
`;

const appNamed = (name: string, path = `${name}/Listener/Resource`) =>
  new App([
    {
      name,
      file: `/app/${name}.template.yaml`,
      json: {
        Resources: {
          Listener: {
            Type: 'AWS::ElasticLoadBalancingV2::Listener',
            Metadata: { 'aws:cdk:path': path },
            Properties: {
              Port: 80,
              Protocol: 'HTTP',
              DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }],
            },
          },
        },
      } as JsonMap,
    },
  ]);

const wordsOf = (text: string, app = appNamed('network')) =>
  judge(app, TRANSMISSION_PACK, { now: NOW, waivers: parseWaiverFile(text, 'waivers.yaml') }).findings.map(
    ({ rule, waiver }) => `${rule.id}${waiver === undefined ? '' : ` waived: ${waiver.ticket}`}`,
  );

test.each([
  'template: network\n    resource: Listener',
  'template: network.template.yaml\n    resource: [Listener, Other]',
  'template: network',
  'resource: Listener',
  'construct: network/Listener',
  'construct: /network/Listener/Resource',
  'construct: network',
])('a waiver covers what it names: %j', (scope) => {
  expect(wordsOf(file(scope))).toEqual(['ListenerIsEncrypted waived: 12']);
});

test.each([
  'template: other\n    resource: Listener',
  'template: network\n    resource: Other',
  'construct: network/List',
  'construct: network/Listener/Resource/More',
])('and nothing else: %j', (scope) => {
  expect(wordsOf(file(scope))).toEqual(['ListenerIsEncrypted', 'WaiverIsUsed']);
});

test.each(['# everything', 'construct: ""', 'template: "*"', 'resource: "List*"'])(
  'one for more than that has no effect: %j',
  (scope) => {
    expect(wordsOf(file(scope))).toEqual(['ListenerIsEncrypted', 'WaiverIsNarrow']);
  },
);

test('a logical id that several templates have is not enough', () => {
  const sources = ['blue', 'green'].flatMap((name) => appNamed(name).templates.map(({ source }) => source));
  expect(wordsOf(file('resource: Listener'), new App(sources))).toEqual([
    'ListenerIsEncrypted',
    'ListenerIsEncrypted',
    'WaiverIsNarrow',
  ]);
  expect(wordsOf(file('template: blue\n    resource: Listener'), new App(sources))).toEqual([
    'ListenerIsEncrypted waived: 12',
    'ListenerIsEncrypted',
  ]);
});

test('what is wrong with it is told on its line', () => {
  const waivers = parseWaiverFile(
    file('template: network', FIELDS.replace('team-web', '""')),
    'waivers.yaml',
  );
  const { findings } = judge(appNamed('network'), TRANSMISSION_PACK, { now: NOW, waivers });
  const [finding] = findings.filter(({ rule }) => rule.id === 'WaiverIsComplete');
  const { source } = finding?.resource.template ?? {};
  expect(source?.file).toBe('waivers.yaml');
  expect(source?.locate?.(['Resources', 'any', finding?.path ?? ''])).toEqual({ line: 7, column: 5 });
});

test('an empty list is none, and JSON is YAML', () => {
  expect(parseWaiverFile('version: 1\nwaivers: []\n', 'w')).toEqual([]);
  expect(parseWaiverFile('{"version": 1, "waivers": []}', 'w')).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['', 'w.yaml', /^w\.yaml: is empty, give a file of waivers$/],
  ['a: [', 'w.yaml', /^w\.yaml:\d+:\d+: is not valid YAML, .*, correct it there$/],
  ['- rule: x', 'w.yaml', /^w\.yaml: is not a map, write version: 1 and a list of waivers$/],
  ['version: 2\nwaivers: []', 'w.yaml', /^w\.yaml: version: must be 1, got 2, correct it$/],
  ['waivers: []', 'w.yaml', /^w\.yaml: version: must be 1, got nothing, correct it$/],
  ['version: 1', 'w.yaml', /^w\.yaml: waivers: must be a list, write version: 1 and a list of waivers$/],
  [
    'version: 1\nwaivers: []\nwaiver: []',
    'w.yaml',
    /has no key "waiver", use only \$schema, version, waivers$/,
  ],
  [
    `version: 1\nwaivers: [${'{},'.repeat(1001)}]`,
    'w.yaml',
    /must hold at most 1000 waivers, got 1001, repair some$/,
  ],
  [`version: 1\nwaivers: ${'['.repeat(2000)}`, 'w.yaml', /nests deeper than 100 levels/],
])('%.40j is no file of waivers', (text, name, message) => {
  expect(() => parseWaiverFile(text, name)).toThrow(
    expect.objectContaining({
      code: expect.stringMatching(/^(Unreadable|Invalid)Configuration$/),
      message: expect.stringMatching(message),
    }),
  );
});

test('a file for several apps is asked of each only what is for it, and what is for none is told once', () => {
  const apps = [appNamed('network'), appNamed('shop')];
  const text = ['network', 'shop', 'gone'].map((name) => file(`template: ${name}`).replace(/^[^-]*/s, '  '));
  const entries = parseWaiverFile(`version: 1\nwaivers:\n${text.join('')}`, 'w');
  const names = waiversFor(apps, entries).map((some) => some.map(({ scope }) => scope.template));
  expect(names).toEqual([['network', 'gone'], ['shop']]);
});

test('a waiver that moves from code into the file stays the same one', () => {
  const [inFile] = parseWaiverFile(file('construct: network/Listener'), 'w');
  const { reason, owner } = inFile?.given ?? {};
  const item = {
    rule: 'ListenerIsEncrypted',
    reason,
    owner,
    construct: 'network/Listener',
    resource: ['Listener'],
  };
  const app = new App([
    {
      name: 'network',
      json: { Metadata: { SecureTransmissionWaivers: [item] }, Resources: {} } as unknown as JsonMap,
    },
  ]);
  const { exemptions } = judge(app, TRANSMISSION_PACK, { now: NOW });
  expect(exemptions.map(({ id }) => id)).toEqual([inFile?.id]);
});
