import { ACM_PACK_ROWS } from '../../../lib/judge/rules/acm';
import { CERTIFICATE_RULES, findingsOf, readRegion } from '../../../lib/live/certificates';
import { NOW, served, type Unusual } from '../../_fixtures/acm/certificates';
import { withAcm } from '../../_fixtures/acm/environment';

/** What is found of one certificate that was read through the SDK. */
async function found(unusual: Unusual): Promise<readonly string[]> {
  const certificates = { 'eu-west-1': [served('a', unusual)] };
  const { certificates: read } = await withAcm({ certificates }, () => readRegion('eu-west-1'));
  return read.flatMap((certificate) =>
    findingsOf(certificate, NOW).map(({ level, rule, message }) => `${level} ${rule}: ${message}`),
  );
}

const UNUSED = { InUseBy: [], RenewalEligibility: 'INELIGIBLE' };
const IS_UNUSED = 'info CertificateIsUsed: is used by nothing, so that ACM does not renew it';
const IMPORTED = {
  Type: 'IMPORTED',
  RenewalEligibility: 'INELIGIBLE',
  DomainValidationOptions: undefined,
  Issuer: 'Example CA',
};
const IS_IMPORTED = 'info CertificateCanBeRenewed: was imported, so that ACM never renews it';
const WAITING = {
  DomainName: 'b.example.com',
  ValidationStatus: 'PENDING_VALIDATION',
  ValidationMethod: 'DNS',
};
const renewal = (RenewalStatus: string, more: object = {}) => ({
  RenewalSummary: {
    RenewalStatus,
    UpdatedAt: NOW.getTime() / 1000,
    DomainValidationOptions: [WAITING],
    ...more,
  },
});
const hoursAgo = (hours: number) => NOW.getTime() / 1000 - hours * 3600;

