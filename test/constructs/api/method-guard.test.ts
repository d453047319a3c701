import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { GuardedRestApi, RestApiCommonProps } from '../../../lib/constructs/api';
import { FLAGS } from '../support';
import { apiIn, functionIn, ORDER } from './support';

const PREFLIGHT = 'Browsers send preflights without credentials, and they answer nothing but headers.';

function synthesise(build: (api: GuardedRestApi, stack: Stack) => void, props: RestApiCommonProps = {}) {
  const app = new App({ context: FLAGS });
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
  const api = apiIn(stack, props);
  api.addRoute('GET /status', functionIn(stack));
  build(api, stack);
  return app.synth().getStackByName('Stack').template.Resources;
}

describe('no method is without authorization', () => {
  test('by default each asks for signatures', () => {
    const resources = synthesise((api, stack) =>
      api.addRoute('POST /orders', functionIn(stack, 'Add'), { body: ORDER }),
    );
    const methods = Object.values<{ Type: string; Properties: { AuthorizationType: string } }>(resources)
      .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
      .map(({ Properties }) => Properties.AuthorizationType);
    expect(methods).toEqual(['AWS_IAM', 'AWS_IAM']);
  });

  const NONE = { authorizationType: apigateway.AuthorizationType.NONE };

  test.each<[string, (api: GuardedRestApi, stack: Stack) => void, string]>([
    [
      'one that is added to the API underneath',
      ({ api }) => api.root.addResource('open').addMethod('GET', new apigateway.MockIntegration(), NONE),
      'GET /open',
    ],
    [
      'one that says nothing',
      ({ api }) => api.root.addMethod('GET', new apigateway.MockIntegration()),
      'GET /',
    ],
    [
      'one that is added later, from another stack',
      ({ api }, stack) => {
        const other = new Stack(stack.node.root, 'Other', { env: { region: 'eu-west-1' } });
        const imported = apigateway.RestApi.fromRestApiAttributes(other, 'Imported', {
          restApiId: api.restApiId,
          rootResourceId: api.restApiRootResourceId,
        });
        imported.root.addResource('late').addMethod('GET', new apigateway.MockIntegration());
      },
      'GET /late',
    ],
    [
      'one whose resource is changed afterwards',
      ({ api }) => {
        const method = api.root.addMethod('GET', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
        });
        (method.node.defaultChild as apigateway.CfnMethod).authorizationType = 'NONE';
      },
      'GET /',
    ],
    [
      'one that an override opens',
      ({ api }) => {
        const method = api.root.addMethod('GET', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
        });
        const resource = method.node.defaultChild as apigateway.CfnMethod;
        resource.addPropertyOverride('AuthorizationType', 'NONE');
      },
      'GET /',
    ],
    [
      'one whose authorization an override takes away',
      ({ api }) => {
        const method = api.root.addMethod('GET', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
        });
        const resource = method.node.defaultChild as apigateway.CfnMethod;
        resource.addPropertyDeletionOverride('AuthorizationType');
      },
      'GET /',
    ],
    [
      'one whose property is overridden',
      ({ api }) => {
        const method = api.root.addMethod('GET', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
        });
        const resource = method.node.defaultChild as apigateway.CfnMethod;
        resource.addPropertyOverride('AuthorizationType', 'NONE');
      },
      'GET /',
    ],
    [
      'one whose property is taken away',
      ({ api }) => {
        const method = api.root.addMethod('GET', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
        });
        (method.node.defaultChild as apigateway.CfnMethod).addPropertyDeletionOverride('AuthorizationType');
      },
      'GET /',
    ],
    [
      'preflights',
      ({ api }) =>
        api.root.addResource('shop').addCorsPreflight({ allowOrigins: ['https://shop.example.com'] }),
      'OPTIONS /shop',
    ],
  ])('%s', (_, build, route) => {
    expect(() => synthesise(build)).toThrow(
      `methods must ask callers who they are, got ${route}, give them an authorization, or add them to 'openMethods' with a sentence that says why`,
    );
  });

  test('a proxy for all methods is told once, for both of what it lacks', () => {
    let message = '';
    try {
      synthesise(({ api }) => api.root.addProxy({ defaultIntegration: new apigateway.MockIntegration() }));
    } catch (error) {
      message = String(error);
    }
    expect(message.match(/ANY \/\{proxy\+\}/g)).toHaveLength(2);
    expect(message).toContain('methods must ask callers who they are');
    expect(message).toContain('methods that take a body must have a model');
  });

  test('all of them stand in one error', () => {
    expect(() =>
      synthesise(({ api }) => {
        for (const part of ['b', 'a']) {
          api.root.addResource(part).addMethod('GET', new apigateway.MockIntegration(), NONE);
        }
      }),
    ).toThrow('got GET /a, GET /b, give');
  });

  test('methods of another API do not count', () => {
    expect(() =>
      synthesise((_, stack) => {
        const other = new apigateway.RestApi(stack, 'Other');
        other.root.addMethod('GET', new apigateway.MockIntegration());
      }),
    ).not.toThrow();
  });

  test('with a sentence one may be, which the template says', () => {
    const resources = synthesise(
      ({ api }) =>
        api.root.addResource('shop').addCorsPreflight({ allowOrigins: ['https://shop.example.com'] }),
      { openMethods: { 'OPTIONS /shop': PREFLIGHT } },
    );
    expect(JSON.stringify(resources)).toContain(
      `"SecureTransmission":{"openMethods OPTIONS /shop":"${PREFLIGHT}"}`,
    );
  });

  test('a sentence for a method that is not there is told', () => {
    expect(() => synthesise(() => {}, { openMethods: { 'GET /gone': PREFLIGHT } })).toThrow(
      "'openMethods' must name methods that are there and need it, got GET /gone, remove them",
    );
  });

  test.each<[string, RestApiCommonProps, string]>([
    [
      'a name that is no method',
      { openMethods: { '/shop': PREFLIGHT } },
      "'openMethods' must name methods as 'GET /orders/{id}', got \"/shop\"",
    ],
    [
      'a reason that is none',
      { unvalidatedMethods: { 'ANY /': 'yes' } },
      "'unvalidatedMethods['ANY /']' must be a sentence of 20 to 500 characters",
    ],
  ])('%s is refused', (_, props, message) => {
    expect(() => synthesise(() => {}, props)).toThrow(message);
  });
});

