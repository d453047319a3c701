import { byCodeUnit } from '../core/order';
import type { TlsPolicy } from '../core/tls';
import type { Fact, Hop, PlaintextDenial, Store } from '../judge/hops';
import { displayName } from '../judge/hops/connector';
import type { Finding, Judgement } from '../judge/judgement';
import type { Level } from '../judge/packs/pack';
import type { Resource } from '../judge/template';
import { visible } from './escape';
import { foldCertificates } from './further-certificates';
import { cellsOf, HOP_HEADINGS } from './hop-cells';
import { type HopNode, treesOf } from './hop-tree';
import { counted, firstOf, hanging, wrap } from './phrase';
import { settingsOf } from './settings';
import { PLAIN, type Style } from './style';
import { renderTable, type TableRow } from './table';
import { countsText } from './text';
import { suppressionOf } from './view';

const WIDTH = 110;

/** More endpoints than this are not read in ten seconds; the weakest stand first. */
const MOST_ENDPOINTS = 30;

/** What the posture is told beside the judgements. */
export interface PostureOptions {
  /** TLS policies that the configuration adds to the catalogue. */
  readonly tlsPolicies?: readonly TlsPolicy[];
  /** Where the whole report lies, or the command that prints it. */
  readonly report?: string;
  /** Whether a finding is acknowledged; by default, as the assembly's metadata tells. */
  readonly isSuppressed?: (finding: Finding) => boolean;
  /** What all packs found, in words. @default - what the judgements found */
  readonly findings?: string;
  /** How many waivers hold, where the app has any. */
  readonly waivers?: number;
  /** @default PLAIN */
  readonly style?: Style;
}

/**
 * How the data of an app travels, in a table that is read in ten seconds: each endpoint with what protects it, the
 * hops behind it, then what was found, accepted and not judged.
 *
 * Health checks are left out, since they carry no data of anyone; buckets, topics, queues and tables share a line.
 */
export function renderPosture(judgements: readonly Judgement[], options: PostureOptions = {}): string {
  const { style = PLAIN } = options;
  const [first] = judgements;
  const facts = first?.facts ?? [];
  const openEndpoints = new Set(facts.filter(isOpenEndpoint).map(({ resource }) => resource));
  const { hops, further } = foldCertificates(
    facts.filter(isHop).filter((hop) => !isElsewhere(hop, openEndpoints)),
  );
  const forest = treesOf(hops, (hop) => cellsOf(hop, options.tlsPolicies ?? [], further.get(hop)));
  const table = renderTable(HEADINGS, tableRows(forest, style), { width: WIDTH, elastic: 0, style });
  const lines = [...table, ...legend(forest), '', ...summary(judgements, facts, options)];
  return `${lines.join('\n').replace(/^\n+/, '')}\n`;
}

function isHop(fact: Fact): fact is Hop {
  return fact.fact === 'hop';
}

function isElsewhere({ kind, resource, from }: Hop, openEndpoints: ReadonlySet<Resource>): boolean {
  return kind.endsWith('.health-check') || (openEndpoints.has(resource) && from.what !== 'resource');
}

const HEADINGS = ['endpoint', ...HOP_HEADINGS];

/** `stack` stands behind the title where the names of all endpoints begin with the same one. */
const FROM: readonly {
  readonly what: Hop['from']['what'];
  readonly title: string;
  readonly stack: 'to' | 'of';
}[] = [
  { what: 'internet', title: 'from the internet', stack: 'to' },
  { what: 'external', title: 'from other parties', stack: 'to' },
  { what: 'vpc', title: 'from the network', stack: 'to' },
  { what: 'aws', title: 'from AWS services', stack: 'to' },
  { what: 'resource', title: 'from resources', stack: 'of' },
];

function tableRows(trees: readonly HopNode[], style: Style): readonly TableRow[] {
  return FROM.flatMap(({ what, title, stack: preposition }) => {
    const ofKind = trees.filter(({ from }) => from === what);
    if (ofKind.length === 0) return [];
    const shown = ofKind.slice(0, MOST_ENDPOINTS);
    const stack = commonStack(shown.map(({ name }) => name));
    const more = ofKind.length - MOST_ENDPOINTS;
    return [
      { title: stack === '' ? title : `${title} ${preposition} ${stack.slice(0, -1)}` },
      ...shown.flatMap((node) => rowsOf(node, 1, stack, style)),
      ...(more > 0 ? [{ title: `  and ${more} more, none of them weaker` }] : []),
    ];
  });
}

function rowsOf(node: HopNode, depth: number, stack: string, style: Style): readonly TableRow[] {
  const { name, cells, children } = node;
  const indent = depth === 1 ? '  ' : `${'  '.repeat(depth)}-> `;
  const own = `${indent}${name.startsWith(stack) ? name.slice(stack.length) : name}`;
  const levels: readonly (Level | undefined)[] = ['error', 'error', 'warning', undefined];
  const level = levels[cells.rank];
  return [
    {
      cells: [own, ...cells.values],
      paint: (text) => (level === undefined ? text : style.level(level, text)),
      painted: cells.rank === 1 ? 2 : 1,
    },
    // Deeper than this the path itself would take the width of the table.
    ...children.flatMap((child) => rowsOf(child, Math.min(depth + 1, 6), stack, style)),
  ];
}

