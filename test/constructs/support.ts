import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { context } from '../../cdk.json';
import { type IManagedCertificate, ManagedCertificate } from '../../lib/constructs/certificate';

/** The flags that the baseline runs under. */
export const FLAGS: Record<string, unknown> = context;

/** A stack in a region, under the flags of the baseline unless others are given. */
export function stackIn(region?: string, flags: Record<string, unknown> = FLAGS): Stack {
  const props: StackProps = region === undefined ? {} : { env: { region } };
  return new Stack(new App({ context: flags }), 'Stack', props);
}

/** A network of two zones, with public and private subnets. */
export function vpcIn(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
}

/** A network that exists already, about which no pack has anything to say. */
export function existingVpcIn(stack: Stack, id = 'Vpc'): ec2.IVpc {
  const existing = stack.node.tryFindChild(id);
  if (existing !== undefined) return existing as unknown as ec2.IVpc;
  return ec2.Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
}

/** A certificate that exists already. */
export function certificateIn(stack: Stack, id = 'Certificate', region = 'eu-west-1'): IManagedCertificate {
  return ManagedCertificate.fromManagedCertificateAttributes(stack, id, {
    certificateArn: `arn:aws:acm:${region}:111122223333:certificate/${id}`,
  });
}

/** A hosted zone that exists already. */
export function zoneIn(stack: Stack, zoneName = 'example.com'): route53.IHostedZone {
  const id = `Zone-${zoneName}`;
  const existing = stack.node.tryFindChild(id);
  if (existing !== undefined) return existing as route53.HostedZone;
  return route53.HostedZone.fromHostedZoneAttributes(stack, id, {
    zoneName,
    hostedZoneId: `Z${zoneName.replaceAll('.', '').toUpperCase()}`,
  });
}

/** What CloudFormation would see. */
export function rendered(stack: Stack): Template {
  return Template.fromStack(stack);
}

/** The resources of one type, by logical id. */
export function resourcesOf(stack: Stack, type: string): ReturnType<Template['findResources']> {
  return rendered(stack).findResources(type);
}

/** The properties of the only resource of a type. */
export function propertiesOfOnly(stack: Stack, type: string): ReturnType<Template['findResources']>[string] {
  const [resource, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return resource?.Properties;
}

/** The statements of the only policy of a type. */
export function statementsOf(stack: Stack, type: string): readonly Record<string, unknown>[] {
  return propertiesOfOnly(stack, type)?.PolicyDocument.Statement;
}
