// @ts-nocheck: an app as users write it
const { App, Stack, Validations, aws_elasticloadbalancingv2: elb, aws_ec2: ec2 } = require('aws-cdk-lib');

/** Rules of the app itself, which would end its synthesis. */
class OwnRules {
  name = 'OwnRules';

  validate() {
    const violatingResources = [{ locations: [] }];
    const violations = [{ ruleName: 'Never', severity: 'fatal', description: 'x', violatingResources }];
    return { success: false, violations };
  }
}

class Shop extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 1, natGateways: 0 });
    const balancer = new elb.NetworkLoadBalancer(this, 'Balancer', { vpc });
    const fixed = { port: 443, certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x' }] };
    const listener = balancer.addListener('Tls', {
      ...fixed,
      defaultTargetGroups: [new elb.NetworkTargetGroup(this, 'Targets', { vpc, port: 443, protocol: 'TLS' })],
    });
    listener.node.defaultChild.addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-2016-08');
  }
}

// As an app that knows nothing of us, and keeps no stacks.
const app = new App({
  stackTraces: false,
  context: { 'aws:cdk:disable-logicalId-metadata': true },
  postCliContext: {
    'aws:cdk:disable-creation-stack-traces': true,
    '@aws-cdk/core:failSynthOnValidationErrors': true,
  },
});
process.stdout.write(`stage ${app.node.tryGetContext('stage')}, owner ${app.node.tryGetContext('owner')}\n`);
process.stderr.write('::error file=app.js::an app that \u001b[31mprints\n');
Validations.of(app).addPlugins(new OwnRules());
new Shop(app, 'Shop');
