/**
 * A vault for card numbers: a shop holds tokens, and each of its services may do one thing with them.
 */
import { type App, Stack, Validations } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { type IPrivateNetwork, TokenVault, TransmissionChecks } from 'cdk-secure-transmission';

/** What the team has already. */
export interface Surroundings {
  readonly network: IPrivateNetwork;
  /** The roles of its services. */
  readonly checkout: IRole;
  readonly support: IRole;
  readonly settlement: IRole;
  readonly privacy: IRole;
  readonly operator: IRole;
}

/** The vault; whoever calls this synthesises the app. */
export function tokenVault(app: App, surroundings: (stack: Stack) => Surroundings): Stack {
  const stack = new Stack(app, 'Payments', { env: { region: 'eu-west-1' } });
  const { network, checkout, support, settlement, privacy, operator } = surroundings(stack);
  // #region vault
  const vault = new TokenVault(stack, 'Vault', {
    network,
    owner: 'payments@shop.example',
    tenants: {
      shop: {
        grantees: {
          checkout: ['tokenize'],
          support: ['reveal-masked'],
          settlement: ['reveal-full'],
          privacy: ['erase'],
        },
      },
    },
  });
  vault.grantTokenize(checkout, { tenant: 'shop' });
  vault.grantReveal(support, { tenant: 'shop', view: 'masked' });
  vault.grantReveal(settlement, { tenant: 'shop', view: 'full' });
  vault.grantErase(privacy, { tenant: 'shop' });
  // #endregion vault
  // #region operator
  vault.grantRotate(operator, { tenant: 'shop' });
  vault.grantReplay(operator);
  // #endregion operator
  Validations.of(app).addPlugins(new TransmissionChecks(app));
  return stack;
}
