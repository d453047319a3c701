import { vpcLattice } from '../../../lib/judge/hops/connectors/vpc-lattice';
import { VPC_LATTICE_RULES } from '../../../lib/judge/rules/vpc-lattice';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, wordsOf } from '../support';

const SERVICE = { Type: 'AWS::VpcLattice::Service', Properties: { AuthType: 'AWS_IAM' } };

const app = (protocol: JsonMap | string, target: JsonMap | string = 'HTTPS', service: JsonMap = SERVICE) => ({
  Service: service,
  Listener: {
    Type: 'AWS::VpcLattice::Listener',
    Properties: { ServiceIdentifier: { Ref: 'Service' }, Protocol: protocol, DefaultAction: { Forward: {} } },
  },
  Targets: { Type: 'AWS::VpcLattice::TargetGroup', Properties: { Type: 'IP', Config: { Protocol: target } } },
});

function words(id: string, resources: JsonMap, parts: object = {}): readonly string[] {
  const found = VPC_LATTICE_RULES.find((rule) => rule.id === id);
  return found === undefined ? ['no such rule'] : wordsOf(found, factsOf(vpcLattice, resources, parts));
}

const PARAMETER = { Parameters: { Protocol: { Type: 'String' } } };
const HIDDEN = { Ref: 'Protocol' };

describe('LatticeListenerIsEncrypted', () => {
  test('passes HTTPS, and TLS that is passed through', () => {
    expect(words('LatticeListenerIsEncrypted', app('HTTPS'))).toEqual(['compliant']);
    expect(words('LatticeListenerIsEncrypted', app('TLS_PASSTHROUGH', 'TCP'))).toEqual(['compliant']);
  });

  test('fails HTTP', () => {
    expect(words('LatticeListenerIsEncrypted', app('HTTP'))).toEqual([
      'violation at Properties.Protocol: HTTP',
    ]);
  });

  test('cannot tell a parameter without a default', () => {
    expect(words('LatticeListenerIsEncrypted', app(HIDDEN), PARAMETER)).toEqual([
      'unknown at Properties.Protocol',
    ]);
  });

  test('judges each branch of Fn::If', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const found = words('LatticeListenerIsEncrypted', app({ 'Fn::If': ['IsProd', 'HTTPS', 'HTTP'] }), parts);
    expect([...found].sort()).toEqual(['compliant', 'violation at Properties.Protocol: HTTP']);
  });
});

describe('LatticeListenerIsNotPassedThrough', () => {
  test('passes HTTPS and fails TLS_PASSTHROUGH', () => {
    expect(words('LatticeListenerIsNotPassedThrough', app('HTTPS'))).toEqual(['compliant']);
    expect(words('LatticeListenerIsNotPassedThrough', app('TLS_PASSTHROUGH', 'TCP'))).toEqual([
      'violation at Properties.Protocol: TLS_PASSTHROUGH',
    ]);
  });
});

describe('LatticeServiceAuthenticatesClients', () => {
  test('passes AWS_IAM, fails a service that asks nobody, and leaves plaintext to the rule about it', () => {
    const open = { Type: 'AWS::VpcLattice::Service', Properties: { AuthType: 'NONE' } };
    const id = 'LatticeServiceAuthenticatesClients';
    expect(words(id, app('HTTPS'))).toEqual(['compliant']);
    expect(words(id, app('HTTPS', 'HTTPS', open))).toEqual(['violation at Properties.AuthType: NONE']);
    expect(words(id, app('HTTP', 'HTTPS', open))).toEqual([]);
  });
});

describe('LatticeTargetsAreEncrypted', () => {
  test('passes HTTPS, fails HTTP and cannot tell a parameter', () => {
    const id = 'LatticeTargetsAreEncrypted';
    expect(words(id, app('HTTPS'))).toEqual(['compliant']);
    expect(words(id, app('HTTPS', 'HTTP'))).toEqual(['violation at Properties.Config.Protocol: HTTP']);
    expect(words(id, app('HTTPS', HIDDEN), PARAMETER)).toEqual(['unknown at Properties.Config.Protocol']);
  });
});

describe('LatticeTargetsAreAuthenticated', () => {
  test('fails HTTPS, since Lattice verifies no certificate, and says nothing about plaintext', () => {
    const id = 'LatticeTargetsAreAuthenticated';
    expect(words(id, app('HTTPS'))).toEqual(['violation at Properties.Config.Protocol: HTTPS']);
    expect(words(id, app('HTTPS', 'HTTP'))).toEqual([]);
  });
});

describe('a rule of a listener that no template at hand makes', () => {
  const rule = (action: JsonMap, listener: JsonMap | string = 'listener-1'): JsonMap => ({
    Rule: {
      Type: 'AWS::VpcLattice::Rule',
      Properties: { ListenerIdentifier: listener, ServiceIdentifier: 'svc-1', Action: action },
    },
  });

  test('may forward what came in clear', () => {
    expect(words('LatticeListenerIsEncrypted', rule({ Forward: {} }))).toEqual([
      'unknown at Properties.ListenerIdentifier',
    ]);
    expect(words('LatticeListenerIsEncrypted', rule({ Forward: {} }, HIDDEN), PARAMETER)).toEqual([
      'unknown at Properties.ListenerIdentifier',
    ]);
  });

  test('refuses it with a fixed response', () => {
    expect(words('LatticeListenerIsEncrypted', rule({ FixedResponse: { StatusCode: 404 } }))).toEqual([]);
  });

  test('is judged with its listener where that is at hand', () => {
    const resources = { ...app('HTTPS'), ...rule({ Forward: {} }, { Ref: 'Listener' }) };
    expect(words('LatticeListenerIsEncrypted', resources)).toEqual(['compliant']);
  });
});
