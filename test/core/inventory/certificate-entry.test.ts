import fc from 'fast-check';
import { readCertificateEntry } from '../../../lib/core/inventory';

const ENTRY = {
  owner: 'platform',
  issuer: 'Example CA',
  keyAlgorithm: 'RSA_2048',
  expires: '2027-03-31',
  purpose: 'the shop',
};

describe('the entry of a certificate', () => {
  test('is read with the end of its last day', () => {
    expect(readCertificateEntry(ENTRY)).toEqual({
      state: 'given',
      entry: ENTRY,
      expires: new Date('2027-03-31T23:59:59.999Z'),
    });
  });

  test('leaves out what it does not know', () => {
    expect(readCertificateEntry({ ...ENTRY, more: 'x' })).toMatchObject({ state: 'given', entry: ENTRY });
  });

  test.each([undefined, null, 'text', 7, [ENTRY]])('is a map, and not %p', (section) => {
    expect(readCertificateEntry(section)).toEqual({
      state: 'wrong',
      problem:
        'must be a map of owner, issuer, keyAlgorithm, expires, purpose, got something else, write it as one',
    });
  });

  test.each<[string, unknown, string]>([
    ['owner', undefined, "'owner' must be text, got nothing, say it"],
    ['issuer', '  ', "'issuer' must be text, got something else, say it"],
    ['purpose', { Ref: 'P' }, "'purpose' must be text, got something else, say it"],
    ['keyAlgorithm', 'RSA\u0007', "'keyAlgorithm' must be text, got something else, say it"],
    ['expires', '31.03.2027', "'expires' must be a day, got something else, write it like 2027-03-31"],
    ['expires', '2027-02-30', "'expires' must be a day, got something else, write it like 2027-03-31"],
    ['expires', '2027-13-01', "'expires' must be a day, got something else, write it like 2027-03-31"],
  ])('is wrong where %s is %p', (field, value, problem) => {
    expect(readCertificateEntry({ ...ENTRY, [field]: value })).toEqual({ state: 'wrong', problem });
  });

  test('never throws, whatever a template holds', () => {
    fc.assert(
      fc.property(fc.anything(), (section) =>
        ['given', 'wrong'].includes(readCertificateEntry(section).state),
      ),
    );
  });
});
