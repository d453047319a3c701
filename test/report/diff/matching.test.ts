import fc from 'fast-check';
import { OUR_PACKS } from '../../../lib/judge/packs/ours';
import { judgeTogether } from '../../../lib/judge/packs/together';
import { parseSettings } from '../../../lib/judge/profiles';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';
import { App, isJsonMap, type Json, type JsonMap } from '../../../lib/judge/template';
import { reportOn } from '../../../lib/report';
import { compareSides, type DiffReport, type Side } from '../../../lib/report/diff';
import { coverKnown, updateKnown } from '../../../lib/report/known';
import { behavior, distribution, ingress, plainListener, securityGroup } from './app';

const NOW = new Date('2026-11-22T00:00:00Z');
const PACKS = [
  OUR_PACKS.transmission(DEFAULT_RULE_PARAMETERS),
  OUR_PACKS['pci-dss-401'](DEFAULT_RULE_PARAMETERS),
];
const settings = parseSettings({}, { where: 'test', now: () => NOW });

type Resources = Readonly<Record<string, JsonMap>>;

function sideOf(resources: Resources): Side {
  const app = new App([{ name: 'Shop', json: { Resources: resources } }]);
  return {
    target: 'Shop',
    app,
    judgements: judgeTogether(app, PACKS, { now: NOW }),
    settings,
    tlsPolicies: [],
  };
}

function compare(base: Resources, head: Resources): DiffReport {
  const options = { failOn: 'error', exemptionsFrom: 'head', now: NOW, folder: '/' } as const;
  return compareSides(sideOf(base), sideOf(head), options);
}

function reportOf(resources: Resources) {
  const { target, judgements } = sideOf(resources);
  return reportOn(target, judgements, '/');
}

/** What is left of HEAD when everything that BASE has is known. */
function openAfterKnown(base: Resources, head: Resources): readonly string[] {
  const accepted = updateKnown(
    [reportOf(base)],
    { file: 'known.json', entries: [] },
    { owner: 'team', now: NOW },
  );
  const [covered] = coverKnown([reportOf(head)], accepted, NOW).targets;
  return (covered?.findings ?? []).flatMap(({ known, rule, logicalId }) =>
    known === undefined ? [`${rule} ${logicalId}`] : [],
  );
}

const names = (report: DiffReport, state: string) =>
  report.findings
    .filter((finding) => finding.state === state)
    .map(({ rule, logicalId }) => `${rule} ${logicalId}`);

const HASH = fc.stringMatching(/^[0-9A-F]{8}$/);

/** What an app may have: some of it wrong, some of it twice. */
const APP = fc
  .record({
    ports: fc.uniqueArray(fc.integer({ min: 1, max: 60000 }), { maxLength: 3 }),
    plain: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    open: fc.array(fc.constantFrom(22, 3389), { maxLength: 3 }),
    closed: fc.array(fc.constantFrom(443, 8443), { maxLength: 2 }),
    hash: HASH,
  })
  .map(({ ports, plain, open, closed, hash }): Resources => {
    const net = `Net${hash}`;
    return {
      [net]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      ...Object.fromEntries(ports.map((port, i) => [`Web${'abc'[i]}${hash}`, plainListener(port)])),
      [`Cdn${hash}`]: distribution(plain.map((isPlain, i) => behavior(`/${i}`, isPlain))),
      [`Door${hash}`]: securityGroup(
        [
          ...open.map((port) => ingress(port, '0.0.0.0/0')),
          ...closed.map((port) => ingress(port, '10.0.0.0/8')),
        ],
        net,
      ),
    };
  });

/** Changes every hash of CDK, in names and in what refers to them. */
function rehashed(node: Json | undefined, from: string, to: string): Json {
  return JSON.parse(JSON.stringify(node ?? null).replaceAll(from, to)) as Json;
}

/** Another order of every list in which order means nothing, and of every key. */
function reordered(node: Json | undefined): Json {
  if (Array.isArray(node)) return [...(node as readonly Json[])].reverse().map(reordered);
  if (!isJsonMap(node)) return node ?? null;
  return Object.fromEntries(
    Object.entries(node)
      .reverse()
      .map(([key, value]) => [key, reordered(value)]),
  );
}

