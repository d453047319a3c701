import { type Cursor, type Resource, Text } from '../template';

import type { CertificateSource } from './fact';
import { hidden, none, type Observed, stated } from './observed';

/** A hop's certificate, and its resource where it is one of this app. */
export interface CertificateBehind {
  readonly certificate: Observed<CertificateSource>;
  readonly certificateResource?: Resource;
}

const SOURCE_BY_TYPE: Readonly<Record<string, CertificateSource>> = {
  'AWS::CertificateManager::Certificate': 'acm',
  'AWS::IAM::ServerCertificate': 'iam-server-certificate',
};

/**
 * Where the certificate comes from that a property names by its ARN.
 *
 * An ARN of ACM does not tell whether the certificate was imported, so that it counts as ACM's.
 */
export function certificateBehind(cursor: Cursor): CertificateBehind {
  const value = cursor.value();
  if (value === undefined || value === '') return { certificate: none(cursor) };
  const resource = cursor.reference();
  const source = resource === undefined ? undefined : SOURCE_BY_TYPE[resource.type];
  if (resource !== undefined && source !== undefined) {
    return { certificate: stated(cursor, source, { given: true }), certificateResource: resource };
  }
  const arn =
    value instanceof Text ? value.parts.map((p) => (typeof p === 'string' ? p : '?')).join('') : value;
  if (typeof arn === 'string') {
    if (/^arn:[^:]*:acm:/.test(arn)) return { certificate: stated(cursor, 'acm', { given: true }) };
    if (/^arn:[^:]*:iam:.*:server-certificate\//.test(arn)) {
      return { certificate: stated(cursor, 'iam-server-certificate', { given: true }) };
    }
  }
  const text = cursor.string();
  const why = text.state === 'unresolved' ? text.why : 'it is no ARN of ACM or IAM';
  return { certificate: hidden(cursor, why) };
}