describe('what takes a body looks at it', () => {
  const unvalidated = (route: string) =>
    `methods that take a body must have a model for it under $default and a validator that looks at bodies, got ${route}, pass a schema as 'body' to addRoute`;

  test.each(['POST', 'PUT', 'PATCH', 'ANY'])('%s without a schema is refused', (method) => {
    expect(() =>
      synthesise((api, stack) => api.addRoute(`${method} /orders`, functionIn(stack, 'Add'))),
    ).toThrow(unvalidated(`${method} /orders`));
  });

  test.each(['GET', 'DELETE', 'HEAD'])('%s needs none', (method) => {
    expect(() =>
      synthesise((api, stack) => api.addRoute(`${method} /orders`, functionIn(stack, 'Add'))),
    ).not.toThrow();
  });

  test('a model for one content type alone is refused: requests of another would not be looked at', () => {
    expect(() =>
      synthesise((api) => {
        const model = api.api.addModel('Order', { schema: ORDER });
        api.api.root.addMethod('POST', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
          requestValidator: api.requestValidator,
          requestModels: { 'application/json': model },
        });
      }),
    ).toThrow(unvalidated('POST /'));
  });

  test('a validator that looks at parameters alone is refused', () => {
    expect(() =>
      synthesise((api) => {
        const model = api.api.addModel('Order', { schema: ORDER });
        api.api.root.addMethod('POST', new apigateway.MockIntegration(), {
          authorizationType: apigateway.AuthorizationType.IAM,
          requestValidatorOptions: { validateRequestParameters: true },
          requestModels: { $default: model },
        });
      }),
    ).toThrow(unvalidated('POST /'));
  });

  test('with a sentence one may do without, which the template says', () => {
    const reason = 'The function reads each of a dozen formats itself, by a schema of its own.';
    const resources = synthesise((api, stack) => api.addRoute('ANY /{proxy+}', functionIn(stack, 'All')), {
      unvalidatedMethods: { 'ANY /{proxy+}': reason },
    });
    expect(JSON.stringify(resources)).toContain(
      `"SecureTransmission":{"unvalidatedMethods ANY /{proxy+}":"${reason}"}`,
    );
  });
});

describe('no integration goes on in clear', () => {
  const IAM = { authorizationType: apigateway.AuthorizationType.IAM };
  const refusal = (route: string) => `integrations must go on over TLS, got ${route}, name an https:// URL`;

  test.each<[string, (api: GuardedRestApi) => void]>([
    [
      'HTTP',
      ({ api }) =>
        api.root.addMethod('GET', new apigateway.HttpIntegration('http://ledger.example.com/'), IAM),
    ],
    [
      'HTTP by an override',
      ({ api }) => {
        const method = api.root.addMethod(
          'GET',
          new apigateway.HttpIntegration('https://ledger.example.com/'),
          IAM,
        );
        const resource = method.node.defaultChild as apigateway.CfnMethod;
        resource.addPropertyOverride('Integration', {
          Type: 'HTTP_PROXY',
          Uri: 'http://ledger.example.com/',
        });
      },
    ],
  ])('%s is refused', (_, build) => {
    expect(() => synthesise((api) => build(api))).toThrow(refusal('GET /'));
  });

  test('HTTPS is taken, and what has no address', () => {
    expect(() =>
      synthesise(({ api }) => {
        api.root.addMethod('GET', new apigateway.HttpIntegration('https://ledger.example.com/'), IAM);
        api.root.addMethod('DELETE', new apigateway.MockIntegration(), IAM);
      }),
    ).not.toThrow();
  });
});
