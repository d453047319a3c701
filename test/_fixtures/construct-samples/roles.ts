import type { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as publicApi from '../../../lib';

/** The classes among what `lib/index.ts` exports that are constructs, by name. */
export const PUBLIC_CONSTRUCTS: ReadonlyMap<string, typeof Construct> = new Map(
  Object.entries(publicApi).flatMap(([name, exported]) =>
    typeof exported === 'function' && exported.prototype instanceof Construct
      ? [[name, exported as unknown as typeof Construct]]
      : [],
  ),
);

/**
 * What a resource is, wherever it stands: the public construct that made it, and its place in it, such as
 * `EncryptedQueue/DeadLetters/Resource`. A bucket for logs says of which kind; what no public construct made has its
 * path in the stack.
 */
export function roleOf(resource: CfnResource): string {
  const scopes = resource.node.scopes;
  for (let index = scopes.length - 1; index > 0; index--) {
    const owner = scopes[index];
    const name = owner && nameOf(owner);
    if (name !== undefined) return [name, ...idsBelow(scopes, index)].join('/');
  }
  return idsBelow(scopes, scopes.indexOf(resource.stack)).join('/');
}

function idsBelow(scopes: CfnResource['node']['scopes'], index: number): string[] {
  return scopes.slice(index + 1).map(({ node }) => node.id.replace(PERMISSION_OF_METHOD, '$1'));
}

/** `ApiPermission.Test.StackApiA52BC84.POST..payments`: the id holds the unique name of the API, which is that of its app. */
const PERMISSION_OF_METHOD = /^(ApiPermission\.(?:Test\.)?)\w+\.(?=[A-Z]+\.)/;

function nameOf(owner: unknown): string | undefined {
  const [name] = [...PUBLIC_CONSTRUCTS].find(([, type]) => isExactly(owner, type)) ?? [];
  return owner instanceof publicApi.LogBucket ? `${name}(${owner.kind})` : name;
}

function isExactly(owner: unknown, type: typeof Construct): boolean {
  return typeof owner === 'object' && owner !== null && Object.getPrototypeOf(owner) === type.prototype;
}
