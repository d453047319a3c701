import { createTokens } from '../app/create';
import type { Created, Dedupe } from '../app/create-item';
import type { Vault } from '../app/vault';
import { batch, type Call, type Done, defined, type Operation, operation } from './operation';

interface Body {
  readonly items: readonly {
    readonly type: string;
    readonly value: string;
    readonly subject?: string;
    readonly dedupe?: Dedupe;
    readonly ttlSeconds?: number;
  }[];
  readonly idempotencyKey?: string;
}

/** Creates tokens; nobody is told which values have some already. */
export const create: Operation = operation<Body>('create', (vault, call, body) =>
  made(vault, { ...call, mayLookUp: false }, body),
);

/** Creates tokens, or gives those that values have already, to who has the right to look up. */
export const deduplicate: Operation = operation<Body>('deduplicate', made);

async function made(vault: Vault, call: Call, { items, idempotencyKey }: Body): Promise<Done> {
  const { caller, mayLookUp } = call;
  const results = await createTokens(
    vault,
    defined({ caller, mayLookUp, idempotencyKey }),
    items.map(({ ttlSeconds, ...item }) => defined({ ...item, lifeSeconds: ttlSeconds })),
  );
  return batch(results, ({ token, masked, expires }: Created) =>
    defined({ token, masked, expiresAt: expires }),
  );
}
