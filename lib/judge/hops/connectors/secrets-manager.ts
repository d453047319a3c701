import { type Protected, readDocument } from '../../policy';
import { type Cursor, Reference, type Resource, type Value, type World } from '../../template';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact } from '../fact';
import {
  type DenialService,
  endpointHop,
  foreignDenials,
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
  types: [SECRET, RESOURCE_POLICY.type],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === SECRET
      ? secretFacts(view)
      : foreignDenials(view, [RESOURCE_POLICY], SERVICE, SECRET, (secret) =>
          protectedSecret(secret.value() ?? '', () => undefined),
        );
  },
};

function secretFacts(view: Cursor): Fact[] {
  const { resource, world } = view;
  const key = view.at('KmsKeyId');
  // `Ref` is the ARN; its last characters are made up at deployment.
  const arn = new Reference(resource, 'Ref');
  const target = protectedSecret(arn, (reference) => (reference.resource === resource ? arn : undefined));
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
}

function protectedSecret(arn: Value, resolve: Protected['resolve']): Protected {
  return {
    type: SECRET,
    arn,
    resolve,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
    parts: [{ suffix: '', name: 'the secret', examples: [] }],
  };
}
