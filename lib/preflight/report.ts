import type { TlsPolicy } from '../core/tls';

/** What an obstacle is about. */
export type Topic =
  | 'findings'
  | 'order'
  | 'regions'
  | 'zones'
  | 'authorities'
  | 'needs'
  | 'names'
  | 'quotas'
  | 'configuration'
  | 'documents';

/** Something that stands in the way of a deployment. */
export interface Obstacle {
  /** `blocks`: the deployment fails or waits for people. `warns`: it may, which only the account can tell. */
  readonly level: 'blocks' | 'warns';
  readonly topic: Topic;
  /** The stack, resource or file that it is about. */
  readonly where: string;
  readonly message: string;
  readonly remedy: string;
}

/** One stack, in the place at which it is deployed. */
export interface StackStep {
  /** From 1. */
  readonly step: number;
  /** Its construct path, which `cdk deploy` takes. */
  readonly name: string;
  /** Its name in CloudFormation. */
  readonly stackName: string;
  /** Absent where the app does not say: then the credentials decide. */
  readonly account?: string;
  readonly region?: string;
  /** The stacks that have to be there before. */
  readonly after: readonly string[];
  readonly resources: number;
}

/** An account and region that has to be bootstrapped. */
export interface BootstrappedEnvironment {
  readonly account?: string;
  readonly region?: string;
  /** The least version of the bootstrap stack. */
  readonly version: number;
  /** The parameter in SSM that holds the version. */
  readonly parameter: string;
  /** What bootstraps it. */
  readonly bootstrap: string;
  /** What prints the version that is there. */
  readonly check: string;
}

/** A zone in which a certificate is validated. */
export interface ValidationZone {
  /** Absent where the templates make the zone or hide its id. */
  readonly hostedZoneId?: string;
  /** Absent where nobody says it. */
  readonly zoneName?: string;
  /** Why there is no id, or where the zone is made. */
  readonly origin?: string;
  /** The names that are validated in it. */
  readonly names: readonly string[];
  /** The certificates, by their construct paths. */
  readonly certificates: readonly string[];
  /** What prints the name servers of the zone: what the parent zone must delegate to. */
  readonly nameServers?: string;
  /** What prints the name servers that the world is told. */
  readonly delegation?: string;
}

/** How much of a quota the templates take. */
export interface QuotaUse {
  readonly quota: string;
  /** The region, or `global`. */
  readonly region: string;
  /** What it is counted for, where that is not the whole region: a VPC, a certificate. */
  readonly of?: string;
  readonly count: number;
  /** The default; an account may have another one. */
  readonly limit: number;
  readonly adjustable: boolean;
  readonly source: string;
  /** What prints the quota of the account, where Service Quotas knows it. */
  readonly check?: string;
}

/** A name that must not be taken yet. */
export interface NewName {
  readonly type: string;
  readonly name: string;
  readonly stack: string;
  readonly region?: string;
  /** What prints who has the name; it finds nothing where it is free. */
  readonly check?: string;
}

/** What has to be there before. */
export interface Need {
  readonly kind: 'parameter' | 'export' | 'stack output' | 'SSM parameter' | 'secret';
  readonly name: string;
  readonly stack: string;
  readonly region?: string;
}

/** A resource that stays when its stack is rolled back or deleted. */
export interface Leftover {
  readonly stack: string;
  readonly resource: string;
  readonly logicalId: string;
  readonly type: string;
  readonly policy: string;
  /** Whether it also stays where the deployment that makes it fails. */
  readonly staysAfterRollback: boolean;
  /** Its name, where the template gives one: the next deployment then fails on it. */
  readonly name?: string;
  /** What takes it back into the stack, where CloudFormation knows how. */
  readonly adopt?: string;
  /** What removes it. */
  readonly remove?: string;
}

/** What refuses a deletion until somebody asks for it. */
export interface Protection {
  readonly stack: string;
  readonly what: string;
  /** What ends it; absent where nothing does before its time. */
  readonly end?: string;
}

/** Who may deploy: the roles that the CDK assumes, and what the last of them works on. */
export interface Deployers {
  /** Assumed with the credentials of whoever deploys. */
  readonly assumed: readonly string[];
  /** Handed to CloudFormation, which makes the resources with it. */
  readonly execution: readonly string[];
  /** Namespaces of the resource types, such as `AWS::EC2`, with the number of resources. */
  readonly services: readonly { readonly service: string; readonly resources: number }[];
}

/** Everything that has to be true before a deployment, and what it will do. */
export interface PreflightReport {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: string;
  /** 0 ready, 1 something blocks, 3 something could not be judged. */
  readonly exitCode: 0 | 1 | 3;
  readonly obstacles: readonly Obstacle[];
  readonly stacks: readonly StackStep[];
  readonly environments: readonly BootstrappedEnvironment[];
  readonly zones: readonly ValidationZone[];
  readonly quotas: readonly QuotaUse[];
  readonly needs: readonly Need[];
  readonly names: readonly NewName[];
  readonly leftovers: readonly Leftover[];
  readonly protections: readonly Protection[];
  readonly deployers: Deployers;
}

/** The part of a baseline's configuration that decides about a deployment. */
export interface DeploymentConfiguration {
  readonly file: string;
  readonly name: string;
  readonly region: string;
  readonly account?: string;
  readonly zones: readonly { readonly zoneName: string; readonly hostedZoneId: string }[];
  /** The folder of `security.txt` and `transmission.json`, as it can be opened. */
  readonly documents?: string;
  readonly tlsPolicies: readonly TlsPolicy[];
}

/** A section and what stands in the way there. */
export interface Section<T> {
  readonly found: T;
  readonly obstacles: readonly Obstacle[];
}
