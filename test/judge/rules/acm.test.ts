import { acm } from '../../../lib/judge/hops/connectors/acm';
import { ACM_PACK_ROWS, ACM_RULES } from '../../../lib/judge/rules/acm';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, wordsOf } from '../support';

const HIDDEN = { Parameters: { P: { Type: 'String' } } };

const factsIn = (properties: JsonMap, parts?: TemplateParts) =>
  factsOf(
    acm,
    {
      Certificate: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: { DomainName: 'www.example.com', ...properties },
      },
    },
    parts,
  );
const judge = (id: string, properties: JsonMap, parts?: TemplateParts) =>
  ACM_RULES.filter((rule) => rule.id === id).flatMap((rule) => wordsOf(rule, factsIn(properties, parts)));

test('a certificate validated by DNS has no finding at all', () => {
  const facts = factsIn({ ValidationMethod: 'DNS' });
  expect(ACM_PACK_ROWS.map(({ rule }) => wordsOf(rule, facts))).toEqual(Array(5).fill(['compliant']));
});

describe('CertificateKeyIsStrong', () => {
  test.each(['RSA_2048', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1'])('passes %s', (name) => {
    expect(judge('CertificateKeyIsStrong', { KeyAlgorithm: name })).toEqual(['compliant']);
  });

  test('passes none, since ACM then makes RSA_2048', () => {
    expect(judge('CertificateKeyIsStrong', {})).toEqual(['compliant']);
  });

  test('fails RSA_1024', () => {
    expect(judge('CertificateKeyIsStrong', { KeyAlgorithm: 'RSA_1024' })).toEqual([
      'violation at Properties.KeyAlgorithm: RSA_1024',
    ]);
  });

  test('cannot tell of an algorithm that it does not know, nor of a parameter', () => {
    expect(judge('CertificateKeyIsStrong', { KeyAlgorithm: 'ML_DSA_44' })).toEqual([
      'unknown at Properties.KeyAlgorithm',
    ]);
    expect(judge('CertificateKeyIsStrong', { KeyAlgorithm: { Ref: 'P' } }, HIDDEN)).toEqual([
      'unknown at Properties.KeyAlgorithm',
    ]);
  });

  test('sees the branch of Fn::If in which it is weak', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const words = judge(
      'CertificateKeyIsStrong',
      { KeyAlgorithm: { 'Fn::If': ['IsProd', 'RSA_2048', 'RSA_1024'] } },
      parts,
    );
    expect(words.toSorted()).toEqual(['compliant', 'violation at Properties.KeyAlgorithm: RSA_1024']);
  });
});

describe('CertificateIsValidatedByDns', () => {
  test('fails none, since ACM then sends e-mail', () => {
    expect(judge('CertificateIsValidatedByDns', {})).toEqual([
      'violation at Properties.ValidationMethod: absent',
    ]);
    expect(judge('CertificateIsValidatedByDns', { ValidationMethod: 'EMAIL' })).toEqual([
      'violation at Properties.ValidationMethod: EMAIL',
    ]);
  });

  test('passes a certificate of a private authority, which needs no validation', () => {
    expect(judge('CertificateIsValidatedByDns', { CertificateAuthorityArn: 'arn:x' })).toEqual(['compliant']);
  });

  test('cannot tell of a parameter', () => {
    expect(judge('CertificateIsValidatedByDns', { ValidationMethod: { Ref: 'P' } }, HIDDEN)).toEqual([
      'unknown at Properties.ValidationMethod',
    ]);
  });
});

describe.each([
  ['CertificateIsLoggedTransparently', 'CertificateTransparencyLoggingPreference', 'DISABLED', 'ENABLED'],
  ['CertificateIsNotExportable', 'CertificateExport', 'ENABLED', 'DISABLED'],
])('%s', (id, property, bad, good) => {
  test('passes the default and its explicit form', () => {
    expect(judge(id, {})).toEqual(['compliant']);
    expect(judge(id, { [property]: good })).toEqual(['compliant']);
  });

  test('finds the opposite', () => {
    expect(judge(id, { [property]: bad })).toEqual([`violation at Properties.${property}: ${bad}`]);
  });

  test('cannot tell of a parameter', () => {
    expect(judge(id, { [property]: { Ref: 'P' } }, HIDDEN)).toEqual([`unknown at Properties.${property}`]);
  });

  test('says nothing about a certificate of a private authority', () => {
    expect(judge(id, { CertificateAuthorityArn: 'arn:x' })).toEqual([]);
  });
});

describe('CertificateIsNotWildcard', () => {
  test('finds a wildcard in the name and in an alternative', () => {
    expect(judge('CertificateIsNotWildcard', { DomainName: '*.example.com' })).toEqual([
      'violation at Properties.DomainName: *.example.com',
    ]);
    expect(
      judge('CertificateIsNotWildcard', { SubjectAlternativeNames: ['a.example.com', '*.example.com'] }),
    ).toEqual(['violation at Properties.SubjectAlternativeNames.1: *.example.com']);
  });

  test('reads the beginning of a name that is made from parts', () => {
    const zone = { 'Fn::Sub': '*.$' + '{P}' };
    expect(judge('CertificateIsNotWildcard', { DomainName: zone }, HIDDEN)[0]).toMatch(/^violation/);
    expect(judge('CertificateIsNotWildcard', { DomainName: { 'Fn::Sub': 'www.$' + '{P}' } }, HIDDEN)).toEqual(
      ['compliant'],
    );
  });

  test('cannot tell of a parameter, nor of a list that is one', () => {
    expect(judge('CertificateIsNotWildcard', { DomainName: { Ref: 'P' } }, HIDDEN)).toEqual([
      'unknown at Properties.DomainName',
    ]);
    const list = { Parameters: { P: { Type: 'CommaDelimitedList' } } };
    expect(judge('CertificateIsNotWildcard', { SubjectAlternativeNames: { Ref: 'P' } }, list)).toEqual([
      'unknown at Properties.SubjectAlternativeNames',
    ]);
  });
});
