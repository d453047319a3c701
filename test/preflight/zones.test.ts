import type { JsonMap } from '../../lib/judge/template';
import { validationZones } from '../../lib/preflight/zones';
import { lines, stackOf, stacksOf } from './support';

const ID = 'Z0123456789ABCDEFGHIJ';

function certificate(name: string, zone: JsonMap | string | undefined, more: JsonMap = {}): JsonMap {
  return {
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName: name,
      ValidationMethod: 'DNS',
      ...(zone === undefined ? {} : { DomainValidationOptions: [{ DomainName: name, HostedZoneId: zone }] }),
      ...more,
    },
  };
}

const ZONE: JsonMap = { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com.' } };
const configured = (zoneName: string) => ({
  file: 'c.json',
  name: 'Shop',
  region: 'eu-west-1',
  zones: [{ zoneName, hostedZoneId: ID }],
  tlsPolicies: [],
});

describe('a zone of a certificate', () => {
  test('comes with the commands that show its servers, and what the world is told', () => {
    const { found, obstacles } = validationZones(stackOf({ Cert: certificate('pay.example.com', ID) }));
    expect(found).toEqual([
      {
        hostedZoneId: ID,
        names: ['pay.example.com'],
        certificates: ['Shop/Cert'],
        nameServers: `aws route53 get-hosted-zone --id ${ID} --query DelegationSet.NameServers --output text`,
        delegation: `dig +short NS $(aws route53 get-hosted-zone --id ${ID} --query HostedZone.Name --output text)`,
      },
    ]);
    expect(obstacles).toEqual([]);
  });

  test('has the name that the configuration gives it', () => {
    const app = stackOf({ Cert: certificate('pay.example.com', ID) });
    const [zone] = validationZones(app, configured('example.com')).found;
    expect(zone).toMatchObject({ zoneName: 'example.com', delegation: 'dig +short NS example.com' });
  });

  test('is told once for several certificates', () => {
    const app = stacksOf({
      A: { resources: { Cert: certificate('pay.example.com', ID) } },
      B: { resources: { Cert: certificate('www.example.com', ID) }, region: 'us-east-1' },
    });
    expect(validationZones(app).found).toMatchObject([
      { names: ['pay.example.com', 'www.example.com'], certificates: ['A/Cert', 'B/Cert'] },
    ]);
  });

  test('cannot hold the record of a name that does not lie in it', () => {
    const app = stackOf({ Cert: certificate('pay.example.org', ID) });
    expect(lines(validationZones(app, configured('example.com')).obstacles)).toEqual([
      `blocks zones Shop/Cert: pay.example.org does not lie in the zone example.com (${ID}) in which it is to be validated: Route 53 refuses the record`,
    ]);
    expect(validationZones(app, configured('ample.org')).obstacles).toHaveLength(1);
  });

  test('is not known where a parameter hides it, which is said', () => {
    const sections = { Parameters: { Zone: { Type: 'String' } } };
    const app = stackOf({ Cert: certificate('pay.example.com', { Ref: 'Zone' }) }, { sections });
    const [zone] = validationZones(app).found;
    expect(zone?.origin).toBe('its id is not known here, since parameter Zone has no default');
    expect(zone).not.toHaveProperty('nameServers');
  });
});

describe('a zone that the app makes', () => {
  const made = (more: JsonMap = {}) =>
    stackOf({ Zone: ZONE, Cert: certificate('pay.example.com', { Ref: 'Zone' }), ...more });

  test('blocks a certificate in the same stack: nobody can delegate to it in time', () => {
    expect(lines(validationZones(made()).obstacles)).toEqual([
      expect.stringMatching(
        /^blocks zones Shop\/Zone: the zone is made in the stack whose certificate waits/,
      ),
    ]);
  });

  test('is a pause in the deployment where the certificate has another stack', () => {
    const app = stacksOf({
      Dns: {
        resources: { Zone: ZONE },
        sections: { Outputs: { Id: { Value: { Ref: 'Zone' }, Export: { Name: 'zone' } } } },
      },
      Shop: { resources: { Cert: certificate('pay.example.com', { 'Fn::ImportValue': 'zone' }) } },
    });
    expect(validationZones(app).obstacles).toMatchObject([
      {
        level: 'warns',
        where: 'Dns/Zone',
        remedy: 'deploy Dns first (cdk deploy Dns), delegate to it, then deploy the rest',
      },
    ]);
  });

  test('is fine where the app delegates to it', () => {
    const Delegation = {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        Name: 'example.com.',
        Type: 'NS',
        HostedZoneId: ID,
        ResourceRecords: { 'Fn::GetAtt': ['Zone', 'NameServers'] },
      },
    };
    expect(validationZones(made({ Delegation })).obstacles).toEqual([]);
  });

  test('never validates anything where it is private', () => {
    const Zone = {
      ...ZONE,
      Properties: { Name: 'example.com', VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'eu-west-1' }] },
    };
    expect(lines(validationZones(made({ Zone })).obstacles)).toEqual([
      expect.stringMatching(/^blocks zones Shop\/Zone: the zone is private/),
    ]);
  });
});

describe('a certificate without a zone', () => {
  test('waits for somebody who writes its record', () => {
    const { found, obstacles } = validationZones(stackOf({ Cert: certificate('a.example.com', undefined) }));
    expect([found, lines(obstacles)]).toEqual([
      [],
      [expect.stringMatching(/^warns zones Shop\/Cert: no zone is named for a\.example\.com/)],
    ]);
  });

  test.each([{ ValidationMethod: 'EMAIL' }, { ValidationMethod: { Ref: 'AWS::NoValue' } }])(
    'waits for a mail to be answered with %j',
    (more) => {
      const app = stackOf({ Cert: certificate('a.example.com', undefined, more) });
      expect(lines(validationZones(app).obstacles)).toEqual([
        expect.stringMatching(/a\.example\.com is validated by e-mail/),
      ]);
    },
  );

  test('waits for nobody where a private authority issues it', () => {
    const more = { CertificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:1:certificate-authority/1' };
    const app = stackOf({ Cert: certificate('a.example.com', undefined, more) });
    expect(validationZones(app)).toEqual({ found: [], obstacles: [] });
  });
});
