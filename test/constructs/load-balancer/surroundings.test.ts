import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import { TlsLoadBalancer, type TlsLoadBalancerProps } from '../../../lib/constructs/load-balancer';
import { ClientCertificates, ClientTrustStore } from '../../../lib/constructs/mutual-tls';
import { WebAcl, WebAclScope } from '../../../lib/constructs/web-acl';
import { elbV2 } from '../../../lib/judge/hops/connectors/elbv2';
import { factsOf, hopsOf } from '../../judge/support';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, rendered, resourcesOf, stackIn, vpcIn, zoneIn } from '../support';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
const TRUST_STORE_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/partners/1';
const REASON = 'The devices in the field cannot be renewed before their recall in May.';
/** A log of the access to a bucket for logs, which nobody can repair. */
const LOG_BUCKET = 'AwsSolutions-S1';

function define(stack: Stack, props: Partial<TlsLoadBalancerProps> = {}): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: props.vpc ?? vpcIn(stack),
    certificate: props.certificate ?? certificateIn(stack),
    ...props,
  });
}

const trustStoreIn = (stack: Stack) =>
  ClientTrustStore.fromClientTrustStoreAttributes(stack, 'Partners', { trustStoreArn: TRUST_STORE_ARN });

describe('Certificates of clients', () => {
  test('are not asked for unless somebody says so', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResourceProperties(LISTENER, { MutualAuthentication: Match.absent() });
  });

  test('are verified on the TLS listener, and not on the redirect to it', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      clientCertificates: ClientCertificates.verify(trustStoreIn(stack)),
      httpRedirect: true,
    });
    const listeners = Object.values(resourcesOf(stack, LISTENER)).map(({ Properties }) => [
      Properties.Port,
      Properties.MutualAuthentication,
    ]);
    expect(Object.fromEntries(listeners)).toEqual({
      80: undefined,
      443: {
        Mode: 'verify',
        TrustStoreArn: TRUST_STORE_ARN,
        IgnoreClientCertificateExpiry: false,
        AdvertiseTrustStoreCaNames: 'off',
      },
    });
  });

  test('are what the judge sees, which has nothing against them; nor has cdk-nag', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, {
      clientCertificates: ClientCertificates.verify(trustStoreIn(stack)),
    });
    const hops = hopsOf(factsOf(elbV2, rendered(stack).toJSON().Resources), 'elbv2.listener');
    expect(hops.map(({ clientAuthentication }) => clientAuthentication.value)).toEqual(['mutual-tls']);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(loadBalancer)).toEqual([LOG_BUCKET]);
  });

  test('go to the targets unverified only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      clientCertificates: ClientCertificates.passThrough({ unverifiedClientsReason: REASON }),
    });
    rendered(stack).hasResource(LISTENER, {
      Metadata: Match.objectLike({ SecureTransmission: { unverifiedClients: REASON } }),
      Properties: { MutualAuthentication: { Mode: 'passthrough' } },
    });
  });

  test('go to the targets unverified for no reason: refused at the load balancer', () => {
    const clientCertificates = ClientCertificates.passThrough({ unverifiedClientsReason: 'yes' });
    expect(() => define(stackIn('eu-west-1'), { clientCertificates })).toThrow(
      'Stack/Entry: \'unverifiedClientsReason\' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got "yes"',
    );
  });
});

