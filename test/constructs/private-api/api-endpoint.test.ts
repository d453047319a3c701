import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ApiAuthorization } from '../../../lib/constructs/api';
import { PrivateNetwork } from '../../../lib/constructs/network';
import type { PrivateApiProps } from '../../../lib/constructs/private-api';
import { functionIn } from '../api/support';
import { certificateIn, existingVpcIn, FLAGS, resourcesOf, stackIn, vpcIn } from '../support';
import { domainIn, importedEndpointIn, privateApiIn } from './support';

const onlyEndpointOf = (stack: Stack) => {
  const [only, ...others] = Object.values(resourcesOf(stack, 'AWS::EC2::VPCEndpoint'));
  expect(others).toEqual([]);
  return only?.Properties;
};

describe('the endpoint that is made in a network', () => {
  test('has private DNS, and lets nobody in until asked', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack);
    expect(onlyEndpointOf(stack)).toMatchObject({
      ServiceName: 'com.amazonaws.eu-west-1.execute-api',
      PrivateDnsEnabled: true,
    });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toEqual({});
  });

  test('leads to APIs behind the domain, and nowhere else', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack, { domain: domainIn(stack) });
    expect(onlyEndpointOf(stack).PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: '*',
        Condition: {
          ArnLike: {
            'execute-api:viaDomainArn': {
              'Fn::Join': [
                '',
                [
                  'arn:aws:execute-api:eu-west-1:',
                  { Ref: 'AWS::AccountId' },
                  ':/domainnames/orders.example.com+*',
                ],
              ],
            },
          },
        },
      },
    ]);
  });

  test('without a domain leads to that stage of APIs of the account', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack);
    expect(JSON.stringify(onlyEndpointOf(stack).PolicyDocument)).toContain(
      '"Resource":{"Fn::Join":["",["arn:aws:execute-api:eu-west-1:",{"Ref":"AWS::AccountId"},":*/prod/*"]]}',
    );
  });

  test('is shared with further APIs of the network, to which it leads too', () => {
    const stack = stackIn('eu-west-1');
    const { endpoints } = privateApiIn(stack, { domain: domainIn(stack) });
    const certificate = certificateIn(stack, 'payments');
    const domain = { domainName: 'payments.example.com', certificate };
    privateApiIn(stack, { endpoints, domain }, 'Payments');
    const text = JSON.stringify(onlyEndpointOf(stack).PolicyDocument);
    expect(text).toContain(':/domainnames/orders.example.com+*');
    expect(text).toContain(':/domainnames/payments.example.com+*');
  });

  test('admits peers, with a way out of theirs', () => {
    const stack = stackIn('eu-west-1');
    const shop = new ec2.SecurityGroup(stack, 'Shop', { vpc: existingVpcIn(stack), allowAllOutbound: false });
    privateApiIn(stack, { allowedPeers: [shop] });
    expect(Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress'))).toMatchObject([
      { Properties: { FromPort: 443, ToPort: 443, Description: 'TLS to a private API' } },
    ]);
    expect(Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroupEgress'))).toHaveLength(1);
  });
});

