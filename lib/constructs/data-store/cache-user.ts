import { ArnFormat, type RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { physicalNameFor } from './physical-name';

/** What ElastiCache takes for ids of users, caches and groups. */
export const MAX_NAME_LENGTH = 40;
/** Everything but what administers the server or stops it; `INFO` is what clients ask for first. */
const DEFAULT_ACCESS = 'on ~* &* +@all -@admin -@dangerous +info';

/** Properties of a `CacheUser`. */
export interface CacheUserProps {
  /**
   * The name of the user. A change replaces the user.
   *
   * @default - made of the path of the construct
   */
  readonly userName?: string;
  /**
   * What it may do, in the language of Valkey's access control lists: begins with `on`. Passwords are refused, since
   * IAM stands for them.
   *
   * @default 'on ~* &* +@all -@admin -@dangerous +info', everything but to administer
   */
  readonly accessString?: string;
}

/** What a user gets from its cache. */
interface CacheUserContext {
  readonly cacheArn: string;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A user of a `TlsCache`, who logs in with a token of IAM that lives for 15 minutes, and has no password.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export class CacheUser extends Construct {
  /** The name with which it logs in. */
  readonly userName: string;
  /** The ARN of the user. */
  readonly userArn: string;
  /** What a user group names it by. */
  readonly userId: string;

  private readonly cacheArn: string;

  /** Made by `addUser` of a cache. */
  constructor(scope: Construct, id: string, props: CacheUserProps & CacheUserContext) {
    super(scope, id);
    const accessString = props.accessString ?? DEFAULT_ACCESS;
    this.checkAccess(accessString);
    this.cacheArn = props.cacheArn;
    this.userName = physicalNameFor(this, {
      property: 'userName',
      given: props.userName,
      most: MAX_NAME_LENGTH,
      reserved: 'default',
    });
    const user = new elasticache.CfnUser(this, 'Resource', {
      engine: 'valkey',
      // With IAM they must be the same.
      userId: this.userName,
      userName: this.userName,
      authenticationMode: { Type: 'iam' },
      accessString,
    });
    user.applyRemovalPolicy(props.removalPolicy);
    this.userId = user.ref;
    this.userArn = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'user',
      resourceName: this.userName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Lets a principal log in to the cache as this user. */
  grantConnect(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['elasticache:Connect'],
      resourceArns: [this.cacheArn, this.userArn],
    });
  }

  /** `>` and `#` add passwords, `<` and `!` take them away, and `nopass` lets anybody in. */
  private checkAccess(accessString: string): void {
    if (Token.isUnresolved(accessString)) return;
    const words = accessString.trim().split(/\s+/);
    const refused = words.find((word) => /^[><#!]/.test(word) || /^(nopass|resetpass|reset)$/i.test(word));
    if (refused !== undefined) {
      throw invalidProperty(
        this,
        "'accessString' must not speak of passwords, since IAM stands for them, got a word for one, leave it out",
      );
    }
    if (words[0] === 'on') return;
    throw invalidProperty(
      this,
      `'accessString' must begin with 'on', got ${JSON.stringify(words[0]?.slice(0, 80))}, else the user may not log in`,
    );
  }
}
