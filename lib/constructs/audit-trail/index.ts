export { AuditTrail } from './audit-trail';
export { type AuditTrailProps, TrailInsight } from './audit-trail-props';
export type { AuditTrailAttributes, IAuditTrail } from './audit-trail-reference';
export { DataEvents } from './data-events';
export type { TrailOrganization } from './trail-organization';
