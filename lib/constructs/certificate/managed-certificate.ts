import { Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { BaselineReference } from '../baseline';
import { AlarmTopic } from '../messaging';
import { CertificateMonitor } from './certificate-monitor';
import {
  type IManagedCertificate,
  ImportedCertificate,
  type ManagedCertificateAttributes,
  ManagedCertificateBase,
} from './certificate-reference';
import { commonNameProblem, domainNameProblem, zoneFor } from './domain-name';

/** What ACM issues; load balancers and API Gateway take all of it, CloudFront does not take EC_secp384r1. */
const KEY_ALGORITHMS = ['EC_prime256v1', 'EC_secp384r1', 'RSA_2048'];
/**
 * How many names a certificate holds, the first included, unless AWS has raised the quota, and to what it can be raised.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
const NAME_QUOTA = 10;
const MAX_NAMES = 100;

/** Properties of a `ManagedCertificate`. */
export interface ManagedCertificateProps {
  /** The name that clients connect to, its common name: at most 64 characters. */
  readonly domainName: string;
  /**
   * More names that the certificate is valid for. A wildcard widens what a stolen key can impersonate.
   *
   * @default - none
   */
  readonly subjectAlternativeNames?: string[];
  /**
   * How many names a certificate may hold, `domainName` included, where AWS has raised the quota: up to 100.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
   */
  readonly domainNameQuota?: number;
  /**
   * The zones in which ACM's validation records are written, so that it renews without a person.
   *
   * Every name must lie in one of them; where it lies in several, the longest wins.
   */
  readonly hostedZones: route53.IHostedZone[];
  /**
   * The kind of key: `EC_PRIME256V1`, `EC_SECP384R1` (not for CloudFront) or `RSA_2048`. ACM issues no others, and weaker
   * are refused.
   *
   * @default KeyAlgorithm.EC_PRIME256V1
   */
  readonly keyAlgorithm?: acm.KeyAlgorithm;
  /**
   * Whether there is a second certificate for the same names with an RSA-2048 key, for clients without ECDSA.
   *
   * @default false
   */
  readonly rsaTwin?: boolean;
  /**
   * The topic that is told of trouble with the certificate, in its account and region. CloudWatch and EventBridge
   * must be allowed to publish there; an `AlarmTopic` allows it.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
  /**
   * The moment of the synthesis, which decides how long certificates live and thus when renewal is overdue.
   *
   * @default - `SOURCE_DATE_EPOCH` where it is set, else the clock
   */
  readonly now?: Date;
}

/**
 * A public certificate that renews itself, and says so when it does not.
 *
 * It is validated by DNS only, logged for Certificate Transparency, and its key cannot leave ACM. CloudFront and
 * edge-optimized APIs take certificates of us-east-1 only: define it in a stack of that region for them.
 */
export class ManagedCertificate extends ManagedCertificateBase {
  /**
   * A certificate that exists already, in the region of its ARN.
   *
   * What an ARN does not say is not known here, so that these checks do not happen: whether it is valid for the names
   * of the endpoint, how strong its key is, whether it was imported into ACM (which then renews nothing), is validated
   * by e-mail, can be exported, is logged for Certificate Transparency, or has expired; and whether the twin is one.
   * Where the ARN is known at deployment only, its region is not checked either.
   *
   * Nobody is told when it is not renewed, unless a `CertificateMonitor` in its region watches `certificates`.
   */
  static fromManagedCertificateAttributes(
    scope: Construct,
    id: string,
    attributes: ManagedCertificateAttributes,
  ): IManagedCertificate {
    return new ImportedCertificate(scope, id, attributes);
  }

  /**
   * The certificate of the baseline: that of the load balancer for a stack in its region, that of the distribution for
   * one in us-east-1.
   *
   * @throws TransmissionError where there is no baseline, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string): IManagedCertificate {
    const baseline = BaselineReference.of(scope);
    const attributes =
      baseline.sideOf(scope) === 'edge'
        ? { certificateArn: baseline.value(scope, 'edge/certificate-arn') }
        : {
            certificateArn: baseline.value(scope, 'certificate/arn'),
            rsaCertificateArn: baseline.valueIfAny(scope, 'certificate/rsa-arn'),
          };
    return new ImportedCertificate(scope, id, attributes);
  }

  readonly certificateArn: string;
  readonly rsaCertificateArn?: string;
  readonly certificates: acm.ICertificate[];
  /** The topic that is told of trouble. */
  readonly alarmTopic: sns.ITopic;
  /** The alarm of each certificate: renewal is overdue. */
  readonly expiryAlarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: ManagedCertificateProps) {
    super(scope, id);
    this.checkValidation(props);
    this.checkKey(props);
    this.checkNames(props);

    const certificate = this.issue(
      'Certificate',
      props,
      props.keyAlgorithm ?? acm.KeyAlgorithm.EC_PRIME256V1,
    );
    const twin = props.rsaTwin ? this.issue('RsaTwin', props, acm.KeyAlgorithm.RSA_2048) : undefined;
    this.certificateArn = certificate.certificateArn;
    this.rsaCertificateArn = twin?.certificateArn;
    this.certificates = twin === undefined ? [certificate] : [certificate, twin];

    this.alarmTopic = props.alarmTopic ?? new AlarmTopic(this, 'AlarmTopic').topic;
    const monitor = new CertificateMonitor(this, 'Monitor', {
      certificates: this.certificates,
      topic: this.alarmTopic,
      now: props.now,
    });
    this.expiryAlarms = monitor.alarms;
  }

  private issue(
    id: string,
    props: ManagedCertificateProps,
    keyAlgorithm: acm.KeyAlgorithm,
  ): acm.ICertificate {
    const { domainName, subjectAlternativeNames = [] } = props;
    const zones = [domainName, ...subjectAlternativeNames].map(
      (name) => [name, this.zoneOf(name, props.hostedZones)] as const,
    );
    const certificate = new acm.Certificate(this, id, {
      domainName,
      subjectAlternativeNames: subjectAlternativeNames.length > 0 ? subjectAlternativeNames : undefined,
      validation: acm.CertificateValidation.fromDnsMultiZone(Object.fromEntries(zones)),
      keyAlgorithm,
      transparencyLoggingEnabled: true,
      allowExport: false,
    });
    const resource = certificate.node.defaultChild as acm.CfnCertificate;
    // The L2 leaves the property out, and what is left out can change.
    resource.certificateExport = 'DISABLED';
    return certificate;
  }

  /** The longest zone that a name lies in. A single zone is taken at its word where its name is not known yet. */
  private zoneOf(name: string, zones: route53.IHostedZone[]): route53.IHostedZone {
    const [only] = zones;
    if (only !== undefined && zones.length === 1) {
      if (Token.isUnresolved(name) || Token.isUnresolved(only.zoneName)) return only;
    }
    const best = zoneFor(name, zones);
    if (best !== undefined) return best;
    const known = zones.map(({ zoneName }) => zoneName).join(', ');
    throw this.invalid(
      Token.isUnresolved(name)
        ? "'hostedZones' must hold exactly one zone where a name is an unresolved value"
        : `${JSON.stringify(name)} lies in none of the zones in 'hostedZones' (${known}), add its zone`,
    );
  }

  private checkValidation(props: ManagedCertificateProps): void {
    if (Object.hasOwn(props, 'validation')) {
      throw this.invalid(
        "'validation' cannot be set, certificates are validated by DNS so that they renew without a person, pass the zones in 'hostedZones'",
      );
    }
    if (props.hostedZones.length === 0) {
      throw this.invalid(
        "'hostedZones' must hold at least one zone, validation by e-mail is refused because it cannot renew without a person",
      );
    }
  }

  private checkKey({ keyAlgorithm, rsaTwin }: ManagedCertificateProps): void {
    const name = keyAlgorithm?.name;
    if (name !== undefined && !KEY_ALGORITHMS.includes(name)) {
      throw this.invalid(
        `'keyAlgorithm' must be one of ${KEY_ALGORITHMS.join(', ')}, got ${JSON.stringify(name)}, which is weak or not issued by ACM`,
      );
    }
    if (rsaTwin && name === 'RSA_2048') {
      throw this.invalid("'rsaTwin' must be false where 'keyAlgorithm' is RSA_2048, remove one of the two");
    }
  }

  private checkNames(props: ManagedCertificateProps): void {
    const more = props.subjectAlternativeNames ?? [];
    if (Token.isUnresolved(more)) {
      throw this.invalid(
        "'subjectAlternativeNames' must be a literal list, since each name is validated in its zone, got an unresolved value, read it from configuration",
      );
    }
    this.checkName("'domainName'", commonNameProblem, props.domainName);
    more.forEach((name, index) => {
      this.checkName(`'subjectAlternativeNames[${index}]'`, domainNameProblem, name);
      if (name === props.domainName || more.indexOf(name) !== index) {
        throw this.invalid(`'subjectAlternativeNames[${index}]' repeats ${JSON.stringify(name)}, remove it`);
      }
    });
    this.checkQuota(more.length + 1, props.domainNameQuota ?? NAME_QUOTA);
  }

  private checkQuota(names: number, quota: number): void {
    if (Token.isUnresolved(quota)) return;
    if (!Number.isInteger(quota) || quota < 1 || quota > MAX_NAMES) {
      throw this.invalid(`'domainNameQuota' must be a whole number from 1 to ${MAX_NAMES}, got ${quota}`);
    }
    if (names <= quota) return;
    throw this.invalid(
      `'subjectAlternativeNames' must leave the certificate with at most ${quota} names, 'domainName' included, got ${names}, define a second certificate, or have the quota raised and say so in 'domainNameQuota'`,
    );
  }

  private checkName(property: string, problemOf: (name: string) => string | undefined, name: string): void {
    if (Token.isUnresolved(name)) return;
    const problem = problemOf(name);
    if (problem !== undefined) throw this.invalid(`${property} ${problem}`);
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}
