import { readDocument } from '../../policy';
import { Reference, type Resource, type World } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, INTERNET, keyOf, store } from '../data-store';
import type { Fact } from '../fact';
import { stated } from '../observed';
import { type DenialService, type PolicyType, plaintextDenial, policiesFor } from '../plaintext-denial';

const SECRET = 'AWS::SecretsManager::Secret';

const RESOURCE_POLICY: PolicyType = {
  type: 'AWS::SecretsManager::ResourcePolicy',
  target: 'SecretId',
  document: (policy) => {
    const at = policy.at('ResourcePolicy');
    return { at, document: readDocument(at) };
  },
};

/** The endpoints of Secrets Manager speak TLS only. */
const SERVICE: DenialService = { kind: 'secretsmanager.secret', plaintextEndpoint: false };

/** Secrets Manager: secrets, and what their policies refuse. */
export const secretsManager: Connector = {
  service: 'secrets-manager',
  types: [SECRET],
  reads: ['AWS::SecretsManager::ResourcePolicy'],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    const key = view.at('KmsKeyId');
    const target = {
      type: SECRET,
      // `Ref` is the ARN; its last characters are made up at deployment.
      arn: new Reference(resource, 'Ref'),
      resolve: (reference: Reference) =>
        reference.resource === resource ? new Reference(resource, 'Ref') : undefined,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      parts: [{ suffix: '', name: 'the secret', examples: [] }],
    };
    return [
      plaintextDenial(view, policiesFor(resource, world, [RESOURCE_POLICY]), target, SERVICE),
      hop(view, {
        kind: 'secretsmanager.secret',
        from: INTERNET,
        to: resourceParty(resource),
        protocol: stated(view, 'tls' as const),
        floor: stated(view, 'TLSv1.2' as const),
        serverAuthenticated: stated(view, true),
        clientAuthentication: stated(view, 'iam' as const),
        certificate: stated(view, 'service-owned' as const),
      }),
      store(view, {
        kind: 'secretsmanager',
        encryption: encryptionOf({ key, withoutKey: 'aws-managed-key' }),
        key: keyOf(key),
      }),
    ];
  },
};
