import { Duration } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { EncryptedQueue, EncryptedTopic, WebAcl } from '../../../lib';
import { existingZone } from '../../_fixtures/construct-samples/construct-sample';
import {
  certificate,
  type Limit,
  loadBalancer,
  network,
  networkListener,
  unresolved,
  unresolvedNumber,
} from './limit';

/** Values that nobody knows before the stack is deployed, where the template is made of them. */
export const NOT_LITERAL: readonly Limit[] = [
  {
    about: 'the ARN of a web ACL',
    build: (stack) => WebAcl.fromWebAclAttributes(stack, 'WebAcl', { webAclArn: unresolved() }),
    says: "'webAclArn' must be a literal, since it says what the web ACL stands before",
  },
  {
    about: 'the age of HSTS',
    build: (stack) =>
      loadBalancer(stack, { strictTransportSecurity: { maxAge: Duration.seconds(unresolvedNumber()) } }),
    says: "'strictTransportSecurity.maxAge' must be whole seconds that are known when the app is synthesised, set it to a number",
  },
  {
    about: 'a name in one of two zones',
    build: (stack) => {
      const zone = { zoneName: 'example.org', hostedZoneId: 'Z0123456789ABCDEFGHIK' };
      const second = route53.HostedZone.fromHostedZoneAttributes(stack, 'Second', zone);
      return certificate(stack, { domainName: unresolved(), hostedZones: [existingZone(stack), second] });
    },
    says: "'hostedZones' must hold exactly one zone where a name is an unresolved value",
  },
  {
    about: 'the protocol of a subscription',
    build: (stack) =>
      new EncryptedTopic(stack, 'Orders').addSubscription({
        bind: () => ({
          subscriberId: 'Billing',
          endpoint: 'https://billing.example.com',
          protocol: unresolved() as SubscriptionProtocol,
        }),
      }),
    says: "'subscription' must have a protocol that is known at synthesis, got an unresolved value",
  },
  {
    about: 'a reason',
    build: (stack) =>
      loadBalancer(stack).addTargets('Shop', {
        targets: [new IpTarget('10.0.1.2')],
        plaintextTargetsReason: unresolved(),
      }),
    says: "'plaintextTargetsReason' must be a sentence of 20 to 500 characters that says why the default cannot be kept",
  },
  {
    about: 'the number of availability zones',
    build: (stack) => network(stack, { availabilityZoneCount: unresolvedNumber() }),
    says: "'availabilityZoneCount' must be a literal, since each has subnets in the template, got an unresolved value, read it from configuration",
  },
  {
    about: 'the number of NAT gateways',
    build: (stack) => network(stack, { publicSubnets: true, natGateways: unresolvedNumber() }),
    says: "'natGateways' must be a literal, since each stands in the template, got an unresolved value, read it from configuration",
  },
  {
    about: 'the addresses of a network',
    build: (stack) => network(stack, { cidr: unresolved() }),
    says: "'cidr' must be a literal, since the subnets are cut out of it, got an unresolved value, read it from configuration",
  },
  {
    about: 'the port of a listener',
    build: (stack) => networkListener(stack, { port: unresolvedNumber() }),
    says: "'port' must be a literal, since listeners are told apart by it, got an unresolved value, read it from configuration",
  },
  {
    about: 'the unit of a time',
    build: (stack) => new EncryptedQueue(stack, 'Payments', { retention: Duration.days(unresolvedNumber()) }),
    says: "Duration must be specified as 'Duration.seconds()' here since its value comes from a token and cannot be converted",
    saidByCdk: 'MustBeDurationSpecifiedDuration',
  },
];
