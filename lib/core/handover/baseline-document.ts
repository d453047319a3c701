import type { HandedOverName } from './handed-over';

/** The version of the document that this version of the package writes, and the newest that it reads. */
export const BASELINE_DOCUMENT_VERSION = 1;

/** The file into which a synthesis of the baseline writes the document, beside the templates. */
export const BASELINE_DOCUMENT_FILE = 'baseline.json';

/** The key of the CDK context that says where an app finds the document. */
export const BASELINE_CONTEXT_KEY = 'secure-transmission:baseline';

/**
 * What a baseline tells the apps that stand on it, and the judge of those apps: `baseline.json`.
 *
 * ARNs and ids are not in it, since nobody knows them before the deployment: those are in SSM, under `parameters`.
 */
export interface BaselineDocument {
  readonly version: number;
  /** The package that wrote it, with its version. */
  readonly writtenBy: string;
  /** The name of the baseline. */
  readonly name: string;
  /** The region of its stacks, but for those of the edge. */
  readonly region: string;
  /** The region of the edge; absent where there is no distribution. */
  readonly edgeRegion?: string;
  /** The account, where the configuration names one. */
  readonly account?: string;
  /** The name of the TLS profile. */
  readonly tlsProfile: string;
  /** TLS policies that the configuration adds to the catalogue, as `tlsPolicies` of a configuration holds them. */
  readonly tlsPolicies: readonly object[];
  /** The names that customers connect to. */
  readonly domainNames: readonly string[];
  /** For how many days logs are kept. */
  readonly retentionDays: number;
  /** How many availability zones have subnets: how long the lists in SSM are. */
  readonly availabilityZoneCount: number;
  /** Whether private subnets have a way to the internet. */
  readonly privateSubnetsHaveEgress: boolean;
  /** The names of the parameters in SSM, by what they hold. */
  readonly parameters: Readonly<Partial<Record<HandedOverName, string>>>;
  /** The stacks as they were rendered: what is read from SSM leads a judge there. */
  readonly stacks: readonly BaselineStackTemplate[];
}

/** A stack of a baseline as a judge needs it. */
export interface BaselineStackTemplate {
  /** Its construct path. */
  readonly name: string;
  readonly stackName: string;
  readonly region: string;
  readonly account?: string;
  /** Its template, without the rules of a deployment and the metadata of resources. */
  readonly template: Readonly<Record<string, unknown>>;
}
