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

/** The statements of the only policy of a type. */
export function statementsOf(stack: Stack, type: string): readonly Record<string, unknown>[] {
  const [policy, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return policy?.Properties.PolicyDocument.Statement;
}
