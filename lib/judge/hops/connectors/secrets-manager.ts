import { readDocument } from '../../policy';
import { Reference, type Resource, type World } from '../../template';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact } from '../fact';
import {
  type DenialService,
  endpointHop,
  type PolicyType,
  plaintextDenial,
  policiesFor,
} from '../plaintext-denial';

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
    const denial = plaintextDenial(view, policiesFor(resource, world, [RESOURCE_POLICY]), target, SERVICE);
    return [
      denial,
      endpointHop(view, denial),
      store(view, {
        kind: 'secretsmanager',
        encryption: encryptionOf({ key, withoutKey: 'aws-managed-key' }),
        key: keyOf(key),
      }),
    ];
  },
};
