import { CfnParameter } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpsTargetGroup } from '../../lib/constructs/load-balancer';
import { TlsTargetGroup } from '../../lib/constructs/network-load-balancer';
import { rendered, stackIn, vpcIn } from './support';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

describe.each([
  ['HttpsTargetGroup', HttpsTargetGroup],
  ['TlsTargetGroup', TlsTargetGroup],
])('%s', (_, Group) => {
  function define(props: { targetGroupName?: string; port?: number }) {
    const stack = stackIn();
    new Group(stack, 'Group', { vpc: vpcIn(stack), targetType: elbv2.TargetType.IP, ...props });
    return stack;
  }

  test.each(['a', 'a'.repeat(32), 'shop-blue'])('takes the name %j', (targetGroupName) => {
    rendered(define({ targetGroupName })).hasResourceProperties(TARGET_GROUP, { Name: targetGroupName });
  });

  test.each(['', 'a'.repeat(33), '-shop', 'shop-', 'shop_blue', 'shop.blue'])(
    'refuses the name %j when it is made, not only at synthesis',
    (targetGroupName) => {
      expect(() => define({ targetGroupName })).toThrow(
        `Stack/Group: 'targetGroupName' must be 1 to 32 letters, digits and inner hyphens, got ${JSON.stringify(targetGroupName)} of ${targetGroupName.length} characters, leave it out to have one made`,
      );
    },
  );

  test.each([0, 65_536, 44.3])('refuses the port %d', (port) => {
    expect(() => define({ port })).toThrow(
      `Stack/Group: 'port' must be a whole number from 1 to 65535, got ${port}`,
    );
  });

  test('takes a name and a port that are known at deployment only', () => {
    const stack = stackIn();
    const targetGroupName = new CfnParameter(stack, 'Name').valueAsString;
    const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
    new Group(stack, 'Group', {
      vpc: vpcIn(stack),
      targetType: elbv2.TargetType.IP,
      targetGroupName,
      port,
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Name: { Ref: 'Name' }, Port: { Ref: 'Port' } });
  });
});
