import { VERSION } from '../core/version';
import type { CertificateAudit } from '../live/certificates';
import { jsonText } from '../report/escape';

/** The shape of the report; it changes when a reader of the last one could go wrong. */
const SCHEMA = 'urn:cdk-secure-transmission:certificate-audit:1';

/** The audit for programs, as `schemas/certificate-audit.schema.json` describes it. */
export function auditJson(audit: CertificateAudit, exitCode: 0 | 1 | 3): string {
  const { complete, counts, regions, findings, notFound, certificates } = audit;
  const tool = { name: 'secure-transmission', version: VERSION };
  return jsonText({
    $schema: SCHEMA,
    tool,
    exitCode,
    complete,
    counts,
    regions,
    findings,
    notFound,
    certificates,
  });
}
