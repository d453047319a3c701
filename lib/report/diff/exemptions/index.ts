export { classificationChanges } from './classification';
export { inOrder } from './fields';
export { knownChanges } from './known';
export { outOfSight } from './out-of-sight';
export { type SideSettings, settingChanges } from './settings';
export { waiverChanges } from './waivers';
