import type { Stack } from 'aws-cdk-lib';
import { PrivateNetwork } from '../../../lib/constructs/network';
import { TokenVault, type TokenVaultProps } from '../../../lib/constructs/token-vault';
import { stackIn } from '../support';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** A network that exists already, so that templates hold the vault and nothing else. */
export function networkIn(stack: Stack): ReturnType<typeof PrivateNetwork.fromPrivateNetworkAttributes> {
  return PrivateNetwork.fromPrivateNetworkAttributes(stack, 'Network', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: [`${REGION}a`, `${REGION}b`],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
    privateSubnetsHaveEgress: false,
  });
}

/** A shop whose checkout makes tokens, and whose other services each have one right. */
export const TENANTS: TokenVaultProps['tenants'] = {
  shop: {
    grantees: {
      checkout: ['tokenize', 'look-up'],
      support: ['reveal-masked'],
      settlement: ['reveal-full'],
      privacy: ['erase'],
    },
  },
};

/** A vault by default but for what must be given. */
export function vaultIn(stack: Stack, props: Partial<TokenVaultProps> = {}): TokenVault {
  return new TokenVault(stack, 'Vault', {
    network: networkIn(stack),
    tenants: TENANTS,
    owner: 'payments@shop.example',
    vaultName: 'payments',
    ...props,
  });
}

/** The same in a stack of its own. */
export function vaultStack(props: (stack: Stack) => Partial<TokenVaultProps> = () => ({})): Stack {
  const stack = stackIn(REGION);
  vaultIn(stack, props(stack));
  return stack;
}
