import { CfnResource, type Stack } from 'aws-cdk-lib';
import { distribution } from './cloudfront';
import { listener, TO_HTTPS } from './load-balancers';
import type { WrongVerdict } from './wrong-verdict';

const MINIMUM = 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion';
const VIEWER = 'cloudfront.CloudFrontDistributionHttpsViewerNoOutdatedSSL';

function overridden(stack: Stack, declared: string, override: string): void {
  const made = distribution(stack, { minimumProtocolVersion: declared });
  made.addPropertyOverride(MINIMUM, override);
}

function generic(stack: Stack, action: object): void {
  const properties = {
    LoadBalancerArn:
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef',
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [action],
  };
  const made = new CfnResource(stack, 'Listener', {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties,
  });
  made.overrideLogicalId('Listener');
}

const REDIRECT = {
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
};
const FORWARD = {
  Type: 'forward',
  TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/0123456789abcdef',
};

/** What differs whatever the service is, by how a resource is written. */
export const ENGINE: readonly WrongVerdict[] = [
  {
    id: 'generic-resource',
    service: 'Constructs',
    about: 'a listener forwards in clear, and is written as a plain `CfnResource`',
    cdkNagRule: 'elb.ALBHttpToHttpsRedirection',
    cdkNagSays: 'not applicable',
    right: 'violation',
    ourRule: 'ListenerIsEncrypted',
    at: 'Listener Properties.Protocol',
    build: (stack) => generic(stack, FORWARD),
    repaired: (stack) => generic(stack, REDIRECT),
  },
  {
    id: 'override-after-a-compliant-value',
    service: 'Constructs',
    about: 'an override takes the TLS policy of a distribution down to SSLv3',
    cdkNagRule: VIEWER,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'DistributionRequiresTls12',
    at: `Distribution Properties.${MINIMUM}`,
    build: (stack) => overridden(stack, 'TLSv1.2_2021', 'SSLv3'),
    repaired: (stack) => overridden(stack, 'TLSv1.2_2021', 'TLSv1.3_2025'),
  },
  {
    id: 'override-that-repairs',
    service: 'Constructs',
    about: 'an override lifts the TLS policy of a distribution from SSLv3 to TLS 1.2',
    cdkNagRule: VIEWER,
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'DistributionRequiresTls12',
    build: (stack) => overridden(stack, 'SSLv3', 'TLSv1.2_2021'),
  },
  {
    id: 'override-that-replaces',
    service: 'Constructs',
    about: 'an override turns the redirect of an HTTP listener into a forward',
    cdkNagRule: 'elb.ALBHttpToHttpsRedirection',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'ListenerIsEncrypted',
    at: 'Listener Properties.Protocol',
    build: (stack) => {
      const made = listener(stack, { port: 80, protocol: 'HTTP', defaultActions: [TO_HTTPS] });
      made.addPropertyOverride('DefaultActions', [FORWARD]);
    },
    repaired: (stack) => void listener(stack, { port: 80, protocol: 'HTTP', defaultActions: [TO_HTTPS] }),
  },
];
