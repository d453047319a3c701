import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { ManagedCertificate } from '../../lib/constructs/certificate';
import { TlsLoadBalancer } from '../../lib/constructs/load-balancer';
import { PrivateNetwork } from '../../lib/constructs/network';
import type { IntegEnvironment } from './environment';
import { accept, acceptZone, type IntegApp, runAsApp } from './integ-app';

const nameIn = ({ zoneName }: IntegEnvironment) => `load-balancer.${zoneName}`;

/** A target that ends TLS itself, with what Amazon Linux brings: nothing is downloaded, and its key never leaves it. */
const TARGET = `cat > /run/target.py <<'EOF'
import http.server, ssl
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'over TLS\\n')
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.minimum_version = ssl.TLSVersion.TLSv1_2
context.load_cert_chain('/run/target.pem', '/run/target.key')
server = http.server.ThreadingHTTPServer(('', 443), Answer)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
EOF
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7 -subj /CN=target -keyout /run/target.key -out /run/target.pem
nohup python3 /run/target.py > /dev/null 2>&1 &`;

/** A load balancer that takes TLS from the probe and speaks TLS to a target in a private subnet. */
export const loadBalancer: IntegApp = {
  build(app, environment) {
    const { account, region, zoneName, hostedZoneId, peer } = environment;
    const stack = new Stack(app, 'IntegLoadBalancer', { env: { account, region } });
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { zoneName, hostedZoneId });
    const domainName = nameIn(environment);
    const network = new PrivateNetwork(stack, 'Network', { publicSubnets: true });
    const balancer = new TlsLoadBalancer(stack, 'LoadBalancer', {
      vpc: network.vpc,
      certificate: new ManagedCertificate(stack, 'Certificate', { domainName, hostedZones: [zone] }),
      internetFacing: true,
      allowedPeers: [ec2.Peer.ipv4(peer)],
    });
    const target = targetIn(stack, network.vpc);
    balancer.addTargets('Target', { targets: [new InstanceTarget(target)] });
    balancer.connections.allowTo(target, ec2.Port.tcp(443), 'TLS to the target');
    const record = new ARecord(stack, 'Alias', {
      zone,
      recordName: domainName,
      target: RecordTarget.fromAlias(new LoadBalancerTarget(balancer.loadBalancer)),
    });
    acceptZone(record);
    acceptLogs(network, 'the network');
    acceptLogs(balancer, 'the load balancer');
  },
  endpoints: (environment) => [{ host: nameIn(environment), port: 443 }],
};

function targetIn(stack: Stack, vpc: ec2.IVpc): ec2.Instance {
  const userData = ec2.UserData.forLinux();
  userData.addCommands(TARGET);
  const target = new ec2.Instance(stack, 'Target', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    requireImdsv2: true,
    detailedMonitoring: true,
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true }) }],
    userData,
  });
  accept(
    target,
    'AwsSolutions',
    'EC29',
    'The target lives for one run of the tests, which take it down again.',
  );
  return target;
}

function acceptLogs(scope: PrivateNetwork | TlsLoadBalancer, whose: string): void {
  accept(
    scope,
    'AwsSolutions',
    'S1',
    `The bucket receives logs of ${whose}: a log of its own would need a bucket in turn.`,
  );
}

runAsApp(module, loadBalancer);
