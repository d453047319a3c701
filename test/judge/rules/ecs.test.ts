import { ecs } from '../../../lib/judge/hops/connectors/ecs';
import { ECS_RULES } from '../../../lib/judge/rules/ecs';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (id: string, type: string, properties: JsonMap) =>
  wordsOf(
    ruleNamed(ECS_RULES, id),
    factsOf(
      ecs,
      { It: { Type: `AWS::ECS::${type}`, Properties: properties } },
      { Parameters: { Value: { Type: 'String' }, Values: { Type: 'CommaDelimitedList' } } },
    ),
  );

describe('EfsVolumeIsEncryptedInTransit', () => {
  const judge = (volumes: Json) =>
    words('EfsVolumeIsEncryptedInTransit', 'TaskDefinition', { Volumes: volumes });
  const volume = (more: JsonMap = {}) => ({
    Name: 'v',
    EFSVolumeConfiguration: { FilesystemId: 'fs-1', ...more },
  });

  test('passes a volume that encrypts', () => {
    expect(judge([volume({ TransitEncryption: 'ENABLED' })])).toEqual(['compliant']);
  });

  test('fails a volume that does not, and one that does not say, at its place among other volumes', () => {
    expect(judge([{ Name: 'scratch' }, volume(), volume({ TransitEncryption: 'DISABLED' })])).toEqual([
      'violation at Properties.Volumes.1.EFSVolumeConfiguration.TransitEncryption: absent',
      'violation at Properties.Volumes.2.EFSVolumeConfiguration.TransitEncryption: DISABLED',
    ]);
  });

  test('says nothing about volumes that are no file system', () => {
    expect(judge([{ Name: 'scratch', Host: {} }])).toEqual([]);
  });

  test('cannot tell a hidden setting or list', () => {
    expect(judge([volume({ TransitEncryption: { Ref: 'Value' } })])).toEqual([
      'unknown at Properties.Volumes.0.EFSVolumeConfiguration.TransitEncryption',
    ]);
    expect(judge({ Ref: 'Values' })).toEqual(['unknown at Properties.Volumes']);
  });
});

