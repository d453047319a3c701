import type { Hop } from '../judge/hops';
import { displayName } from '../judge/hops/connector';
import type { Resource } from '../judge/template';
import { visible } from './escape';
import type { Cells } from './hop-cells';

/** A hop, and the hops that carry its data on. */
export interface HopNode {
  readonly name: string;
  readonly from: Hop['from']['what'];
  readonly cells: Cells;
  readonly children: readonly HopNode[];
}

/** The weakest of a node and of what lies behind it decides where it stands. */
export function rankOf({ cells, children }: HopNode): number {
  return Math.min(cells.rank, ...children.map(rankOf));
}

/** Endpoints with the hops behind them; each hop stands once, also where hops form a ring. */
export function treesOf(hops: readonly Hop[], cells: (hop: Hop) => Cells): readonly HopNode[] {
  const placed = new Set<Hop>();
  const bySource = new Map<Resource, Hop[]>();
  for (const hop of hops) {
    const { resource } = hop.from;
    if (resource !== undefined) bySource.set(resource, [...(bySource.get(resource) ?? []), hop]);
  }
  const grow = (hop: Hop): HopNode => {
    const behind = hop.to.resource === undefined ? [] : (bySource.get(hop.to.resource) ?? []);
    const next = behind.filter((child) => !placed.has(child));
    for (const child of next) placed.add(child);
    return { name: nameOf(hop), from: hop.from.what, cells: cells(hop), children: merged(next.map(grow)) };
  };
  const isRoot = ({ from }: Hop) =>
    from.what === 'internet' || from.what === 'vpc' || from.what === 'external';
  const roots = hops.filter(isRoot);
  for (const root of roots) placed.add(root);
  const trees = roots.map(grow);
  // What no endpoint leads to starts a tree of its own.
  for (const hop of hops) {
    if (placed.has(hop)) continue;
    placed.add(hop);
    trees.push(grow(hop));
  }
  return merged(trees);
}

/** Hops that look the same are one line: worlds in which nothing differs, behaviours of one distribution. */
function merged(nodes: readonly HopNode[]): readonly HopNode[] {
  const byLook = new Map<string, HopNode>();
  for (const node of nodes) {
    const look = [node.from, node.name, ...node.cells.values].join('\n');
    const known = byLook.get(look);
    const children = known === undefined ? node.children : merged([...known.children, ...node.children]);
    byLook.set(look, { ...node, children });
  }
  return [...byLook.values()].sort((a, b) => rankOf(a) - rankOf(b) || compare(a.name, b.name));
}

function nameOf({ resource, kind, label, from, to }: Hop): string {
  const name = visible(displayName(resource));
  const target = to.resource === undefined || to.resource === resource ? visible(to.name) : '';
  // A load balancer's targets are known by their group, a distribution's origins only by their host.
  const suffix = from.what === 'resource' && kind.endsWith('origin') ? target : visible(label ?? '');
  return suffix === '' || suffix === name ? name : `${name} ${suffix}`;
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
