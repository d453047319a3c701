import { ecs } from '../../../../lib/judge/hops/connectors/ecs';
import type { Json } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const connect = (Services: Json) =>
  hopsOf(
    factsOf(ecs, {
      Shop: {
        Type: 'AWS::ECS::Service',
        Properties: { ServiceConnectConfiguration: { Enabled: true, Services } },
      },
    }),
    'ecs.service-connect',
  );

describe('a hop of Service Connect', () => {
  test('with an authority is TLS 1.3, encrypted and authenticated, with certificates of that authority', () => {
    const Tls = { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn' } };
    const [hop, ...others] = connect([{ PortName: 'pay', Tls }]);
    expect(others).toEqual([]);
    expect(hop).toMatchObject({
      label: 'pay',
      from: { what: 'vpc' },
      to: { resource: { logicalId: 'Shop' } },
    });
    expect(hop?.protocol.value).toBe('tls');
    expect(hop?.floor.value).toBe('TLSv1.3');
    expect(hop?.serverAuthenticated.value).toBe(true);
    expect(hop?.certificate.value).toBe('private-ca');
    // Clients are told apart by nobody: AWS documents no certificate of theirs.
    expect(hop?.clientAuthentication.value).toBe('none');
  });

  test('without TLS is in clear: no version, no certificate, nobody authenticated', () => {
    const [hop] = connect([{ PortName: 'pay' }]);
    expect(hop?.protocol.value).toBe('plaintext');
    expect(hop?.floor.value).toBeUndefined();
    expect(hop?.serverAuthenticated.value).toBeUndefined();
    expect(hop?.certificate.value).toBeUndefined();
  });

  test('without an authority is not known, and authenticates nobody', () => {
    const [hop] = connect([{ PortName: 'pay', Tls: { KmsKey: 'key' } }]);
    expect(hop?.protocol.unknown).toBe('TLS has to have a certificate authority');
    expect(hop?.serverAuthenticated.value).toBeUndefined();
  });
});

test('what goes past a proxy is passed on, to a container that may end no TLS', () => {
  const facts = factsOf(ecs, {
    Shop: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        ServiceConnectConfiguration: {
          Services: [
            {
              PortName: 'pay',
              IngressPortOverride: 9443,
              Tls: { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn' } },
            },
          ],
        },
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ PortMappings: [{ Name: 'pay', ContainerPort: 8080 }] }] },
    },
  });
  expect(hopsOf(facts, 'ecs.service-port')).toMatchObject([
    { label: 'pay', from: { what: 'vpc' }, endsHere: false, protocol: { value: 'pass-through' } },
  ]);
});