describe('ServiceConnectUsesTls', () => {
  const judge = (configuration: JsonMap) =>
    words('ServiceConnectUsesTls', 'Service', { ServiceConnectConfiguration: configuration });
  const tls = { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn' } };

  test('passes a service with a certificate authority, and fails one beside it that has none', () => {
    expect(judge({ Enabled: true, Services: [{ PortName: 'a', Tls: tls }, { PortName: 'b' }] })).toEqual([
      'compliant',
      'violation at Properties.ServiceConnectConfiguration.Services.1.Tls: absent',
    ]);
  });

  test('says nothing about services that only call, are switched off or have no Service Connect', () => {
    expect(judge({ Enabled: true })).toEqual([]);
    expect(judge({ Enabled: false, Services: [{ PortName: 'a' }] })).toEqual([]);
    expect(words('ServiceConnectUsesTls', 'Service', {})).toEqual([]);
  });

  test('cannot tell a hidden list or setting', () => {
    expect(judge({ Enabled: true, Services: { Ref: 'Values' } })).toEqual([
      'unknown at Properties.ServiceConnectConfiguration.Services',
    ]);
    expect(judge({ Enabled: true, Services: [{ PortName: 'a', Tls: { Ref: 'Value' } }] })).toEqual([
      'unknown at Properties.ServiceConnectConfiguration.Services.0.Tls',
    ]);
  });
});

test.each([
  ['', {}],
  ['.AwsPcaAuthorityArn', { IssuerCertificateAuthority: {} }],
  ['.AwsPcaAuthorityArn', { IssuerCertificateAuthority: { AwsPcaAuthorityArn: '' } }],
])('cannot tell Service Connect with TLS and no authority%s', (property, Tls) => {
  const ServiceConnectConfiguration = { Enabled: true, Services: [{ PortName: 'p', Tls }] };
  expect(words('ServiceConnectUsesTls', 'Service', { ServiceConnectConfiguration })).toEqual([
    `unknown at Properties.ServiceConnectConfiguration.Services.0.Tls.IssuerCertificateAuthority${property}`,
  ]);
});

test('passes Service Connect with an authority of the same app, or one that a parameter names', () => {
  const Tls = (arn: JsonMap) => ({ IssuerCertificateAuthority: { AwsPcaAuthorityArn: arn } });
  const Services = [
    { PortName: 'a', Tls: Tls({ 'Fn::GetAtt': ['Authority', 'Arn'] }) },
    { PortName: 'b', Tls: Tls({ Ref: 'Value' }) },
  ];
  const ServiceConnectConfiguration = { Enabled: true, Services };
  expect(words('ServiceConnectUsesTls', 'Service', { ServiceConnectConfiguration })).toEqual([
    'compliant',
    'compliant',
  ]);
});

test('cannot tell a configuration of Service Connect that is hidden as a whole', () => {
  const ServiceConnectConfiguration = { Ref: 'Value' };
  expect(words('ServiceConnectUsesTls', 'Service', { ServiceConnectConfiguration })).toEqual([
    'unknown at Properties.ServiceConnectConfiguration.Services',
  ]);
});

describe('ServiceConnectIsNotBypassed', () => {
  const Tls = { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn' } };
  const mapping = (name: string, port: Json) => ({ Name: name, ContainerPort: port });
  const judge = (service: JsonMap, mappings: Json = [mapping('web', 8443)], task: Json = { Ref: 'Task' }) =>
    wordsOf(
      ruleNamed(ECS_RULES, 'ServiceConnectIsNotBypassed'),
      factsOf(
        ecs,
        {
          Shop: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: task,
              ServiceConnectConfiguration: { Enabled: true, Services: [{ PortName: 'web', ...service }] },
            },
          },
          Task: {
            Type: 'AWS::ECS::TaskDefinition',
            Properties: { ContainerDefinitions: [{ Name: 'app', PortMappings: mappings }] },
          },
        },
        { Parameters: { Port: { Type: 'Number' } } },
      ),
    );
  const AT = 'Properties.ServiceConnectConfiguration.Services.0.IngressPortOverride';

  test('fails a proxy that listens on another port than the container', () => {
    expect(judge({ Tls, IngressPortOverride: 9443 })).toEqual([`violation at ${AT}: 9443`]);
  });

  test('says nothing where the proxy has the port of the container, by itself or as it says', () => {
    expect(judge({ Tls })).toEqual([]);
    expect(judge({ Tls, IngressPortOverride: 8443 })).toEqual([]);
    expect(judge({ Tls, IngressPortOverride: '8443' })).toEqual([]);
  });

  test('says nothing of a proxy in clear, which is a fault of its own', () => {
    expect(judge({ IngressPortOverride: 9443 })).toEqual([]);
  });

  test.each<[string, JsonMap, Json, Json]>([
    [
      'the port of the proxy',
      { IngressPortOverride: { Ref: 'Port' } },
      [mapping('web', 8443)],
      { Ref: 'Task' },
    ],
    [
      'the port of the container',
      { IngressPortOverride: 9443 },
      [mapping('web', { Ref: 'Port' })],
      { Ref: 'Task' },
    ],
    [
      'the task',
      { IngressPortOverride: 9443 },
      [mapping('web', 8443)],
      'arn:aws:ecs:eu-west-1:1:task/shop:1',
    ],
    ['the name of the port', { IngressPortOverride: 9443 }, [mapping('other', 8443)], { Ref: 'Task' }],
    [
      'which of two ports',
      { IngressPortOverride: 9443 },
      [mapping('web', 8443), mapping('web', 8444)],
      { Ref: 'Task' },
    ],
  ])('cannot tell where the template hides %s', (_what, service, mappings, task) => {
    expect(judge({ Tls, ...service }, mappings, task)).toEqual([`unknown at ${AT}`]);
  });
});