function withMoreAbove(resources: Resources): Resources {
  return {
    Above: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    ...Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => [
        id,
        resource.Type === 'AWS::EC2::SecurityGroup' ? withMoreIngress(resource) : resource,
      ]),
    ),
  };
}

function withMoreIngress(group: JsonMap): JsonMap {
  const properties = isJsonMap(group.Properties) ? group.Properties : {};
  const rules = (properties.SecurityGroupIngress ?? []) as readonly Json[];
  return {
    ...group,
    Properties: {
      ...properties,
      SecurityGroupIngress: [
        ingress(9999, '10.1.0.0/16'),
        ...rules.map((rule) => (isJsonMap(rule) ? { ...rule, Description: 'the same' } : rule)),
      ],
    },
  };
}

const HARMLESS: Readonly<Record<string, (resources: Resources) => Resources>> = {
  'another hash': (resources) => rehashed(resources, hashIn(resources), '0F0F0F0F') as Resources,
  'another order': (resources) => reordered(resources) as Resources,
  'something above': withMoreAbove,
  'all of it': (resources) =>
    withMoreAbove(reordered(rehashed(resources, hashIn(resources), '0F0F0F0F')) as Resources),
};

function hashIn(resources: Resources): string {
  return Object.keys(resources)[0]?.slice(-8) ?? '';
}

const RUNS = { numRuns: 25, seed: 20261122 };