/** The stack's part of the names, where there is only one. */
function commonStack(names: readonly string[]): string {
  const prefixes = new Set(names.map((name) => name.slice(0, name.indexOf('/') + 1)));
  const [only = ''] = prefixes;
  return prefixes.size === 1 ? only : '';
}

function legend(trees: readonly HopNode[]): string[] {
  const words = new Set(
    trees.flatMap(function all(node: HopNode): string[] {
      return [node.cells.values[0] ?? '', ...node.children.flatMap(all)];
    }),
  );
  const about = {
    authenticated: 'encrypted, and the other side proves who it is',
    encrypted: 'nobody verifies the certificate',
    'passed on': 'both ends decide about TLS, not this hop',
    'up to others': 'the receiver decides',
  };
  const said = Object.entries(about).flatMap(([word, meaning]) =>
    words.has(word) ? [`${word}: ${meaning}`] : [],
  );
  return said.length === 0 ? [] : ['', ...wrap(said.join('; '), WIDTH)];
}

function summary(
  judgements: readonly Judgement[],
  facts: readonly Fact[],
  { report, waivers, isSuppressed, findings }: PostureOptions,
): string[] {
  const [first] = judgements;
  const counts = findingCounts(
    judgements,
    isSuppressed ?? ((finding) => suppressionOf(finding) !== undefined),
  );
  const parts = first?.notJudged.map(({ template, why }) => `${visible(template)}: ${visible(why)}`) ?? [];
  const types = first?.resources.notJudged.map(({ type, count }) => `${visible(type)} ${count}`) ?? [];
  const rules = new Set(judgements.flatMap((judgement) => judgement.rules.map(({ rule }) => rule.id))).size;
  // What one pack judges is judged.
  const [most] = judgements.map(({ resources }) => resources).sort((a, b) => b.judged - a.judged);
  const { judged = 0, total = 0, irrelevant = 0 } = most ?? {};
  const others = irrelevant === 0 ? '' : `; ${irrelevant} are of no concern here`;
  return [
    ...row('AWS endpoints', denialsText(facts)),
    ...row('stores', storesText(facts)),
    ...row('findings', findings ?? countsText(counts)),
    ...row('waivers', waivers === undefined ? '' : String(waivers)),
    ...row('judged', `${judged} of ${counted(total, 'resource')} by ${counted(rules, 'rule')}${others}`),
    ...row(
      'not judged',
      [firstOf(types, 6), firstOf(parts, 3, '; ')].filter((text) => text !== '').join('; '),
    ),
    ...settingsOf(judgements).flatMap(([name, text]) => row(name, visible(text, 1500))),
    ...row('report', visible(report ?? '')),
  ];
}

function row(name: string, text: string): string[] {
  return text === '' ? [] : hanging(name.padEnd(15), text, WIDTH);
}

function findingCounts(judgements: readonly Judgement[], isSuppressed: (finding: Finding) => boolean) {
  const counts = { fatal: 0, error: 0, warning: 0, info: 0, suppressed: 0, known: 0 };
  for (const finding of judgements.flatMap(({ findings }) => findings)) {
    counts[finding.level !== 'fatal' && isSuppressed(finding) ? 'suppressed' : finding.level] += 1;
  }
  return counts;
}

/** Buckets, topics, queues, tables: AWS serves them in clear to whoever asks, unless their policy refuses. */
function denialsText(facts: readonly Fact[]): string {
  const open = new Map<Resource, boolean>();
  for (const fact of facts) {
    if (!isOpenEndpoint(fact)) continue;
    open.set(fact.resource, (open.get(fact.resource) ?? true) && fact.denial.value === 'denied');
  }
  if (open.size === 0) return '';
  const others = [...open].flatMap(([resource, denied]) => (denied ? [] : [visible(displayName(resource))]));
  const text = `${open.size - others.length} of ${open.size} refuse plaintext`;
  return others.length === 0 ? text : `${text}; not ${firstOf(others.sort(byCodeUnit), 4)}`;
}

function isOpenEndpoint(fact: Fact): fact is PlaintextDenial {
  return fact.fact === 'plaintext-denial' && fact.plaintextEndpoint;
}

const ENCRYPTIONS: Readonly<Record<NonNullable<Store['encryption']['value']>, string>> = {
  none: 'not encrypted',
  'service-key': "encrypted with the service's key",
  'aws-managed-key': 'with a key that AWS manages',
  'customer-key': 'with a key of yours',
};

function storesText(facts: readonly Fact[]): string {
  const kinds = new Map<Resource, string>();
  const order = ['unknown', ...Object.values(ENCRYPTIONS)];
  for (const fact of facts) {
    if (fact.fact !== 'store') continue;
    const { value } = fact.encryption;
    const kind = value === undefined ? 'unknown' : ENCRYPTIONS[value];
    const known = kinds.get(fact.resource);
    // The weakest of all worlds.
    if (known === undefined || order.indexOf(kind) < order.indexOf(known)) kinds.set(fact.resource, kind);
  }
  if (kinds.size === 0) return '';
  const counts = order.flatMap((kind) => {
    const count = [...kinds.values()].filter((each) => each === kind).length;
    return count === 0 ? [] : [`${count} ${kind === 'unknown' ? 'cannot be told' : kind}`];
  });
  return `${kinds.size}: ${counts.join(', ')}`;
}