describe('A web ACL', () => {
  const CLOUDFRONT_ARN = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1';
  const imported = (stack: Stack, webAclArn: string) =>
    WebAcl.fromWebAclAttributes(stack, 'Firewall', { webAclArn });

  test('stands before the load balancer, and no pack has anything to say', () => {
    const stack = stackIn('eu-west-1');
    const webAcl = new WebAcl(stack, 'Firewall', { scope: WebAclScope.REGIONAL });
    const loadBalancer = define(stack, { webAcl });
    rendered(stack).resourceCountIs(ASSOCIATION, 1);
    rendered(stack).hasResourceProperties(ASSOCIATION, {
      ResourceArn: { Ref: 'EntryB9FBB0A8' },
      WebACLArn: stack.resolve(webAcl.webAclArn),
    });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(loadBalancer)).toEqual([LOG_BUCKET]);
  });

  test('can stand before several', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const certificate = certificateIn(stack);
    const webAcl = new WebAcl(stack, 'Firewall', { scope: WebAclScope.REGIONAL });
    for (const id of ['One', 'Two']) new TlsLoadBalancer(stack, id, { vpc, certificate, webAcl });
    rendered(stack).resourceCountIs(ASSOCIATION, 2);
  });

  test('may stand in another stack, together with the certificate', () => {
    const shared = stackIn('eu-west-1');
    const stack = new Stack(shared.node.root, 'Shop', { env: { region: 'eu-west-1' } });
    const webAcl = new WebAcl(shared, 'Firewall', { scope: WebAclScope.REGIONAL });
    const certificate = new ManagedCertificate(shared, 'Certificate', {
      domainName: 'pay.example.com',
      hostedZones: [zoneIn(shared)],
    });
    define(stack, { webAcl, certificate });
    rendered(stack).resourceCountIs(ASSOCIATION, 1);
    rendered(shared).resourceCountIs(ASSOCIATION, 0);
  });

  test('of another app is known by its ARN', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/entry/1';
    define(stack, { webAcl: imported(stack, arn) });
    rendered(stack).hasResourceProperties(ASSOCIATION, { WebACLArn: arn });
  });

  test.each([
    ['of another app', (stack: Stack) => imported(stack, CLOUDFRONT_ARN)],
    ['of this one', (stack: Stack) => new WebAcl(stack, 'Firewall', { scope: WebAclScope.CLOUDFRONT })],
  ])('for CloudFront, %s, is refused', (_, webAclIn) => {
    const stack = stackIn('us-east-1');
    const certificate = certificateIn(stack, 'Certificate', 'us-east-1');
    expect(() => define(stack, { certificate, webAcl: webAclIn(stack) })).toThrow(
      "Stack/Entry: 'webAcl' must have the scope REGIONAL to stand before a load balancer, got CLOUDFRONT, define a second web ACL in its region",
    );
  });

  test('of another region is refused', () => {
    const stack = stackIn('eu-west-1');
    const far = new Stack(stack.node.root, 'Far', { env: { region: 'eu-central-1' } });
    const webAcl = new WebAcl(far, 'Firewall', { scope: WebAclScope.REGIONAL });
    expect(() => define(stack, { webAcl })).toThrow(
      'Stack/Entry: \'webAcl\' must be in the region of the load balancer (eu-west-1), got "eu-central-1", define one there',
    );
  });
});

describe('Behind VPC origins of CloudFront, a load balancer', () => {
  test('has no public address and admits the origin-facing addresses of CloudFront only', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const loadBalancer = define(stack, {
      vpc,
      internetFacing: false,
      allowedPeers: [ec2.Peer.prefixList('pl-4fa04526')],
    });
    rendered(stack).hasResourceProperties(BALANCER, {
      Scheme: 'internal',
      Subnets: stack.resolve(vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }).subnetIds),
    });
    const ingress = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress'));
    expect(ingress.map(({ Properties }) => Properties)).toEqual([
      {
        GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^EntrySecurityGroup/), 'GroupId'] },
        SourcePrefixListId: 'pl-4fa04526',
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        Description: 'TLS',
      },
    ]);
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
    });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(loadBalancer)).toEqual([LOG_BUCKET]);
  });
});

describe('Certificates of a load balancer', () => {
  const many = (stack: Stack, length: number) =>
    Array.from({ length }, (_, index) => certificateIn(stack, `c${index}`));
  const problem = (quota: number, got: number) =>
    `Stack/Entry: 'additionalCertificates' must leave the listener with at most ${quota} certificates beside its first one, twins included, got ${got}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`;

  test('are at most 25 beside the first one', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { additionalCertificates: many(stack, 25) });
    rendered(stack).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerCertificate', 25);
  });

  test('are refused from the 26th beside the first one', () => {
    const stack = stackIn('eu-west-1');
    expect(() => define(stack, { additionalCertificates: many(stack, 26) })).toThrow(problem(25, 26));
  });

  test('count with their twins', () => {
    const stack = stackIn('eu-west-1');
    const arn = (id: string) => `arn:aws:acm:eu-west-1:111122223333:certificate/${id}`;
    const certificate = ManagedCertificate.fromManagedCertificateAttributes(stack, 'Twins', {
      certificateArn: arn('a'),
      rsaCertificateArn: arn('b'),
    });
    expect(() => define(stack, { certificate, additionalCertificates: many(stack, 25) })).toThrow(
      problem(25, 26),
    );
  });

  test('may be as many as the quota that AWS has raised, or that is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const certificateQuota = new CfnParameter(stack, 'Quota', { type: 'Number' }).valueAsNumber;
    const additionalCertificates = many(stack, 26);
    expect(() => define(stack, { additionalCertificates, certificateQuota })).not.toThrow();
    const second = stackIn('eu-west-1');
    expect(() => define(second, { additionalCertificates: many(second, 31), certificateQuota: 30 })).toThrow(
      problem(30, 31),
    );
  });
});
