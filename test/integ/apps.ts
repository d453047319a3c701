import { auditTrail } from './audit-trail';
import { baseline } from './baseline';
import { distribution } from './distribution';
import type { IntegApp } from './integ-app';
import { loadBalancer } from './load-balancer';
import { messaging } from './messaging';

/** Every app of this folder, by the name of its file. */
export const INTEG_APPS: Readonly<Record<string, IntegApp>> = {
  'audit-trail': auditTrail,
  baseline,
  distribution,
  'load-balancer': loadBalancer,
  messaging,
};
