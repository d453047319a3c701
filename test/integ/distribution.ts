import { Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { ManagedCertificate } from '../../lib/constructs/certificate';
import { TlsDistribution, TlsOrigin } from '../../lib/constructs/distribution';
import { AliasRecords } from '../../lib/stacks/alias-records';
import type { IntegEnvironment } from './environment';
import { accept, acceptZone, type IntegApp, runAsApp } from './integ-app';

const nameIn = ({ zoneName }: IntegEnvironment) => `distribution.${zoneName}`;

/** A distribution before a bucket, which holds nothing: answers are refusals, over TLS. */
export const distribution: IntegApp = {
  build(app, environment) {
    const { account, zoneName, hostedZoneId } = environment;
    const stack = new Stack(app, 'IntegDistribution', { env: { account, region: 'us-east-1' } });
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { zoneName, hostedZoneId });
    const domainName = nameIn(environment);
    const content = new Bucket(stack, 'Content', {
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    });
    const edge = new TlsDistribution(stack, 'Edge', {
      certificate: new ManagedCertificate(stack, 'Certificate', { domainName, hostedZones: [zone] }),
      domainNames: [domainName],
      defaultBehavior: { origin: TlsOrigin.bucket(content) },
    });
    const records = new AliasRecords(stack, 'AliasRecords', {
      domainNames: [domainName],
      zones: [zone],
      distribution: edge.distribution,
    });
    acceptZone(records);
    accept(
      content,
      'AwsSolutions',
      'S1',
      'The bucket is empty and private: only the distribution can read it, which logs.',
    );
    accept(
      edge,
      'AwsSolutions',
      'S1',
      'The bucket receives logs of the distribution: a log of its own would need a bucket in turn.',
    );
    accept(edge, 'AwsSolutions', 'CFR1', 'The probe of the tests may come from any country.');
    accept(edge, 'AwsSolutions', 'CFR3', 'It logs by standard logging (v2), which the rule does not know.');
  },
  endpoints: (environment) => [{ host: nameIn(environment), port: 443 }],
};

runAsApp(module, distribution);
