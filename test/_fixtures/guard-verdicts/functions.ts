import { DOCS, type GuardVerdict } from './guard-verdict';

const OUTSIDE = {
  rule: 'lambda_inside_vpc_check',
  control: 'CT.LAMBDA.PR.3',
  asks: 'a function runs in a VPC',
};

/** The routes of a vault behind a private API. */
const VAULT_ROUTES = [
  'receipts/key GET',
  'subjects/erase POST',
  'subjects/hold POST',
  'tokens POST',
  'tokens/deduplicated POST',
  'tokens/delete POST',
  'tokens/describe POST',
  'tokens/lookup POST',
  'tokens/reveal/full POST',
  'tokens/reveal/masked POST',
];

function vaultPermission(route: string): string {
  const [path = '', method = ''] = route.split(' ');
  const whole = `t/{tenant}/g/{grantee}/v1/${path}`;
  return `PrivateApi/Rest/Api/Default/${whole}/${method}/ApiPermission.${method}..${whole.replaceAll('/', '.')}`;
}

/** What is found in functions. */
export const FUNCTIONS: readonly GuardVerdict[] = [
  {
    ...OUTSIDE,
    where: ['Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler'],
    standing: 'not possible',
    why: "It is the CDK's own, runs while the stack is deployed, and empties the default security group through the API of EC2: the network that it would have to run in is being made, and has no way out.",
    source: `${DOCS}/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Vpc.html#restrictdefaultsecuritygroup`,
  },
  {
    ...OUTSIDE,
    where: ['PaymentPageMonitor/Watch/Function/Resource', 'TlsProbe/Prober/Function/Resource'],
    standing: 'left to the app',
    why: '`vpc` sets it, for what is inside of one. What they look at by default is what everybody on the internet sees, and from there: in a VPC they would need a NAT gateway to see it, and would see it from the network of the owner.',
    source: `${DOCS}/lambda/latest/dg/configuration-vpc-internet.html`,
  },
  {
    ...OUTSIDE,
    where: ['CertificateAudit/Audit/Function/Resource'],
    standing: 'left to the app',
    why: 'It asks ACM in several regions, and nobody else, over TLS and signed: in a VPC it would need a way to each of these regions.',
    source: `${DOCS}/lambda/latest/dg/configuration-vpc-internet.html`,
  },
  {
    ...OUTSIDE,
    where: ['JwtAuthorizer/Authorizer/Function/Resource'],
    standing: 'left to the app',
    why: '`vpc` sets it, for an issuer inside of one. API Gateway calls it, and it fetches the keys of one issuer over TLS: in a VPC it would need a way out for that, unless the keys are given.',
    source: `${DOCS}/lambda/latest/dg/configuration-vpc-internet.html`,
  },
  {
    ...OUTSIDE,
    where: ['SignedRequests/Authorizer/Function/Resource'],
    standing: 'left to the app',
    why: 'API Gateway calls it, and it calls the table of what was seen, and nobody else, over TLS and signed. In a VPC each call would need the endpoints for that, and no network would be the safer for it.',
    source: `${DOCS}/lambda/latest/dg/configuration-vpc.html`,
  },
  {
    rule: 'lambda_function_public_access_prohibited_check',
    control: 'CT.LAMBDA.PR.2',
    asks: 'a permission for a service names `SourceArn` or `SourceAccount`',
    where: [
      'PartnerApi/Api/Default/payments/POST/ApiPermission.POST..payments',
      'PartnerApi/Api/Default/payments/{id}/GET/ApiPermission.GET..payments.{id}',
      'PartnerHttpApi/Api/POST--events/Function1-Permission',
      'PrivateApi/Rest/Api/Default/orders/POST/ApiPermission.POST..orders',
      'PrivateApi/Rest/Api/Default/orders/{id}/GET/ApiPermission.GET..orders.{id}',
      ...VAULT_ROUTES.map(vaultPermission),
    ],
    standing: 'misread',
    why: 'It names `SourceArn`: one method of one API, joined from the id of the API. The rule takes a text, or a reference that is all of it.',
    source: `${DOCS}/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html`,
  },
];
