import { groupedBy } from '../core/grouped-by';
import { byCodeUnit } from '../core/order';
import type { Hop } from '../judge/hops';
import { displayName } from '../judge/hops/connector';
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
  const bySource = groupedBy(hops, ({ from }) => from.resource);
  const grow = (hop: Hop, before?: Hop): HopNode => {
    const behind = hop.to.resource === undefined ? undefined : bySource.get(hop.to.resource);
    const next = carriesOn(hop) ? (behind ?? []).filter((child) => !placed.has(child)) : [];
    for (const child of next) placed.add(child);
    const children = merged(next.map((child) => grow(child, hop)));
    return { name: nameOf(hop, before), from: hop.from.what, cells: cells(hop), children };
  };
  const isRoot = ({ from }: Hop) =>
    from.what === 'internet' || from.what === 'vpc' || from.what === 'external';
  const roots = hops.filter(isRoot);
  for (const root of roots) placed.add(root);
  const trees = roots.map((root) => grow(root));
  // What no endpoint leads to starts a tree of its own.
  for (const hop of hops) {
    if (placed.has(hop)) continue;
    placed.add(hop);
    trees.push(grow(hop));
  }
  return merged(trees);
}

/** A redirect and a refusal answer by themselves: nothing goes on from there. */
function carriesOn({ protocol }: Hop): boolean {
  return protocol.value !== 'redirect-to-tls' && protocol.value !== 'refuses-plaintext';
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
  return [...byLook.values()].sort((a, b) => rankOf(a) - rankOf(b) || byCodeUnit(a.name, b.name));
}

function nameOf({ resource, kind, label, from, to }: Hop, before: Hop | undefined): string {
  const name = visible(displayName(resource));
  const isOrigin = from.resource !== undefined && kind.endsWith('origin');
  // What leaves the app is known by who sends it and where it goes; a subscription's own name may be an address.
  if (before === undefined && from.resource !== undefined && (isOrigin || to.what === 'external')) {
    return `${visible(displayName(from.resource))} to ${visible(to.name)}`;
  }
  // Below a distribution an origin is known by what it leads to.
  if (isOrigin) return visible(to.name);
  // What is part of what the line above leads to goes without its path.
  const within = before?.to.resource === undefined ? '' : `${visible(before.to.name)}/`;
  const own = within !== '' && name.startsWith(within) ? name.slice(within.length) : name;
  // Nodes of a cluster talk to each other: the cluster's name stands in the line above.
  if (before?.resource === resource && label === undefined) return kind.slice(kind.indexOf('.') + 1);
  // A load balancer's targets are known by their group.
  const suffix = visible(label ?? '');
  return suffix === '' || suffix === name ? own : `${own} ${suffix}`;
}
