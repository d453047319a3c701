import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { inventoryCsv } from '../../lib/cli/run-certificates-csv';
import { auditJson } from '../../lib/cli/run-certificates-json';
import { renderAudit } from '../../lib/cli/run-certificates-text';
import { instantText } from '../../lib/core/instant';
import { type AuditedCertificate, judgeReadings, type RegionReading } from '../../lib/live/certificates';
import { PLAIN } from '../../lib/report/style';
import { NOW } from '../_fixtures/acm/certificates';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../schemas/certificate-audit.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

/** What a hostile text is made of. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '"',
        ',',
        ';',
        '::',
        '##[',
        '\u001b[',
        '\u202e',
        '\u2028',
        '\ud800',
        '*.',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map(instantText);
const status = fc.oneof(
  fc.constantFrom(
    'ISSUED',
    'EXPIRED',
    'FAILED',
    'REVOKED',
    'PENDING_VALIDATION',
    'VALIDATION_TIMED_OUT',
    'INACTIVE',
  ),
  text,
);
const certificate: fc.Arbitrary<AuditedCertificate> = fc.record(
  {
    region: fc.constant('eu-west-1'),
    arn: text,
    domainName: text,
    names: fc.array(text, { maxLength: 4 }),
    status,
    type: fc.oneof(fc.constantFrom('AMAZON_ISSUED', 'IMPORTED', 'PRIVATE'), text),
    issuer: text,
    serial: text,
    keyAlgorithm: fc.oneof(fc.constantFrom('RSA_1024', 'RSA_2048'), text),
    signatureAlgorithm: fc.oneof(fc.constantFrom('SHA1WITHRSA', 'SHA256WITHRSA'), text),
    createdAt: time,
    notBefore: time,
    notAfter: time,
    validation: fc.constantFrom('DNS', 'EMAIL'),
    renewalEligibility: fc.constantFrom('ELIGIBLE', 'INELIGIBLE'),
    renewal: fc.record(
      {
        status: fc.constantFrom('FAILED', 'PENDING_VALIDATION', 'SUCCESS'),
        reason: text,
        waitingFor: fc.array(text),
      },
      { requiredKeys: ['status', 'waitingFor'] },
    ),
    failureReason: text,
    inUse: fc.boolean(),
    inUseBy: fc.array(text, { maxLength: 3 }),
    exportable: fc.boolean(),
    exported: fc.boolean(),
    transparencyLogging: fc.boolean(),
    managedBy: text,
    complete: fc.boolean(),
  },
  {
    requiredKeys: [
      'region',
      'arn',
      'domainName',
      'names',
      'status',
      'type',
      'inUse',
      'inUseBy',
      'exportable',
      'exported',
      'complete',
    ],
  },
);

const reading: fc.Arbitrary<RegionReading> = fc.record({
  region: fc.constant('eu-west-1'),
  state: fc.constantFrom('complete' as const, 'partial' as const),
  certificates: fc.array(certificate, { maxLength: 4 }),
  problems: fc.constant([]),
});

// What stands between lines is ours: of the rest nothing is obeyed by a terminal, a runner or a spreadsheet.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test('whatever ACM says is shown in every form, and obeyed in none', () => {
  fc.assert(
    fc.property(reading, (one) => {
      const audit = judgeReadings([one], { now: NOW });
      const json = auditJson(audit, 3);
      validate(JSON.parse(json));
      expect(validate.errors ?? []).toEqual([]);
      const csv = inventoryCsv(audit).split('\r\n');
      expect(csv.length).toBe(audit.certificates.length + (one.state === 'complete' ? 2 : 3));
      const lines = [...json.split('\n'), ...csv, ...renderAudit(audit, PLAIN).split('\n')];
      expect(lines.filter((line) => UNSEEN.test(line) || /^\s*::|##\[/.test(line))).toEqual([]);
      const cells = [...csv.join(',').matchAll(/(?:^|,)"((?:[^"]|"")*)"/g)].map(([, cell]) => cell ?? '');
      expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the order in which ACM lists is not that of the report', () => {
  fc.assert(
    fc.property(reading, (one) => {
      const arns = new Set(one.certificates.map(({ arn }) => arn));
      fc.pre(arns.size === one.certificates.length);
      const backwards = { ...one, certificates: [...one.certificates].reverse() };
      expect(judgeReadings([backwards], { now: NOW })).toEqual(judgeReadings([one], { now: NOW }));
    }),
    { numRuns: 100 },
  );
});
