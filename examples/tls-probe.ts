import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { promiseOfTlsPolicy, TlsProbe } from 'cdk-secure-transmission';
import type { Construct } from 'constructs';

export interface WatchStackProps extends StackProps {
  readonly alarms: ITopic;
}

export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: WatchStackProps) {
    super(scope, id, props);

    // #region probe
    new TlsProbe(this, 'Probe', {
      hosts: [
        { host: 'shop.example.com', promised: promiseOfTlsPolicy('cloudfront-viewer', 'TLSv1.3_2025') },
        { host: 'mqtt.example.com:8883', promised: { oldest: 'TLSv1.2', clientCertificates: 'required' } },
      ],
      every: Duration.hours(6),
      topic: props.alarms,
    });
    // #endregion
  }
}
