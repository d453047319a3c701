import { Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuthorization } from '../../../lib/constructs/api';
import { PartnerApi } from '../../../lib/constructs/partner-api';
import type { PrivateApi } from '../../../lib/constructs/private-api';
import { privateApiIn } from '../private-api/support';
import { certificateIn, stackIn } from '../support';
import { OTHER } from './calls';
import { functionIn } from './support';

const byTokens = (api: PrivateApi | PartnerApi) =>
  ApiAuthorization.cognito([
    (api.node.tryFindChild('Pool') as cognito.IUserPool | undefined) ??
      cognito.UserPool.fromUserPoolId(api, 'Pool', 'eu-west-1_abcdefghi'),
  ]);
const byFunction = (api: PrivateApi | PartnerApi) =>
  ApiAuthorization.lambda(functionIn(Stack.of(api), `Authorizer${api.node.children.length}`));

function define(tokens: string, fn: string) {
  const stack = stackIn('eu-west-1');
  const api = privateApiIn(stack);
  api.addRoute(tokens, functionIn(stack, 'Tokens'), { authorization: byTokens(api) });
  api.addRoute(fn, functionIn(stack, 'Function'), { authorization: byFunction(api) });
  return api;
}

const problem = (fn: string, tokens: string) =>
  `methods with a Lambda authorizer must lie outside of what the resource policy allows to callers without a signature, since they get in where the function says nothing, got ${fn} below ${tokens}, choose another path for one of them`;

describe('a method with a Lambda authorizer', () => {
  test.each([
    ['GET /files/{id}', 'GET /files/{id}/pages'],
    ['GET /files/{id}', 'GET /files/{id}/pages/{page}'],
    ['GET /files/{proxy+}', 'GET /files/mine/pages'],
    ['ANY /a/{id}', 'DELETE /a/{id}/b'],
    ['GET /a/{id}', 'ANY /a/{id}/b'],
  ])('beside %s for tokens cannot be %s, which the policy allows too', (tokens, fn) => {
    const stack = stackIn('eu-west-1');
    const reason = 'The function reads each of a dozen formats itself, and answers 400 to all others.';
    const unvalidatedMethods = Object.fromEntries(
      [tokens, fn].filter((route) => route.startsWith('ANY')).map((route) => [route, reason]),
    );
    const api = privateApiIn(stack, { unvalidatedMethods });
    api.addRoute(tokens, functionIn(stack, 'Tokens'), { authorization: byTokens(api) });
    api.addRoute(fn, functionIn(stack, 'Function'), { authorization: byFunction(api) });
    expect(api.api.node.validate()).toEqual([problem(fn, tokens)]);
  });

  test.each([
    ['GET /files/{id}', 'GET /files'],
    ['GET /files/{id}', 'DELETE /files/{id}/pages'],
    ['GET /files/{id}', 'GET /filesystems/{id}'],
    ['GET /files.json', 'GET /filesxjson'],
  ])('beside %s for tokens can be %s', (tokens, fn) => {
    expect(define(tokens, fn).api.node.validate()).toEqual([]);
  });

  test('cannot lie below an open method either', () => {
    const stack = stackIn('eu-west-1');
    const reason = 'Whoever is in the network may look whether a file is there.';
    const api = privateApiIn(stack, { openMethods: { 'HEAD /files/{id}': reason } });
    api.api.root.resourceForPath('/files/{id}').addMethod('HEAD');
    api.addRoute('HEAD /files/{id}/pages', functionIn(stack, 'F'), { authorization: byFunction(api) });
    expect(api.api.node.validate()).toEqual([problem('HEAD /files/{id}/pages', 'HEAD /files/{id}')]);
  });

  test('of a PartnerApi is free until there is a resource policy', () => {
    const stack = stackIn('eu-west-1');
    const api = new PartnerApi(stack, 'Partners', {
      domainName: 'partners.example.com',
      certificate: certificateIn(stack),
      clientTrust: {
        bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust-of-example'),
        caCertificates: { key: 'partners.pem', version: 'v1' },
      },
    });
    api.addRoute('GET /files/{id}', functionIn(stack, 'T'), { authorization: byTokens(api) });
    api.addRoute('GET /files/{id}/pages', functionIn(stack, 'F'), { authorization: byFunction(api) });
    expect(api.api.node.validate()).toEqual([]);
    api.addPartner('Acme', { principals: [new iam.AccountPrincipal(OTHER)] });
    expect(api.api.node.validate()).toEqual([problem('GET /files/{id}/pages', 'GET /files/{id}')]);
  });
});
