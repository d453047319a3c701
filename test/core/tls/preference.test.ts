import type { TlsPolicy } from '../../../lib/core/tls';
import { mostPreferred } from '../../../lib/core/tls/preference';

const WORST: TlsPolicy = {
  service: 'transfer',
  name: 'worst',
  side: 'viewer',
  oldest: 'TLSv1.2',
  newest: 'TLSv1.3',
  forwardSecret: false,
  cbc: true,
  postQuantum: false,
  fips: false,
  cnsa: false,
  securityHub: false,
  securityHubControl: 'ELB.17',
  partitions: ['aws'],
  isServiceDefault: false,
  ssh: { sha1: true, postQuantum: false },
  source: 'made up for this test',
  reviewed: '2026-11-22',
  origin: 'catalogue',
};

/** The virtues of a policy, the most important first. */
const VIRTUES: readonly [string, Partial<TlsPolicy>][] = [
  ['forward secrecy', { forwardSecret: true }],
  ['acceptance by Security Hub', { securityHub: true }],
  ['post-quantum key agreement', { postQuantum: true }],
  ['absence of CBC', { cbc: false }],
  ['absence of SHA-1 over SSH', { ssh: { sha1: false, postQuantum: false } }],
  ['post-quantum key exchange over SSH', { ssh: { sha1: true, postQuantum: true } }],
];

const lesserThan = (rank: number): TlsPolicy =>
  Object.assign({ ...WORST, name: 'lesser' }, ...VIRTUES.slice(rank + 1).map(([, virtue]) => virtue));

test.each(VIRTUES.map(([title, virtue], rank) => [title, virtue, rank] as const))(
  '%s outweighs everything less important, in either order',
  (_title, virtue, rank) => {
    const better = { ...WORST, ...virtue, name: 'better' };
    expect(mostPreferred([better, lesserThan(rank)])?.name).toBe('better');
    expect(mostPreferred([lesserThan(rank), better])?.name).toBe('better');
  },
);

test('takes the first of equals, and none of none', () => {
  expect(mostPreferred([WORST, { ...WORST, name: 'other' }])?.name).toBe('worst');
  expect(mostPreferred([])).toBeUndefined();
});

test('counts a service that no control judges as accepted', () => {
  const unjudged = { ...WORST, securityHub: undefined, name: 'unjudged' };
  expect(mostPreferred([WORST, unjudged])?.name).toBe('unjudged');
});
