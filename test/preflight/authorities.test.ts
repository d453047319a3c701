import type { JsonMap } from '../../lib/judge/template';
import { refusedNames } from '../../lib/preflight/authorities';
import { lines, stackOf } from './support';

const CERTIFICATE = { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'x' } };

function refused(
  name: string,
  records: readonly string[],
  at = 'example.com.',
  wrap = false,
): readonly string[] {
  const record: JsonMap = { Name: at, Type: 'CAA', ResourceRecords: records, TTL: '300' };
  const Caa: JsonMap = wrap
    ? { Type: 'AWS::Route53::RecordSetGroup', Properties: { HostedZoneId: 'Z1', RecordSets: [record] } }
    : { Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: 'Z1', ...record } };
  const app = stackOf({ Cert: CERTIFICATE, Caa });
  const [certificate] = app.resourcesOfType('AWS::CertificateManager::Certificate');
  return certificate === undefined ? [] : lines(refusedNames(app, [{ name, certificate }]));
}

describe('a CAA record', () => {
  test.each<[string, readonly string[]]>([
    ['pay.example.com', ['0 issue "letsencrypt.org"']],
    ['pay.example.com', ['0 issue ";"']],
    ['*.example.com', ['0 issue "amazon.com"', '0 issuewild ";"']],
    ['*.example.com', ['0 issue "letsencrypt.org"']],
    ['example.com', ['0 issue "notamazon.com"']],
  ])('refuses %s by %j', (name, records) => {
    expect(refused(name, records)).toHaveLength(1);
    expect(refused(name, records, 'example.com.', true)).toHaveLength(1);
  });

  test.each<[string, readonly string[]]>([
    ['pay.example.com', ['0 issue "letsencrypt.org"', '0 issue "amazon.com"']],
    ['pay.example.com', ['0 issue "amazontrust.com; validationmethods=dns-01"']],
    ['pay.example.com', ['128 ISSUE "AWSTRUST.COM"']],
    ['*.example.com', ['0 issue ";"', '0 issuewild "amazonaws.com"']],
    ['*.example.com', ['0 issue "amazon.com"']],
    ['pay.example.com', ['0 iodef "mailto:security@example.com"']],
    ['pay.example.com', ['0 issue "amazon.com"', '0 issuewild ";"']],
    ['pay.example.org', ['0 issue ";"']],
    ['notexample.com', ['0 issue ";"']],
  ])('lets Amazon issue %s by %j', (name, records) => {
    expect(refused(name, records)).toEqual([]);
  });

  test('is that of the nearest name upwards', () => {
    expect(refused('a.pay.example.com', ['0 issue ";"'], 'pay.example.com')).toEqual([
      "blocks authorities Shop/Caa: the CAA record of pay.example.com refuses Amazon's authority, which is to issue a.pay.example.com (Shop/Cert): the request fails, now or when it is renewed",
    ]);
    expect(refused('example.com', ['0 issue ";"'], 'pay.example.com')).toEqual([]);
  });
});
