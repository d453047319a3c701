import type { Construct } from 'constructs';
import { acceptFindings } from './accepted-findings';
import { DataStack } from './data-stack';
import { EdgeStack } from './edge-stack';
import { describeHoldings } from './holdings';
import { SETTINGS } from './settings';
import { ShopStack } from './shop-stack';

/** The stacks of the shop, in the order in which they are deployed. */
export interface Shop {
  readonly data: DataStack;
  readonly shop: ShopStack;
  readonly edge: EdgeStack;
}

/** Builds the shop in an app, or in a Stage of a pipeline. */
export function buildShop(scope: Construct, settings = SETTINGS): Shop {
  const env = { region: settings.region };
  const data = new DataStack(scope, 'Data', {
    env,
    settings,
    description: 'Shop: the network and the stores',
  });
  const shop = new ShopStack(scope, 'Shop', {
    env,
    settings,
    data,
    description: 'Shop: the load balancer and the containers',
  });
  const edge = new EdgeStack(scope, 'Edge', {
    env: { region: 'us-east-1' },
    settings,
    loadBalancer: shop.loadBalancer,
    description: 'Shop: the distribution and the name',
  });
  const stacks = { data, shop, edge };
  describeHoldings(stacks, settings);
  acceptFindings(stacks);
  return stacks;
}
