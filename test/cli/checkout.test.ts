import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { checkoutOf } from '../../lib/cli/checkout';
import { listener, run, workFolder, write } from './support';

test('a folder stands below the nearest .git, be it a folder or a file', () => {
  write('repo/apps/shop/a.txt', 'x');
  write('repo/apps/tree/.git', 'gitdir: ../../.git/worktrees/tree');
  mkdirSync(path.join(workFolder(), 'repo/.git'));
  const root = path.join(workFolder(), 'repo');
  expect(checkoutOf(path.join(root, 'apps/shop'))).toEqual({ root, below: 'apps/shop' });
  expect(checkoutOf(root)).toEqual({ root, below: '' });
  expect(checkoutOf(path.join(root, 'apps/tree')).below).toBe('');
});

test('annotations of an app in a folder of a repository lead to its lines', () => {
  mkdirSync(path.join(workFolder(), 'monorepo/.git'), { recursive: true });
  write('monorepo/apps/shop/a.json', { Resources: { Web: listener('HTTP') } });
  const cwd = path.join(workFolder(), 'monorepo/apps/shop');
  expect(run(['check', 'a.json', '--format', 'github'], { cwd }).out).toMatch(
    / file=apps\/shop\/a\.json,line=/,
  );
  expect(run(['check', 'a.json'], { cwd }).out).toMatch(/at: {2}a\.json:/);
});
