import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** An ARN that `aws:PrincipalArn` can equal: of a role or a user, not of an account, nor of a session. */
const ROLE_OR_USER = /^arn:[^:]*:iam::\d{12}:(role|user)\/[^*?]+$/;

/**
 * Those who may decrypt what a key protects: everybody else is denied it, whatever an IAM policy, a grant or another
 * statement of the key's policy allows. Services of AWS are left out, since they write, and read for nobody.
 */
export class Auditors {
  private readonly arns: string[] = [];

  constructor(
    private readonly scope: IConstruct,
    key: kms.IKey,
  ) {
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AuditorsAloneDecrypt',
        effect: iam.Effect.DENY,
        principals: [new iam.StarPrincipal()],
        actions: ['kms:Decrypt', 'kms:ReEncryptFrom'],
        resources: ['*'],
        conditions: {
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
          ArnNotLike: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.listed() }) },
        },
      }),
    );
  }

  /** @throws TransmissionError for whom no role or user can be told: an account, a service, everybody */
  add(principal: iam.IPrincipal, property: string): void {
    const named: unknown = principal.policyFragment.principalJson.AWS;
    const arns: readonly unknown[] = Array.isArray(named) ? named : [named];
    for (const arn of arns) {
      if (typeof arn === 'string' && this.isRoleOrUser(arn)) {
        if (!this.arns.includes(arn)) this.arns.push(arn);
        continue;
      }
      const got = JSON.stringify(Stack.of(this.scope).resolve(principal.policyFragment.principalJson));
      throw invalidProperty(
        this.scope,
        `'${property}' must be roles or users, got ${got.slice(0, 200)}, name each that may read the record`,
      );
    }
  }

  /** What is known of it must not be the end of an account's ARN, which is that of its root user alone. */
  private isRoleOrUser(arn: string): boolean {
    if (!Token.isUnresolved(arn)) return ROLE_OR_USER.test(arn);
    return !JSON.stringify(Stack.of(this.scope).resolve(arn)).includes(':root"');
  }

  /** A list without entries would match everybody: the name of nobody stands in for it. */
  private listed(): string[] {
    return this.arns.length > 0 ? this.arns : [NOBODY];
  }
}

/** No role can be called so: AWS keeps the path for itself. */
const NOBODY = 'arn:*:iam::*:role/aws-reserved/nobody';
