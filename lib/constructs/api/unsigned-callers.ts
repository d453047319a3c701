import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Place } from '../invalid-property';
import { type ApiRoute, arnPartOf, METHODS, nameOf } from './routes';

/** How a resource policy of an API comes to allow routes. */
export interface UnsignedCallersProps {
  /** A literal, since statements spell it. */
  readonly stageName: string;
  /** Adds a statement to the resource policy of the API. */
  readonly allow: (statement: iam.PolicyStatement) => void;
}

/**
 * The routes of an API with a resource policy that callers without a signature may call, whom an authorizer of Cognito
 * has let in, or who need no permission.
 *
 * The statements have wildcards where paths have parameters, so that they reach further than their routes. Methods for
 * signatures stay closed, and those for tokens of Cognito are looked at all the same. A Lambda authorizer is not: where the
 * policy allows a call, and the function says neither yes nor no, the call gets in. So no such method may lie there.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html (table A)
 */
export class UnsignedCallers {
  private readonly routes: ApiRoute[] = [];

  constructor(
    private readonly api: apigateway.RestApi,
    private readonly props: UnsignedCallersProps,
  ) {
    api.node.addValidation({ validate: () => this.problems() });
  }

  allow(place: Place, route: ApiRoute): void {
    this.routes.push(route);
    this.props.allow(
      new iam.PolicyStatement({
        principals: [new iam.StarPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: [`execute-api:/${this.props.stageName}/${arnPartOf(place, route)}`],
        conditions: { Null: { 'aws:PrincipalArn': 'true' } },
      }),
    );
  }

  private problems(): string[] {
    return this.api.methods.flatMap((method) => {
      if ((method.node.defaultChild as apigateway.CfnMethod).authorizationType !== 'CUSTOM') return [];
      const route = { method: method.httpMethod, path: method.resource.path };
      const above = this.routes.find((unsigned) => reaches(this.api, unsigned, route));
      if (above === undefined) return [];
      return [
        `methods with a Lambda authorizer must lie outside of what the resource policy allows to callers without a signature, since they get in where the function says nothing, got ${nameOf(route)} below ${nameOf(above)}, choose another path for one of them`,
      ];
    });
  }
}

/** Whether the statement for a route allows calls of another one, too. */
function reaches(place: Place, unsigned: ApiRoute, asked: ApiRoute): boolean {
  // API Gateway calls the method that is there before ANY.
  if (asked.method === 'ANY' && unsigned.method !== 'ANY' && unsigned.path === asked.path) return false;
  const pattern = arnPartOf(place, unsigned).split('*').map(escaped).join('.*');
  const path = asked.path.replace(/\{[^}]*\}/g, 'parameter');
  const methods = asked.method === 'ANY' ? METHODS : [asked.method];
  return methods.some((method) => new RegExp(`^${pattern}$`).test(`${method}${path}`));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
