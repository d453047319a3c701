import { readDocument } from '../../policy';
import { Reference, type Resource, type World } from '../../template';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Store } from '../fact';
import { hidden, stated } from '../observed';
import { type DenialService, endpointHop, plaintextDenial } from '../plaintext-denial';

const REPOSITORY = 'AWS::ECR::Repository';

/** The endpoints of ECR speak TLS only. */
const SERVICE: DenialService = { kind: 'ecr.repository', plaintextEndpoint: false };

/** ECR: container registries, and what their policies refuse. */
export const ecr: Connector = {
  service: 'ecr',
  types: [REPOSITORY],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    const text = view.at('RepositoryPolicyText');
    const places = text.isPresent ? [{ at: text, document: readDocument(text) }] : [];
    const target = {
      type: REPOSITORY,
      arn: new Reference(resource, 'Arn'),
      resolve: () => undefined,
      actions: ['ecr:*'],
      parts: [
        {
          suffix: '',
          name: 'the repository',
          examples: [
            'ecr:BatchGetImage',
            'ecr:GetDownloadUrlForLayer',
            'ecr:PutImage',
            'ecr:UploadLayerPart',
          ],
        },
      ],
      // A repository policy names no resource.
      impliedResource: true as const,
    };
    const denial = plaintextDenial(view, places, target, SERVICE);
    return [denial, endpointHop(view, denial), repositoryStore(resource, world)];
  },
};

function repositoryStore(resource: Resource, world: World): Store {
  const view = world.view(resource);
  const type = view.at('EncryptionConfiguration', 'EncryptionType');
  const key = view.at('EncryptionConfiguration', 'KmsKey');
  const named = type.string();
  const encryption: Store['encryption'] =
    named.state === 'unresolved'
      ? hidden(type, named.why)
      : named.state === 'given' && named.value.startsWith('KMS')
        ? encryptionOf({ key, withoutKey: 'aws-managed-key' })
        : stated(type, 'service-key' as const, { given: named.state === 'given' });
  return store(view, { kind: 'ecr', encryption, key: keyOf(key) });
}
