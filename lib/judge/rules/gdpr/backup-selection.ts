import type { Cursor } from '../../template';
import { arbitrate } from '../arbiter';
import { selects } from '../pci/backup-selection';
import { type PersonalStore, personalAmong, personalStoresOf } from './personal-data';

/** The stores of personal data that a backup plan takes: surely, or as far as can be told. */
export interface SelectedStores {
  readonly sure: readonly PersonalStore[];
  readonly unsure: readonly PersonalStore[];
}

/** What the selections of a plan take of the personal data in its region, in its world. */
export function selectedStores(plan: Cursor): SelectedStores {
  const { world, resource } = plan;
  const selections = world.app
    .referring(resource, 'AWS::Backup::BackupSelection', 'BackupPlanId')
    .filter((selection) => world.exists(selection))
    .map((selection) => world.view(selection).at('BackupSelection'));
  if (selections.length === 0) return { sure: [], unsure: [] };
  const answered = personalAmong(personalStoresOf(world.app), world)
    .filter(({ view }) => view.resource.template.region === resource.template.region)
    .map((store) => ({ store, answers: selections.map((selection) => selects(selection, store.view)) }));
  const sure = answered.filter(({ answers }) => answers.includes(true));
  const unsure = answered.filter(
    ({ answers }) => !answers.includes(true) && answers.some((answer) => answer !== false),
  );
  return { sure: sure.map(({ store }) => store), unsure: unsure.map(({ store }) => store) };
}

/** The days after which the backups of a plan have to end, by the shortest of the personal data that it may take. */
export function longestBackupOf(plan: Cursor): number | undefined {
  const { sure, unsure } = selectedStores(plan);
  return boundOf([...sure, ...unsure])?.most;
}

/** The shortest bound that the arbiter sets for some stores. */
export function boundOf(
  stores: readonly PersonalStore[],
): { readonly most: number; readonly because: string } | undefined {
  const bounds = stores.flatMap(({ description }) => {
    const { most, because } = arbitrate('backups', { holds: description });
    return most === undefined ? [] : [{ most, because }];
  });
  return bounds.sort((a, b) => a.most - b.most)[0];
}