describe.each(Object.entries(HARMLESS))('%s', (name, change) => {
  test('makes nothing new, nothing fixed and nothing weaker', () => {
    fc.assert(
      fc.property(APP, (resources) => {
        const report = compare(resources, change(resources));
        expect(names(report, 'new')).toEqual([]);
        expect(names(report, 'fixed')).toEqual([]);
        expect(report.weakened).toEqual([]);
        expect(report.exemptions).toEqual([]);
        expect(report.exitCode).toBe(0);
      }),
      RUNS,
    );
  });

  test('leaves every known finding known', () => {
    fc.assert(
      fc.property(APP, (resources) => {
        // Of several open ports a rule tells of the first one only: another order makes it another one.
        const ids = Object.keys(resources).filter((id) => !(id.startsWith('Door') && /order|all/.test(name)));
        const kept = Object.fromEntries(ids.map((id) => [id, resources[id] ?? {}]));
        expect(openAfterKnown(kept, change(kept))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('and one fault more make that fault new, and nothing else', () => {
    fc.assert(
      fc.property(APP, fc.constantFrom('Added', `Added${'9'.repeat(8)}`), (resources, id) => {
        const head = { [id]: plainListener(60001), ...change(resources) };
        const report = compare(resources, head);
        expect(names(report, 'new')).toEqual([`ListenerIsEncrypted ${id}`]);
        expect(names(report, 'fixed')).toEqual([]);
        expect(report.exitCode).toBe(1);
      }),
      RUNS,
    );
  });

  test('and another name make nothing new', () => {
    fc.assert(
      fc.property(APP, (resources) => {
        const head = change(resources);
        const renamed = rehashed(
          rehashed(rehashed(head, '"Door', '"Gate'), '"Web', '"Port'),
          '"Cdn',
          '"Edge',
        );
        const report = compare(change(resources), renamed as Resources);
        expect(names(report, 'new')).toEqual([]);
        expect(names(report, 'fixed')).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('in a list', () => {
  const bucket = (...behaviors: readonly (readonly [string, boolean])[]): Resources => ({
    Cdn: distribution(behaviors.map(([path, isPlain]) => behavior(path, isPlain))),
  });
  const clear = (report: DiffReport, state: string) =>
    names(report, state).filter((name) => name.startsWith('DistributionServesOnlyTls'));

  test('a fault before another one is one new fault', () => {
    const report = compare(bucket(['/a', true]), bucket(['/b', true], ['/a', true]));
    expect(
      [clear(report, 'new'), clear(report, 'unchanged'), clear(report, 'fixed')].map(({ length }) => length),
    ).toEqual([1, 1, 0]);
    expect(openAfterKnown(bucket(['/a', true]), bucket(['/b', true], ['/a', true]))).toContain(
      'DistributionServesOnlyTls Cdn',
    );
  });

  test('a fault in the place of another one is new, and not the old one', () => {
    const report = compare(bucket(['/a', true], ['/b', false]), bucket(['/a', false], ['/b', true]));
    expect(
      [clear(report, 'new'), clear(report, 'unchanged'), clear(report, 'fixed')].map(({ length }) => length),
    ).toEqual([1, 0, 1]);
  });

  test('two faults that nothing tells apart stay two, and a third one is new', () => {
    const plain = plainListener(80);
    const two = { Web11111111: plain, Web22222222: plain };
    const three = { Web33333333: plain, Web11111111: plain, Web22222222: plain };
    const fingerprints = reportOf(two).findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(2);
    expect(names(compare(two, three), 'new')).toHaveLength(1);
    expect(names(compare(three, two), 'fixed')).toHaveLength(1);
    expect(openAfterKnown(two, three)).toHaveLength(1);
    expect(openAfterKnown(two, two)).toHaveLength(0);
  });

  test('of two open ports that change places none is new', () => {
    const group = (...ports: readonly number[]): Resources => ({
      Net: { Type: 'AWS::EC2::VPC' },
      Door: securityGroup(
        ports.map((port) => ingress(port, '0.0.0.0/0')),
        'Net',
      ),
    });
    for (const [base, head] of [
      [group(22, 3389), group(3389, 22)],
      [group(3389, 22), group(22, 3389)],
    ] as const) {
      expect(names(compare(base, head), 'new')).toEqual([]);
      expect(names(compare(base, head), 'fixed')).toEqual([]);
    }
  });

  test('an open port for another one is new, though the rule tells of one only', () => {
    const group = (port: number): Resources => ({
      Net: { Type: 'AWS::EC2::VPC' },
      Door: securityGroup([ingress(port, '0.0.0.0/0')], 'Net'),
    });
    expect(names(compare(group(22), group(3389)), 'new')).toEqual([
      'AdministrationPortsAreNotOpenToAnyone Door',
    ]);
    expect(openAfterKnown(group(22), group(3389))).toEqual(['AdministrationPortsAreNotOpenToAnyone Door']);
  });
});

describe('a stack of CDK', () => {
  const stack = (name: string, hash: string, more: Resources = {}): App => {
    const at = (path: string, resource: JsonMap) => ({
      ...resource,
      Metadata: { 'aws:cdk:path': `${name}/${path}/Resource` },
    });
    const resources = {
      [`Web${hash}`]: at('Web', plainListener(80)),
      [`App${hash}`]: at('App', plainListener(81)),
      ...more,
    };
    return new App([{ name, json: { Resources: resources } }]);
  };
  const compareApps = (base: App, head: App) => {
    const [before, after] = [base, head].map(
      (app): Side => ({
        target: 'cdk.out',
        app,
        judgements: judgeTogether(app, PACKS, { now: NOW }),
        settings,
        tlsPolicies: [],
      }),
    );
    if (before === undefined || after === undefined) throw new Error('two are compared');
    return compareSides(before, after, { failOn: 'error', exemptionsFrom: 'head', now: NOW, folder: '/' });
  };

  test('that gets another name keeps its findings, each with the resource of its own', () => {
    const report = compareApps(stack('Shop', '0A1B2C3D'), stack('Store', 'FFFFFFFF'));
    expect(
      report.findings.map(({ state, constructPath, renamedFrom }) => [state, constructPath, renamedFrom]),
    ).toEqual([
      ['unchanged', 'Store/App/Resource', 'Shop/App'],
      ['unchanged', 'Store/Web/Resource', 'Shop/Web'],
    ]);
  });

  test('whose hashes change, and that gets one fault more, has one new finding', () => {
    const report = compareApps(
      stack('Shop', '0A1B2C3D'),
      stack('Shop', 'FFFFFFFF', { New0A1B2C3D: plainListener(82) }),
    );
    expect(names(report, 'new')).toEqual(['ListenerIsEncrypted New0A1B2C3D']);
    expect(names(report, 'unchanged')).toHaveLength(2);
  });
});
