import { type Asked, isAllowed } from './key-policy';
import {
  arnIn,
  type KeyPlace,
  type KeySpec,
  type KeyUsage,
  type KmsKey,
  type Material,
  newKeyId,
  newMaterial,
} from './keys';
import { KmsError } from './kms-error';
import { readPolicy } from './policy-document';
import type { Principal } from './principals';

const DAY = 24 * 60 * 60 * 1000;

/** A key to be made. */
export interface NewKey {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  /**
   * As JSON.
   *
   * @default - the account may do everything, and its IAM policies say who may
   */
  readonly policy?: string;
  readonly description?: string;
  readonly multiRegion?: boolean;
  /** @default - new and random */
  readonly material?: Material;
}

/** What is asked of a key, by whom. */
export interface Use extends Asked {
  readonly keyId: string;
  readonly principal: Principal;
  /** What the key must be for; without it, any key and any state will do. */
  readonly usage?: KeyUsage;
  readonly dryRun?: boolean;
}

/** The keys and aliases of one account in one Region. */
export class KeyRing {
  readonly #keys = new Map<string, KmsKey>();
  readonly #aliases = new Map<string, string>();

  constructor(
    readonly place: KeyPlace,
    readonly now: () => number,
  ) {}

  /** All keys; what was to be deleted by now is gone. */
  get keys(): readonly KmsKey[] {
    for (const key of this.#keys.values())
      if (key.deletion !== undefined && this.now() >= key.deletion) this.#keys.delete(key.id);
    return [...this.#keys.values()];
  }

  /** The aliases, each with the id of its key. */
  get aliases(): ReadonlyMap<string, string> {
    return this.#aliases;
  }

  add({ spec, usage, policy, description = '', multiRegion = false, material }: NewKey): KmsKey {
    const id = newKeyId(multiRegion);
    const { partition, account } = this.place;
    const policyText = policy ?? defaultPolicy(partition, account);
    const key: KmsKey = {
      id,
      arn: arnIn(this.place, `key/${id}`),
      account,
      spec,
      usage,
      multiRegion,
      description,
      created: this.now(),
      materials: [material ?? newMaterial(spec)],
      state: 'Enabled',
      policyText,
      policy: readPolicy(policyText),
    };
    this.#keys.set(id, key);
    return key;
  }

  remove({ id }: KmsKey): void {
    this.#keys.delete(id);
  }

  setAlias(name: string, keyId: string): void {
    this.#aliases.set(name, keyId);
  }

  deleteAlias(name: string): void {
    this.#aliases.delete(name);
  }

  /** The key that an id, an ARN or an alias names. */
  find(name: string): KmsKey {
    const bare = this.#bare(name);
    if (bare.startsWith('alias/')) {
      const id = this.#aliases.get(bare);
      if (id === undefined)
        throw new KmsError('NotFoundException', `Alias ${arnIn(this.place, bare)} is not found.`);
      return this.find(id);
    }
    const key = this.keys.find(({ id }) => id === bare);
    if (key === undefined)
      throw new KmsError('NotFoundException', `Key '${arnIn(this.place, `key/${bare}`)}' does not exist`);
    return key;
  }

  /** The key, where the principal may do this with it and it can. */
  use({ keyId, principal, usage, dryRun = false, ...asked }: Use): KmsKey {
    const key = this.find(keyId);
    this.allow(key, principal, asked);
    if (usage !== undefined) {
      this.assertUsable(key);
      if (key.usage !== usage) {
        const operation = asked.action.slice('kms:'.length);
        throw new KmsError(
          'InvalidKeyUsageException',
          `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`,
        );
      }
    }
    if (dryRun)
      throw new KmsError(
        'DryRunOperationException',
        'The request would have succeeded, but the DryRun option is set.',
      );
    this.#rotateWhenDue(key);
    return key;
  }

  /** @throws KmsError `AccessDeniedException` */
  allow(key: KmsKey, principal: Principal, asked: Asked): void {
    if (isAllowed(key, principal, asked)) return;
    throw new KmsError(
      'AccessDeniedException',
      `User: ${principal.arn} is not authorized to perform: ${asked.action} on resource: ${key.arn} because no resource-based policy allows the ${asked.action} action`,
    );
  }

  /** @throws KmsError where a key is disabled or will be deleted */
  assertUsable({ arn, state }: KmsKey): void {
    if (state === 'Disabled') throw new KmsError('DisabledException', `${arn} is disabled.`);
    if (state === 'PendingDeletion')
      throw new KmsError('KMSInvalidStateException', `${arn} is pending deletion.`);
  }

  /** A new material, when its day has come. */
  #rotateWhenDue(key: KmsKey): void {
    while (key.rotation !== undefined && this.now() >= key.rotation.next) {
      key.materials.push(newMaterial(key.spec));
      key.rotation.next += key.rotation.days * DAY;
    }
  }

  #bare(name: string): string {
    if (!name.startsWith('arn:')) {
      if (!/^(?:alias\/[\w/-]{1,250}|mrk-[0-9a-f]{32}|[0-9a-fA-F-]{36})$/.test(name))
        throw new KmsError('NotFoundException', `Invalid keyId '${name.slice(0, 64)}'`);
      return name;
    }
    const [, partition, service, region, account, resource = ''] = name.split(':');
    const { place } = this;
    if (partition !== place.partition || service !== 'kms' || region !== place.region)
      throw new KmsError('NotFoundException', `Invalid arn ${place.region}`);
    // Keys of another account are shown to nobody here.
    if (account !== place.account)
      throw new KmsError('AccessDeniedException', 'The ciphertext or the key is of another account');
    return resource.startsWith('key/') ? resource.slice('key/'.length) : resource;
  }
}

/** The policy of a key that is made without one (AWS KMS developer guide, "Default key policy"). */
export function defaultPolicy(partition: string, account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}