test.each<[string, Unusual, readonly string[]]>([
  ['all is well', {}, []],
  ['ACM has not begun to renew it, a third before its end', { left: 60 }, []],
  [
    'a sixth is left',
    { left: 33 },
    ['error CertificateIsRenewedInTime: expires in 33 days, 17 % of its life'],
  ],
  ['a day is left', { left: 1 }, ['error CertificateIsRenewedInTime: expires in 1 day, 1 % of its life']],
  ['it ends and nothing uses it', { ...UNUSED, left: 3 }, [IS_UNUSED]],
  ['it has expired', { left: -2, Status: 'EXPIRED' }, ['error CertificateIsValid: has expired, 1 day ago']],
  [
    'it has expired and ACM does not say so',
    { left: -0.5 },
    ['error CertificateIsValid: has expired, today'],
  ],
  [
    'it has expired and nothing uses it',
    { ...UNUSED, left: -40, Status: 'EXPIRED' },
    ['warning CertificateIsValid: has expired, 39 days ago'],
  ],
  [
    'it begins tomorrow',
    { left: 199 },
    ['error CertificateIsValid: is not valid before 2026-11-23T00:00:00Z'],
  ],
  ['it was revoked', { Status: 'REVOKED' }, ['error CertificateIsValid: is revoked']],
  [
    'its request failed',
    { ...UNUSED, Status: 'FAILED', FailureReason: 'CAA_ERROR', NotAfter: undefined, NotBefore: undefined },
    ['warning CertificateIsValid: was not issued (CAA_ERROR)'],
  ],
  [
    'nobody validated it',
    { ...UNUSED, Status: 'VALIDATION_TIMED_OUT', NotAfter: undefined },
    ['warning CertificateIsValid: was not issued, since nobody validated its names within 72 hours'],
  ],
  ['it is inactive', { ...UNUSED, Status: 'INACTIVE' }, ['warning CertificateIsValid: is inactive']],
  [
    'a status that nobody knows',
    { Status: 'HAUNTED' },
    ['warning CertificateIsValid: has the status HAUNTED, which we do not know'],
  ],
  [
    'its request waits',
    { ...UNUSED, Status: 'PENDING_VALIDATION', NotAfter: undefined, CreatedAt: hoursAgo(10) },
    ['warning CertificateRequestIsValidated: waits for its first validation, which ACM gives up in 62 h'],
  ],
  [
    'its renewal waits',
    renewal('PENDING_VALIDATION'),
    ['warning CertificateRenewalSucceeds: waits for a validation to be renewed: b.example.com'],
  ],
  ['its renewal waits for ACM', renewal('PENDING_AUTO_RENEWAL'), []],
  ['its renewal succeeded', renewal('SUCCESS'), []],
  [
    'its renewal failed',
    renewal('FAILED', { RenewalStatusReason: 'CAA_ERROR' }),
    ['error CertificateRenewalSucceeds: could not be renewed (CAA_ERROR): b.example.com'],
  ],
  [
    'its renewal failed, a third before its end',
    { ...renewal('FAILED'), left: 60 },
    [
      'warning CertificateIsRenewedInTime: expires in 60 days, 30 % of its life, and ACM does not renew it by itself',
      'error CertificateRenewalSucceeds: could not be renewed: b.example.com',
    ],
  ],
  [
    'it is in use and not eligible',
    { RenewalEligibility: 'INELIGIBLE' },
    ['warning CertificateCanBeRenewed: is in use, and not eligible for renewal by ACM'],
  ],
  ['it was imported', IMPORTED, [IS_IMPORTED]],
  [
    'it was imported, and a third is left',
    { ...IMPORTED, left: 66 },
    [
      'warning CertificateIsRenewedInTime: expires in 66 days, 33 % of its life, and ACM does not renew it by itself',
      IS_IMPORTED,
    ],
  ],
  ['it was imported for ten years, and two are left', { ...IMPORTED, life: 3650, left: 730 }, [IS_IMPORTED]],
  ['a short key', { KeyAlgorithm: 'RSA_1024' }, ['error CertificateKeyIsStrong: has a key of RSA_1024']],
  [
    'a short key that nothing uses',
    { ...UNUSED, KeyAlgorithm: 'RSA_1024' },
    ['warning CertificateKeyIsStrong: has a key of RSA_1024', IS_UNUSED],
  ],
  [
    'SHA-1',
    { SignatureAlgorithm: 'SHA1WITHRSA' },
    ['error CertificateSignatureIsStrong: is signed with SHA1WITHRSA'],
  ],
  [
    'MD5',
    { SignatureAlgorithm: 'MD5WITHRSA' },
    ['error CertificateSignatureIsStrong: is signed with MD5WITHRSA'],
  ],
  ['SHA-512', { SignatureAlgorithm: 'SHA512WITHRSA' }, []],
  [
    'mail',
    { DomainValidationOptions: [{ DomainName: 'a.example.com', ValidationMethod: 'EMAIL' }] },
    ['info CertificateIsValidatedByDns: is validated by e-mail, which a person answers at each renewal'],
  ],
  [
    'mail, a third before its end',
    { left: 60, DomainValidationOptions: [{ DomainName: 'a.example.com', ValidationMethod: 'EMAIL' }] },
    [
      'warning CertificateIsRenewedInTime: expires in 60 days, 30 % of its life, and ACM does not renew it by itself',
      'info CertificateIsValidatedByDns: is validated by e-mail, which a person answers at each renewal',
    ],
  ],
  ['nothing uses it', UNUSED, [IS_UNUSED]],
  [
    'its key can leave',
    { Options: { Export: 'ENABLED' } },
    ['info CertificateIsNotExportable: has a private key that can be exported'],
  ],
  [
    'its key has left',
    { ...UNUSED, Options: { Export: 'ENABLED' }, Exported: true, RenewalEligibility: 'ELIGIBLE' },
    ['info CertificateIsNotExportable: has a private key that was exported'],
  ],
  [
    'a wildcard',
    { SubjectAlternativeNames: ['*.example.com', 'example.com'] },
    ['info CertificateIsNotWildcard: is good for every host of example.com'],
  ],
  [
    'kept out of the logs',
    { Options: { CertificateTransparencyLoggingPreference: 'DISABLED' } },
    [
      'info CertificateIsLoggedTransparently: was asked to stay out of certificate transparency logs: browsers refuse such',
    ],
  ],
  [
    'a private one is in no log',
    { Type: 'PRIVATE', Options: { CertificateTransparencyLoggingPreference: 'DISABLED' } },
    [],
  ],
])('%s', async (_, unusual, expected) => {
  expect(await found(unusual)).toEqual(expected);
});

test('rules that judge templates too have the same id and say the same there', () => {
  const there = new Map(ACM_PACK_ROWS.map(({ rule }) => [rule.id, rule.title]));
  const shared = CERTIFICATE_RULES.filter(({ id }) => there.has(id));
  expect(shared.map(({ id }) => id).sort()).toEqual([...there.keys()].sort());
  for (const { id, title } of shared) expect(title).toBe(there.get(id));
});
