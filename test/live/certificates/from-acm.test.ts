import type { CertificateDetail } from '../../../lib/live/certificates/acm';
import { fromDetail, fromSummary } from '../../../lib/live/certificates/from-acm';
import { arnOf } from '../../_fixtures/acm/certificates';

const listed = fromSummary('eu-west-1', {
  CertificateArn: arnOf('a'),
  DomainName: 'a.example.com',
  Exported: true,
});
const of = (detail: CertificateDetail) => fromDetail(listed, detail);

test('what is missing in an answer stays out, and is no reason to fail', () => {
  expect(fromSummary('eu-west-1', {})).toEqual({
    region: 'eu-west-1',
    arn: '',
    domainName: '',
    names: [],
    status: 'UNKNOWN',
    type: 'UNKNOWN',
    inUse: false,
    inUseBy: [],
    exportable: false,
    exported: false,
    complete: false,
  });
  expect(of({})).toMatchObject({ arn: arnOf('a'), domainName: 'a.example.com', complete: true });
});

test('whether its key was taken away is told by the list alone, and kept', () => {
  expect(of({ Options: { Export: 'ENABLED' } })).toMatchObject({ exportable: true, exported: true });
});

test('a time that is none is left out', () => {
  expect(of({ NotAfter: new Date(Number.NaN) })).not.toHaveProperty('notAfter');
});

test('of names that are validated in several ways, the way that needs a person counts', () => {
  const by = (...methods: ('DNS' | 'EMAIL')[]) =>
    of({
      DomainValidationOptions: methods.map((ValidationMethod) => ({ DomainName: 'a', ValidationMethod })),
    });
  expect([by('DNS', 'EMAIL').validation, by('DNS').validation, by().validation]).toEqual([
    'EMAIL',
    'DNS',
    undefined,
  ]);
});

test('names stand once and in order, uses too', () => {
  const { names, inUseBy } = of({
    DomainName: 'b.example.com',
    SubjectAlternativeNames: ['c.example.com', 'b.example.com', 'a.example.com'],
    InUseBy: ['arn:2', 'arn:1'],
  });
  expect([names, inUseBy]).toEqual([
    ['a.example.com', 'b.example.com', 'c.example.com'],
    ['arn:1', 'arn:2'],
  ]);
});

test('what nobody has is cut: a megabyte of a name, a million names', () => {
  const {
    issuer = '',
    domainName,
    names,
    inUseBy,
  } = of({
    Issuer: 'x'.repeat(1_000_000),
    DomainName: 'y'.repeat(1_000_000),
    SubjectAlternativeNames: Array.from({ length: 5000 }, (_, i) => `${i}.example.com`),
    InUseBy: Array.from({ length: 5000 }, (_, i) => `arn:${i}`),
  });
  expect([issuer.length, domainName.length, inUseBy.length]).toEqual([2048, 2048, 1000]);
  expect(names.length).toBe(1001);
});
