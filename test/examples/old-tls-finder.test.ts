import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { oldTlsFinder, type Surroundings } from '../../examples/old-tls-finder';
import { AuditTrail, TlsLoadBalancer, TlsNetworkLoadBalancer } from '../../lib';
import { findingsOf } from '../constructs/judged';
import { certificateIn, FLAGS } from '../constructs/support';

const surroundings = (stack: Stack): Surroundings => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, flowLogs: { All: {} } });
  const certificate = certificateIn(stack);
  return {
    trail: new AuditTrail(stack, 'Trail', { auditors: [] }),
    shop: new TlsLoadBalancer(stack, 'Shop', { vpc, certificate }),
    partners: new TlsNetworkLoadBalancer(stack, 'Partners', { vpc }),
    analyst: new iam.Role(stack, 'Analyst', { assumedBy: new iam.AccountRootPrincipal() }),
  };
};

/** Nothing at all, but of what stands beside the finder: the names of those are in the findings. */
const ofFinder = (findings: readonly string[]) => findings.filter((finding) => / OldTls\w+ /.test(finding));

test('a finder over what the package builds takes ten lines, and no rule objects', () => {
  const stack = oldTlsFinder(new App({ context: FLAGS }), surroundings);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Glue::Table', 4);
  template.resourceCountIs('AWS::Athena::NamedQuery', 6);
  expect(ofFinder(findingsOf(stack))).toEqual([]);
});

test('its tables lie where the load balancers write', () => {
  const template = Template.fromStack(oldTlsFinder(new App({ context: FLAGS }), surroundings));
  const attributes = JSON.stringify(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  const tables = JSON.stringify(template.findResources('AWS::Glue::Table'));
  for (const [kind, logical] of [
    ['connection_logs', 'Shop'],
    ['access_logs', 'Shop'],
    ['access_logs', 'Partners'],
  ] as const) {
    const prefix = kind === 'connection_logs' ? 'connections' : 'access';
    expect(attributes).toContain(`{"Key":"${kind}.s3.prefix","Value":"${prefix}"}`);
    expect(tables).toMatch(
      new RegExp(
        `\\{"Ref":"${logical}Logs\\w+"\\},"/${prefix}/AWSLogs/\\$\\{account\\}/elasticloadbalancing`,
      ),
    );
  }
});
