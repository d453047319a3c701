export { AuditTrail, type AuditTrailProps } from './audit-trail';
export type { AuditTrailAttributes, IAuditTrail } from './audit-trail-reference';
