/** The packs of cdk-nag 3, by the names that its findings begin with. */
export const NAG_PACKS: readonly string[] = [
  'AwsSolutions',
  'HIPAA.Security',
  'NIST.800.53.R4',
  'NIST.800.53.R5',
  'PCI.DSS.321',
  'Serverless',
];

/**
 * Rules of cdk-nag 3.0.2 that are about plaintext or old TLS on a hop, read from its packs: for them the terms are as
 * strict as for ours. Encryption at rest is another matter.
 */
const TRANSIT_RULES: ReadonlySet<string> = new Set([
  // AwsSolutions numbers its rules.
  ...[
    'ELB5',
    'S10',
    'RS1',
    'CFR4',
    'CFR5',
    'EMR5',
    'MSK2',
    'MSK3',
    'OS2',
    'QS1',
    'SNS3',
    'SQS4',
    'MS3',
    'AEC3',
  ],
  ...['ALBHttpToHttpsRedirection', 'ELBTlsHttpsListenersOnly', 'OpenSearchNodeToNodeEncryption'],
  ...['RedshiftRequireTlsSSL', 'S3BucketSSLRequestsOnly'],
]);

/** Whether a rule of cdk-nag is about plaintext or TLS below 1.2; its finding in brackets does not matter. */
export function isTransitRule(id: string): boolean {
  return TRANSIT_RULES.has(id.replace(/\[.*$/s, ''));
}

/** The pack of cdk-nag that a finding's name begins with. */
export function nagPackOf(name: string): string | undefined {
  return NAG_PACKS.find((pack) => name.startsWith(`${pack}-`));
}