describe('endpoints that exist', () => {
  test('of a network keep their policy', () => {
    const stack = stackIn('eu-west-1');
    const network = new PrivateNetwork(stack, 'Network');
    const endpoint = network.addInterfaceEndpoint('Apis', {
      service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
    });
    privateApiIn(stack, { endpoints: [endpoint], domain: domainIn(stack) });
    const text = JSON.stringify(onlyEndpointOf(stack).PolicyDocument);
    expect(text).toContain('WithinPerimeter');
    expect(text).not.toContain('viaDomainArn');
  });

  test('that are imported are all named, by API, policies and associations', () => {
    const stack = stackIn('eu-west-1');
    const endpoints = ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1'].map((id) =>
      importedEndpointIn(stack, id),
    );
    privateApiIn(stack, { endpoints, domain: { ...domainIn(stack), hostedZone: undefined } });
    const [api] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
    const ids = endpoints.map(({ vpcEndpointId }) => vpcEndpointId);
    expect(api?.Properties.EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: ids });
    expect(
      Object.values(resourcesOf(stack, 'AWS::ApiGateway::DomainNameAccessAssociation')).map(
        ({ Properties }) => Properties.AccessAssociationSource,
      ),
    ).toEqual(ids);
  });

  const endpointIn = (stack: Stack, props: Partial<ec2.InterfaceVpcEndpointProps>) =>
    new ec2.InterfaceVpcEndpoint(stack, 'Endpoint', {
      vpc: vpcIn(stack),
      service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
      ...props,
    });

  test.each<[string, (stack: Stack) => Partial<PrivateApiProps>, string]>([
    [
      'without private DNS',
      (stack) => ({ endpoints: [endpointIn(stack, { privateDnsEnabled: false })] }),
      "Stack/Orders: 'endpoints[0]' must have private DNS, since requests must name the API in the TLS handshake as in the Host header (STRICT), which names of endpoints (vpce-…) do not, set 'privateDnsEnabled'",
    ],
    [
      'for another service',
      (stack) => ({
        endpoints: [endpointIn(stack, { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER })],
      }),
      'Stack/Orders: \'endpoints[0]\' must be for the service execute-api, got "com.amazonaws.eu-west-1.secretsmanager", use InterfaceVpcEndpointAwsService.APIGATEWAY',
    ],
    [
      'beside a network',
      (stack) => ({ vpc: existingVpcIn(stack), endpoints: [importedEndpointIn(stack)] }),
      "Stack/Orders: exactly one of 'vpc' and 'endpoints' must be set, since a private API is reached by endpoints only, name the network, or endpoints that exist",
    ],
    [
      'that are none',
      () => ({ endpoints: [] }),
      "Stack/Orders: exactly one of 'vpc' and 'endpoints' must be set, since a private API is reached by endpoints only, name the network, or endpoints that exist",
    ],
    [
      'with peers',
      (stack) => ({ endpoints: [importedEndpointIn(stack)], allowedPeers: [] }),
      "Stack/Orders: 'allowedPeers' needs 'vpc', whose endpoint is made here, use allowFrom for other endpoints",
    ],
    [
      'of other accounts whose ids are none',
      (stack) => ({ vpc: existingVpcIn(stack), endpointIdsOfOtherAccounts: ['vpc-1'] }),
      "Stack/Orders: 'endpointIdsOfOtherAccounts' must hold ids of endpoints such as vpce-0123456789abcdef0, got \"vpc-1\", see 'aws ec2 describe-vpc-endpoints'",
    ],
  ])('%s are refused', (_, props, message) => {
    const stack = stackIn('eu-west-1');
    expect(() => privateApiIn(stack, props(stack))).toThrow(message);
  });

  test('whose policy asks for a principal are refused for methods that take callers without one', () => {
    const stack = stackIn('eu-west-1');
    const network = new PrivateNetwork(stack, 'Network');
    const service = ec2.InterfaceVpcEndpointAwsService.APIGATEWAY;
    const api = privateApiIn(stack, { endpoints: [network.addInterfaceEndpoint('Apis', { service })] });
    const authorization = ApiAuthorization.lambda(functionIn(stack, 'Authorizer'));
    api.addRoute('GET /shop', functionIn(stack, 'Shop'), { authorization });
    expect(() => onlyEndpointOf(stack)).toThrow(
      "'endpoints[0]' must let callers without signatures through, whom some methods take, got a policy that asks for a principal, let the API make an endpoint in 'vpc'",
    );
  });

  test('that the API made let callers with tokens through', () => {
    const stack = stackIn('eu-west-1');
    const authorization = ApiAuthorization.lambda(functionIn(stack, 'Authorizer'));
    privateApiIn(stack, { authorization });
    expect(onlyEndpointOf(stack)).toBeDefined();
  });

  test('that are imported can be opened where they are defined only', () => {
    const stack = stackIn('eu-west-1');
    const api = privateApiIn(stack, { endpoints: [importedEndpointIn(stack)] });
    const shop = new ec2.SecurityGroup(stack, 'Shop', { vpc: existingVpcIn(stack) });
    expect(() => api.allowFrom(shop)).toThrow(
      "Stack/Orders: 'endpoints' are all imported, whose security groups are not known, allow connections where the endpoints are defined",
    );
  });

  test.each(['endpointIdsOfOtherAccounts', 'callerAccounts'] as const)(
    'or accounts in a list of unknown length are refused: %s',
    (property) => {
      const stack = stackIn('eu-west-1');
      const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
      expect(() => privateApiIn(stack, { [property]: list })).toThrow(
        `Stack/Orders: '${property}' must be a list whose length is known at synthesis, got an unresolved value, split it into a list of known length: Fn.split(",", text, 2)`,
      );
    },
  );

  test('a second one in a network is refused, since one of them has the names of API Gateway', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack);
    expect(() => privateApiIn(stack, {}, 'Payments')).toThrow(
      "Stack/Payments: 'vpc' has an endpoint for private APIs, Stack/Orders/Endpoint, and AWS gives one of them the names of API Gateway (private DNS), pass the other API's 'endpoints' in place of 'vpc'",
    );
  });

  test('a network that resolves no names is refused', () => {
    const stack = new Stack(new App({ context: FLAGS }), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc', { enableDnsHostnames: false });
    expect(() => privateApiIn(stack, { vpc })).toThrow(
      "Stack/Orders: 'vpc' must resolve names (enableDnsSupport and enableDnsHostnames), since private DNS needs both, switch them on",
    );
  });
});

test('an API of another stack shares the endpoint, and neither stack needs the other twice', () => {
  const app = new App({ context: FLAGS });
  const network = new Stack(app, 'Network', { env: { region: 'eu-west-1' } });
  const { endpoints } = privateApiIn(network);
  const orders = new Stack(app, 'Orders', { env: { region: 'eu-west-1' } });
  privateApiIn(orders, { endpoints, domain: domainIn(orders) });
  const assembly = app.synth();
  const resources = JSON.stringify(assembly.getStackByName('Orders').template.Resources);
  expect(resources).toContain('"AccessAssociationSource":{"Fn::ImportValue":"Network:');
  expect(JSON.stringify(assembly.getStackByName('Network').template)).toContain(
    ':/domainnames/orders.example.com+*',
  );
  expect(assembly.getStackByName('Network').dependencies.map(({ id }) => id)).not.toContain('Orders');
});
