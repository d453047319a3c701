import { Names, Stack } from 'aws-cdk-lib';
import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as macie from 'aws-cdk-lib/aws-macie';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** Who may reach a resource without being a finding of Access Analyzer. */
export enum AnalyzerScope {
  /** This account. */
  ACCOUNT = 'ACCOUNT',
  /** Every account of the organisation; only in its management account, or that of a delegated administrator. */
  ORGANIZATION = 'ORGANIZATION',
}

/** Properties of `SecurityServices`. */
export interface SecurityServicesProps {
  /**
   * Whether GuardDuty is switched on here.
   *
   * @default false - it is on already: an organisation switches it on for its accounts
   */
  readonly guardDuty?: boolean;
  /**
   * Whether Macie is switched on here. It charges for buckets watched, and for what it looks through.
   *
   * @default false - it is on already, or not wanted
   */
  readonly macie?: boolean;
  /**
   * For whom Access Analyzer looks here at what others can reach.
   *
   * @default - no analyser: there is one already
   */
  readonly accessAnalyzer?: AnalyzerScope;
  /**
   * Whether Security Hub is switched on here, without the standards that it would choose itself.
   *
   * @default false - it is on already
   */
  readonly securityHub?: boolean;
  /**
   * Whether Security Hub checks the account by its standard for PCI DSS v4.0.1. It needs Security Hub, switched on here or
   * already, and a recorder of AWS Config.
   *
   * @default false
   */
  readonly pciDssStandard?: boolean;
}

/**
 * Switches on what looks for breaches, in this account and region. There can be one of each: a second one fails the
 * deployment, so that nothing is switched on unless it is asked for.
 *
 * `SecurityFindings` tells somebody what they find. The recorder of AWS Config, without which Security Hub checks nothing,
 * is not made here: there is one for each account and region, which a landing zone brings.
 */
export class SecurityServices extends Construct {
  /** @throws TransmissionError where nothing is switched on */
  constructor(scope: Construct, id: string, props: SecurityServicesProps) {
    super(scope, id);
    if (!Object.values(props).some((value) => value !== undefined && value !== false)) {
      throw invalidProperty(this, 'at least one service must be switched on, leave this construct out');
    }
    if (props.guardDuty === true) this.createDetector();
    if (props.macie === true) {
      new macie.CfnSession(this, 'Macie', {
        status: 'ENABLED',
        findingPublishingFrequency: 'FIFTEEN_MINUTES',
      });
    }
    if (props.accessAnalyzer !== undefined) this.createAnalyzer(props.accessAnalyzer);
    const hub = props.securityHub === true ? this.createHub() : undefined;
    if (props.pciDssStandard === true) this.createStandard(hub);
  }

  /** With what it can look at without an agent in a workload. */
  private createDetector(): void {
    const features = ['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'EBS_MALWARE_PROTECTION'];
    new guardduty.CfnDetector(this, 'GuardDuty', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: features.map((name) => ({ name, status: 'ENABLED' })),
    });
  }

  private createAnalyzer(type: AnalyzerScope): void {
    new accessanalyzer.CfnAnalyzer(this, 'AccessAnalyzer', {
      // A name may be used once, and another one replaces the analyser: it is made of the path.
      analyzerName: Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }),
      type,
    });
  }

  private createHub(): securityhub.CfnHub {
    return new securityhub.CfnHub(this, 'SecurityHub', {
      enableDefaultStandards: false,
      controlFindingGenerator: 'SECURITY_CONTROL',
    });
  }

  /** https://docs.aws.amazon.com/securityhub/latest/userguide/pci-standard.html */
  private createStandard(hub: securityhub.CfnHub | undefined): void {
    const { partition, region } = Stack.of(this);
    const standard = new securityhub.CfnStandard(this, 'PciDss', {
      standardsArn: `arn:${partition}:securityhub:${region}::standards/pci-dss/v/4.0.1`,
    });
    if (hub !== undefined) standard.node.addDependency(hub);
  }
}
