import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Shop } from './shop';

/** Every finding that the shop accepts, each on the construct that it is about: what a reviewer looks at first. */
export function acceptFindings({ data, shop, edge }: Shop): void {
  for (const scope of [data.network, shop.loadBalancer, edge.distribution]) {
    accept(scope, {
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'The bucket below receives logs of AWS services: a log of its own would need a bucket in turn.',
    });
    accept(scope, {
      id: 'PciDss401Checks::PciDss401Checks-StoreIsInBackupPlan',
      reason:
        'Logs are versioned, and end after 400 days: a backup would be another copy of addresses, which has to be erased as well.',
    });
  }
  accept(edge.distribution, {
    id: 'AwsSolutions::AwsSolutions-CFR3',
    reason:
      'It logs by standard logging v2, with TLS version and cipher; the rule knows the older logging only.',
  });
  accept(edge.distribution, {
    id: 'PciDss401Checks::PciDss401Checks-LogGroupHasOwnKey',
    reason:
      'CloudWatch Logs encrypts the log of the web ACL with keys of its own; credentials, cookies, query strings and bodies are left out at the source.',
  });
  for (const alarms of [shop.certificate, edge.alarmTopic]) {
    accept(alarms, {
      id: 'PciDss401Checks::PciDss401Checks-TopicLogsDeliveries',
      reason:
        'People subscribe to it after the deployment, by e-mail, of which Amazon SNS logs no deliveries; until then it delivers nothing.',
    });
  }
  accept(data.products, {
    id: 'PciDss401Checks::PciDss401Checks-StoreIsInBackupPlan',
    reason:
      'Point-in-time recovery restores it to any second of the last 35 days; who may delete it has to lift its deletion protection first.',
  });
  accept(data.orders, {
    id: 'PciDss401Checks::PciDss401Checks-StoreIsInBackupPlan',
    reason:
      'It keeps backups of its own for 14 days, under its key; who may delete it has to lift its deletion protection first.',
  });
  accept(data.sessions, {
    id: 'PciDss401Checks::PciDss401Checks-CacheIsBackedUp',
    reason:
      'Who loses a session logs in again. A backup would keep who was logged in for longer than the day that a session lasts.',
  });
  accept(data.shipments, {
    id: 'GdprChecks::GdprChecks-AccessHandlerIsNamed',
    reason:
      'A message is a copy of what stands in the orders, and a person is told of it from there: no person can be looked for in a queue.',
  });
  accept(data.imageLayers, {
    id: 'TransmissionChecks::TransmissionChecks-LooseningIsWaived',
    reason:
      'Without the layers no container starts. The exception is for reading one bucket, which AWS owns.',
  });
  accept(shop.service, {
    id: 'AwsSolutions::AwsSolutions-ECS2',
    reason:
      'The variables say where stores are and how TLS is spoken; the construct refuses those that hold secrets.',
  });
  accept(shop.service, {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'ecr:GetAuthorizationToken, by which the image is fetched, is an action that knows no resource.',
  });
  accept(shop.service, {
    id: 'AwsSolutions::AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
    reason:
      'Two actions of one meaning on one key, that of the queue, which messages cannot be sent without.',
  });
}

/** By its qualified id, `Pack::Rule`: the short one would erase findings of cdk-nag without a trace. */
function accept(scope: IConstruct, finding: { readonly id: string; readonly reason: string }): void {
  Validations.of(scope).acknowledge(finding);
}
