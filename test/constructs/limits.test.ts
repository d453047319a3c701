import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  AlarmTopic,
  CertificateAuthorityAuthorization,
  EncryptedQueue,
  EncryptedTopic,
  LogBucket,
  LogKind,
  ManagedCertificate,
  ZoneSigning,
} from '../../lib';

const zoneIn = (stack: Stack) =>
  HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789',
  });
const elsewhere = (stack: Stack) =>
  new Stack(stack.node.root as App, 'Other', { env: { region: 'eu-west-1' } });

test.each<[string, (stack: Stack) => unknown, string]>([
  [
    'names of a certificate that nobody knows at synthesis',
    (stack) =>
      new ManagedCertificate(stack, 'It', {
        domainName: 'a.example.com',
        subjectAlternativeNames: new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' }).valueAsList,
        hostedZones: [zoneIn(stack)],
      }),
    "Stack/It: 'subjectAlternativeNames' must be a literal list, since each name is validated in its zone, got an unresolved value, read it from configuration",
  ],
  [
    'a prefix that leaves no room for the paths of services',
    (stack) => new LogBucket(stack, 'It', { kind: LogKind.ALB_ACCESS, prefix: 'a'.repeat(513) }),
    "Stack/It: 'prefix' must have at most 512 bytes, since a key of Amazon S3 has 1024 and the service adds a path to it, got 513, shorten it",
  ],
  [
    'a queue of another region behind a topic',
    (stack) => new EncryptedTopic(stack, 'It').addQueue(new EncryptedQueue(elsewhere(stack), 'Queue')),
    'Stack/It: \'queue\' must be in the region of the topic (us-east-1), got "eu-west-1", define the queue there, and let what reads it do so from elsewhere',
  ],
  [
    'a topic of another region for the alarms of a signed zone',
    (stack) =>
      new ZoneSigning(stack, 'It', {
        zone: zoneIn(stack),
        alarmTopic: new AlarmTopic(elsewhere(stack), 'Alarms').topic,
      }),
    'Stack/It: \'alarmTopic\' must be in the region of the alarms (us-east-1), got "eu-west-1", which reach topics of their own region only, name one there, or leave it out for a new one',
  ],
  [
    'a label of 64 characters in a CAA record',
    (stack) =>
      new CertificateAuthorityAuthorization(stack, 'It', {
        zone: zoneIn(stack),
        recordName: `${'a'.repeat(64)}.example.com`,
      }),
    `Stack/It: 'recordName' must be a name of at most 253 characters with labels of 1 to 63, got "${'a'.repeat(64)}.example.com", correct it`,
  ],
])('%s is refused at synthesis', (_, build, message) => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
  expect(() => build(stack)).toThrow(message);
});
