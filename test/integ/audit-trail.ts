import { Stack } from 'aws-cdk-lib';
import { AuditTrail } from '../../lib/constructs/audit-trail';
import { type IntegApp, runAsApp } from './integ-app';

/** The trail, with its locked bucket. What CloudTrail writes there stays for a year, whoever wants it gone. */
export const auditTrail: IntegApp = {
  build(app, { account, region }) {
    const stack = new Stack(app, 'IntegAuditTrail', { env: { account, region } });
    new AuditTrail(stack, 'Trail', { trailName: 'IntegAuditTrail' });
  },
  endpoints: ({ region }) => [{ host: `cloudtrail.${region}.amazonaws.com`, port: 443 }],
};

runAsApp(module, auditTrail);
