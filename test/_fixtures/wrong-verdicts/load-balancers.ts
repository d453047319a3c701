import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnLoadBalancer as CfnClassicLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancing';
import {
  CfnListener,
  type CfnListenerProps,
  CfnListenerRule,
  CfnLoadBalancer,
  CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { WrongVerdict } from './wrong-verdict';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const SERVER_CERTIFICATE = 'arn:aws:iam::111122223333:server-certificate/shop';
const POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/** What a listener does that has nothing to hide. */
export const TO_HTTPS = {
  type: 'redirect',
  redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
};

type ListenerChoices = Partial<CfnListenerProps> & { readonly lbType?: 'application' | 'network' };

function targetGroup(scope: Construct, protocol: string): CfnTargetGroup {
  const group = new CfnTargetGroup(scope, 'Targets', {
    protocol,
    port: 8443,
    targetType: 'ip',
    vpcId: 'vpc-11112222',
    ...(/^HTTP/.test(protocol) ? { healthCheckProtocol: protocol } : {}),
  });
  group.overrideLogicalId('Targets');
  return group;
}

/** A load balancer with one listener, which forwards over HTTPS unless told otherwise. */
export function listener(scope: Construct, choices: ListenerChoices = {}): CfnListener {
  const { lbType = 'application', ...rest } = choices;
  const balancer = new CfnLoadBalancer(scope, 'Balancer', { type: lbType, scheme: 'internal' });
  const targets = targetGroup(scope, lbType === 'network' ? 'TLS' : 'HTTPS');
  const made = new CfnListener(scope, 'Listener', {
    loadBalancerArn: balancer.ref,
    port: 443,
    protocol: lbType === 'network' ? 'TLS' : 'HTTPS',
    sslPolicy: POLICY,
    certificates: [{ certificateArn: CERTIFICATE }],
    defaultActions: [{ type: 'forward', targetGroupArn: targets.ref }],
    ...rest,
  });
  made.overrideLogicalId('Listener');
  return made;
}

/** A listener on port 80. */
export function plaintextListener(scope: Construct, action?: CfnListener.ActionProperty): CfnListener {
  const { defaultActions, ...http } = {
    port: 80,
    protocol: 'HTTP',
    defaultActions: action === undefined ? [] : [action],
  };
  const balancer = new CfnLoadBalancer(scope, 'Balancer', { type: 'application', scheme: 'internal' });
  const made = new CfnListener(scope, 'Listener', { loadBalancerArn: balancer.ref, ...http, defaultActions });
  made.overrideLogicalId('Listener');
  return made;
}

function redirectWithRule(scope: Construct, action: CfnListenerRule.ActionProperty): void {
  const first = plaintextListener(scope, TO_HTTPS);
  new CfnListenerRule(scope, 'Rule', {
    listenerArn: first.ref,
    priority: 1,
    conditions: [{ field: 'path-pattern', values: ['/pay/*'] }],
    actions: [action],
  }).overrideLogicalId('Rule');
}

function classic(scope: Construct, choice: Partial<CfnClassicLoadBalancer.ListenersProperty>): void {
  new CfnClassicLoadBalancer(scope, 'Classic', {
    listeners: [
      {
        loadBalancerPort: '443',
        instancePort: '8443',
        protocol: 'HTTPS',
        instanceProtocol: 'HTTPS',
        sslCertificateId: CERTIFICATE,
        policyNames: ['tls12'],
        ...choice,
      },
    ],
    policies: [
      {
        policyName: 'tls12',
        policyType: 'SSLNegotiationPolicyType',
        attributes: [{ Name: 'Reference-Security-Policy', Value: 'ELBSecurityPolicy-TLS-1-2-2017-01' }],
      },
    ],
    subnets: ['subnet-11112222'],
  }).overrideLogicalId('Classic');
}

const CLASSIC = 'elb.ELBTlsHttpsListenersOnly';
const ACM_V2 = 'elb.ELBv2ACMCertificateRequired';
const REDIRECTION = 'elb.ALBHttpToHttpsRedirection';

/** What differs about Elastic Load Balancing. */
export const LOAD_BALANCERS: readonly WrongVerdict[] = [
  {
    id: 'clb-http-listener',
    service: 'Elastic Load Balancing',
    about: 'a Classic Load Balancer listens on HTTP',
    cdkNagRule: CLASSIC,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'ClassicListenerIsEncrypted',
    at: 'Classic Properties.Listeners.0.Protocol',
    build: (stack) => classic(stack, { protocol: 'HTTP', instanceProtocol: 'HTTP', policyNames: [] }),
    repaired: (stack) => classic(stack, {}),
  },
  {
    id: 'clb-tcp-listener',
    service: 'Elastic Load Balancing',
    about: 'a Classic Load Balancer listens on TCP and hands bytes on as they come',
    cdkNagRule: CLASSIC,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'ClassicListenerIsNotPassedThrough',
    at: 'Classic Properties.Listeners.0.Protocol',
    build: (stack) => classic(stack, { protocol: 'TCP', instanceProtocol: 'TCP', policyNames: [] }),
    repaired: (stack) => classic(stack, {}),
  },
  {
    id: 'clb-certificate-by-reference',
    service: 'Elastic Load Balancing',
    about: 'a Classic Load Balancer has a certificate of ACM that the same template makes',
    cdkNagRule: 'elb.ELBACMCertificateRequired',
    cdkNagSays: 'rule threw',
    right: 'compliant',
    ourRule: 'ClassicListenerCertificateIsManaged',
    build: (stack) => {
      const certificate = new CfnCertificate(stack, 'Certificate', {
        domainName: 'shop.example.com',
        validationMethod: 'DNS',
      });
      classic(stack, { sslCertificateId: certificate.ref });
    },
  },
  {
    id: 'elbv2-iam-certificate',
    service: 'Elastic Load Balancing',
    about: 'a listener has a server certificate of IAM, which nobody renews',
    cdkNagRule: ACM_V2,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'ListenerCertificateIsManaged',
    at: 'Listener Properties.Certificates.0.CertificateArn',
    build: (stack) => void listener(stack, { certificates: [{ certificateArn: SERVER_CERTIFICATE }] }),
    repaired: (stack) => void listener(stack),
  },
  {
    id: 'elbv2-redirect-without-certificate',
    service: 'Elastic Load Balancing',
    about: 'an HTTP listener does nothing but redirect to HTTPS, so that it needs no certificate',
    cdkNagRule: ACM_V2,
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'ListenerIsEncrypted',
    build: (stack) => void plaintextListener(stack, TO_HTTPS),
  },
  {
    id: 'elbv2-tcp-without-certificate',
    service: 'Elastic Load Balancing',
    about:
      'a TCP listener of a Network Load Balancer passes TLS through, so that it can hold no certificate (that versions cannot be told is a warning of ours)',
    cdkNagRule: ACM_V2,
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'ListenerIsEncrypted',
    build: (stack) => {
      const balancer = new CfnLoadBalancer(stack, 'Balancer', { type: 'network', scheme: 'internal' });
      new CfnListener(stack, 'Listener', {
        loadBalancerArn: balancer.ref,
        port: 443,
        protocol: 'TCP',
        defaultActions: [{ type: 'forward', targetGroupArn: targetGroup(stack, 'TCP').ref }],
      });
    },
  },
  {
    id: 'elbv2-rule-forwards-plaintext',
    service: 'Elastic Load Balancing',
    about: 'an HTTP listener redirects by default, and a rule of it forwards a path in clear',
    cdkNagRule: REDIRECTION,
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'ListenerRuleForwardsOnlyTls',
    at: 'Rule Properties.Actions.0.Type',
    build: (stack) =>
      redirectWithRule(stack, { type: 'forward', targetGroupArn: targetGroup(stack, 'HTTPS').ref }),
    repaired: (stack) => redirectWithRule(stack, TO_HTTPS),
  },
  {
    id: 'elbv2-fixed-response',
    service: 'Elastic Load Balancing',
    about: 'an HTTP listener refuses every request with a fixed 403',
    cdkNagRule: REDIRECTION,
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'ListenerIsEncrypted',
    build: (stack) =>
      void plaintextListener(stack, { type: 'fixed-response', fixedResponseConfig: { statusCode: '403' } }),
  },
  {
    id: 'elbv2-no-tls-policy',
    service: 'Elastic Load Balancing',
    about: 'an HTTPS listener names no TLS policy, so that it takes TLS 1.0 (ELBSecurityPolicy-2016-08)',
    cdkNagRule: 'none',
    cdkNagSays: 'no rule',
    right: 'violation',
    ourRule: 'ListenerRequiresTls12',
    at: 'Listener Properties.SslPolicy',
    build: (stack) => {
      listener(stack).sslPolicy = undefined;
    },
    repaired: (stack) => void listener(stack),
  },
  {
    id: 'elbv2-tls-1-0-policy',
    service: 'Elastic Load Balancing',
    about: 'an HTTPS listener takes TLS 1.0 by name (ELBSecurityPolicy-TLS13-1-0-PQ-2025-09)',
    cdkNagRule: 'none',
    cdkNagSays: 'no rule',
    right: 'violation',
    ourRule: 'ListenerRequiresTls12',
    at: 'Listener Properties.SslPolicy',
    build: (stack) => void listener(stack, { sslPolicy: 'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09' }),
    repaired: (stack) => void listener(stack),
  },
  {
    id: 'nlb-tls-1-0-policy',
    service: 'Elastic Load Balancing',
    about: 'a TLS listener of a Network Load Balancer takes TLS 1.0',
    cdkNagRule: 'none',
    cdkNagSays: 'no rule',
    right: 'violation',
    ourRule: 'ListenerRequiresTls12',
    at: 'Listener Properties.SslPolicy',
    build: (stack) => void listener(stack, { lbType: 'network', sslPolicy: 'ELBSecurityPolicy-2016-08' }),
    repaired: (stack) => void listener(stack, { lbType: 'network' }),
  },
  {
    id: 'elbv2-plaintext-targets',
    service: 'Elastic Load Balancing',
    about: 'a load balancer ends TLS and sends plain HTTP to its targets',
    cdkNagRule: 'none',
    cdkNagSays: 'no rule',
    right: 'violation',
    ourRule: 'TargetGroupIsEncrypted',
    at: 'Targets Properties.Protocol',
    build: (stack) => {
      listener(stack);
      const [targets] = stack.node.children.filter((child) => child instanceof CfnTargetGroup);
      if (targets instanceof CfnTargetGroup) targets.protocol = 'HTTP';
    },
    repaired: (stack) => void listener(stack),
  },
];
