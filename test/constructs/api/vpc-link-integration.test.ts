import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { ApiVpcLink } from '../../../lib/constructs/api';
import { TlsNetworkLoadBalancer } from '../../../lib/constructs/network-load-balancer';
import { certificateIn, resourcesOf, stackIn, vpcIn } from '../support';
import { apiIn } from './support';

function linked(url = 'https://ledger.example.com/orders/{id}') {
  const stack = stackIn('eu-west-1');
  const vpc = vpcIn(stack);
  const ledger = new TlsNetworkLoadBalancer(stack, 'Ledger', { vpc });
  ledger.addTlsListener('Listener', {
    certificate: certificateIn(stack),
    targets: [new IpTarget('10.0.1.2')],
  });
  const link = new ApiVpcLink(stack, 'Link', { vpc });
  apiIn(stack).addRoute('GET /orders/{id}', link.to(ledger, { url }), {
    requestParameters: { 'method.request.path.id': true },
  });
  return { stack, ledger };
}

describe('a VPC link', () => {
  test('leads to a load balancer over TLS, whose certificate is verified for the name in the address', () => {
    const { stack } = linked();
    const [method] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method'));
    const [loadBalancer] = Object.keys(resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer'));
    const [link] = Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::VpcLink'));
    expect(method?.Properties.Integration).toEqual({
      Type: 'HTTP_PROXY',
      IntegrationHttpMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: { Ref: link },
      IntegrationTarget: { Ref: loadBalancer },
      Uri: 'https://ledger.example.com/orders/{id}',
    });
    // The legacy kind of link, whose traffic no security group of ours would name.
    expect(resourcesOf(stack, 'AWS::ApiGateway::VpcLink')).toEqual({});
  });

  test('may connect to that load balancer by that port, and to nothing else', () => {
    const { stack } = linked('https://ledger.example.com:8443');
    const groups = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).map(
      ({ Properties }) => Properties,
    );
    const [own] = groups.filter(
      ({ GroupDescription }) => GroupDescription === 'Connections of an API to load balancers',
    );
    expect(own?.SecurityGroupIngress).toBeUndefined();
    const egress = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroupEgress')).filter(
      ({ Properties }) => JSON.stringify(Properties.GroupId).includes('Link'),
    );
    expect(egress).toMatchObject([{ Properties: { FromPort: 8443, ToPort: 8443 } }]);
  });

  test('another load balancer makes another deployment', () => {
    const deploymentOf = (id: string) => {
      const stack = stackIn('eu-west-1');
      const vpc = vpcIn(stack);
      const balancer = new TlsNetworkLoadBalancer(stack, id, { vpc });
      const link = new ApiVpcLink(stack, 'Link', { vpc });
      apiIn(stack).addRoute('GET /a', link.to(balancer, { url: 'https://ledger.example.com/' }));
      return Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Deployment'));
    };
    expect(deploymentOf('One')).not.toEqual(deploymentOf('Two'));
  });

  test.each<[string, string]>([
    ['plaintext', 'http://ledger.example.com/'],
    [
      'the name of a load balancer, for which nobody has a certificate',
      'https://a-1.elb.eu-west-1.amazonaws.com/',
    ],
    ['no name', '/orders'],
    ['an address without a dot', 'https://ledger/'],
    ['an IP address, for which no authority that API Gateway knows gives certificates', 'https://10.0.1.2/'],
    ['a port that is none', 'https://ledger.example.com:70000/'],
    [
      'the name of a load balancer of the other kind',
      'https://internal-a-1.eu-west-1.elb.amazonaws.com/orders',
    ],
  ])('refuses %s', (_, url) => {
    expect(() => linked(url)).toThrow(
      `Stack/Link: 'url' must begin with https:// and the name in the certificate of the load balancer, got ${JSON.stringify(url)}, name it as https://ledger.example.com/orders`,
    );
  });

  test('refuses an address that is not known yet', () => {
    const stack = stackIn();
    const vpc = vpcIn(stack);
    const target = { loadBalancerArn: 'arn', connections: new ec2.Connections() };
    expect(() =>
      new ApiVpcLink(stack, 'Link', { vpc }).to(target, { url: Stack.of(stack).urlSuffix }),
    ).toThrow(
      "Stack/Link: 'url' must be a literal, since the name in it is verified and its port opened, got an unresolved value, read it from configuration",
    );
  });
});
