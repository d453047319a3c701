import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';

/**
 * What VPC Encryption Controls do with traffic in a network that is not encrypted. AWS bills either mode.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html
 */
export enum VpcEncryptionMode {
  /** Flow logs say of each flow whether it was encrypted; nothing is refused. */
  MONITOR = 'monitor',
  /**
   * What could carry plaintext cannot be attached or started, unless it is excluded.
   *
   * AWS accepts it for a network that is new. One that is deployed has to be in `MONITOR` first, until nothing in it
   * stands in the way (`aws ec2 get-vpc-resources-blocking-encryption-enforcement`). It allows neither TLS listeners
   * of network load balancers, nor Gateway Load Balancers, nor AWS Network Firewall.
   */
  ENFORCE = 'enforce',
}

/**
 * What `VpcEncryptionMode.ENFORCE` does not hold for: CloudFormation can exclude these eight and nothing else. Each
 * value is a sentence that says why, and who encrypts that traffic instead; it reaches the template as Metadata.
 */
export interface VpcEncryptionExclusions {
  /**
   * Why traffic through the internet gateway is excluded: a network with public subnets has one.
   *
   * @default - not excluded
   */
  readonly internetGateway?: string;
  /**
   * Why traffic through egress-only internet gateways is excluded.
   *
   * @default - not excluded
   */
  readonly egressOnlyInternetGateway?: string;
  /**
   * Why traffic through NAT gateways is excluded.
   *
   * @default - not excluded
   */
  readonly natGateway?: string;
  /**
   * Why traffic through the virtual private gateway is excluded.
   *
   * @default - not excluded
   */
  readonly virtualPrivateGateway?: string;
  /**
   * Why traffic to peered networks is excluded that are in another region or do not enforce encryption themselves.
   *
   * @default - not excluded
   */
  readonly vpcPeering?: string;
  /**
   * Why traffic of Lambda functions in the network is excluded.
   *
   * @default - not excluded
   */
  readonly lambda?: string;
  /**
   * Why traffic through VPC Lattice is excluded.
   *
   * @default - not excluded
   */
  readonly vpcLattice?: string;
  /**
   * Why traffic to Elastic File System is excluded.
   *
   * @default - not excluded
   */
  readonly elasticFileSystem?: string;
}

const EXCLUDABLE = [
  'internetGateway',
  'egressOnlyInternetGateway',
  'natGateway',
  'virtualPrivateGateway',
  'vpcPeering',
  'lambda',
  'vpcLattice',
  'elasticFileSystem',
] as const satisfies readonly (keyof VpcEncryptionExclusions)[];

/**
 * The default fields of flow logs in their order, then what explains whether a flow was encrypted:
 * `encryption-status` is 0 for plaintext, 1 for encrypted by Nitro, 2 for encrypted by the application (which AWS
 * assumes of port 443 of endpoints), 3 for both, and `-` where it is not known.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html
 */
export const ENCRYPTION_FLOW_LOG_FORMAT: string = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
  ...['flow-direction', 'traffic-path', 'reject-reason', 'encryption-status'],
]
  .map((field) => `\${${field}}`)
  .join(' ');

/** Properties of a `VpcEncryptionControl`. */
export interface VpcEncryptionControlProps {
  readonly vpc: ec2.IVpc;
  readonly mode: VpcEncryptionMode;
  readonly exclusions: VpcEncryptionExclusions;
  /** What the network has that nobody can have in a network that enforces encryption, unless it is excluded. */
  readonly present: readonly (keyof VpcEncryptionExclusions)[];
}

/** By a resource of its own: within the resource of the VPC, CloudFormation would replace the VPC with exclusions. */
export class VpcEncryptionControl extends Construct {
  constructor(scope: Construct, id: string, props: VpcEncryptionControlProps) {
    super(scope, id);
    const { vpc, mode, exclusions } = props;
    if (mode === VpcEncryptionMode.ENFORCE) checkPresent(scope, props);
    const input = (name: keyof VpcEncryptionExclusions) =>
      exclusions[name] === undefined ? undefined : 'enable';
    const control = new ec2.CfnVPCEncryptionControl(this, 'Resource', {
      vpcId: vpc.vpcId,
      mode,
      internetGatewayExclusionInput: input('internetGateway'),
      egressOnlyInternetGatewayExclusionInput: input('egressOnlyInternetGateway'),
      natGatewayExclusionInput: input('natGateway'),
      virtualPrivateGatewayExclusionInput: input('virtualPrivateGateway'),
      vpcPeeringExclusionInput: input('vpcPeering'),
      lambdaExclusionInput: input('lambda'),
      vpcLatticeExclusionInput: input('vpcLattice'),
      elasticFileSystemExclusionInput: input('elasticFileSystem'),
    });
    for (const name of EXCLUDABLE) {
      const reason = exclusions[name];
      if (reason !== undefined) recordLoosening(control, `${name}Exclusion`, reason);
    }
  }
}

/** Refuses exclusions from what is not enforced, and reasons that are none. */
export function checkExclusions(
  scope: Construct,
  mode: VpcEncryptionMode | undefined,
  exclusions: VpcEncryptionExclusions,
): void {
  const excluded = EXCLUDABLE.filter((name) => exclusions[name] !== undefined);
  const [first] = excluded;
  if (first !== undefined && mode !== VpcEncryptionMode.ENFORCE) {
    throw invalidProperty(
      scope,
      `'vpcEncryptionExclusions' must be absent unless 'vpcEncryptionControl' is ENFORCE, got '${first}', remove it`,
    );
  }
  for (const name of excluded) checkReason(scope, `vpcEncryptionExclusions.${name}`, exclusions[name] ?? '');
}

function checkPresent(scope: Construct, { present, exclusions }: VpcEncryptionControlProps): void {
  const missing = present.find((name) => exclusions[name] === undefined);
  if (missing === undefined) return;
  throw invalidProperty(
    scope,
    `'vpcEncryptionExclusions.${missing}' must be a sentence where 'vpcEncryptionControl' is ENFORCE and the network ` +
      "has one, got nothing, say why it is needed or set 'publicSubnets' and 'natGateways' back",
  );
}
