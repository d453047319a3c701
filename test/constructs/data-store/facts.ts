import type { Stack } from 'aws-cdk-lib';
import { type Connector, collectFacts, type Fact } from '../../../lib/judge/hops';
import { App, type JsonMap } from '../../../lib/judge/template';
import { rendered } from '../support';

/** What the judge sees in a stack, by one connector. */
export function factsIn(stack: Stack, connector: Connector): readonly Fact[] {
  const json = rendered(stack).toJSON() as JsonMap;
  const app = new App([{ name: 'Stack', stackName: 'Stack', region: stack.region, json }]);
  return collectFacts(app, [connector], connector.makes).all;
}
