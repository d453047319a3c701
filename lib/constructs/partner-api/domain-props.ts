import { Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { checkCertificateNames } from '../api/certificate-names';
import { domainNameProblem, type IManagedCertificate, isInZone } from '../certificate';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';

/** The name under which partners call an API. */
export interface PartnerDomainProps {
  /** One exact name, such as `partners.example.com`. */
  readonly domainName: string;
  /**
   * Its certificate, in the region of the API. API Gateway takes one: a twin with an RSA key is not offered. Load
   * balancers offer both, see docs/partner-api.md.
   */
  readonly certificate: IManagedCertificate;
  /**
   * A public certificate of ACM for the same name that proves who owns it: needed with mutual TLS where `certificate`
   * was imported or issued by a private authority, and only there. It must stay valid for as long.
   *
   * @default - none, which is right for public certificates of ACM
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
   */
  readonly ownershipCertificate?: IManagedCertificate;
  /**
   * The public zone in which the record of the name is written.
   *
   * @default - none: you point the name to `aliasTarget`
   */
  readonly hostedZone?: route53.IHostedZone;
}

/** Refuses names that are none, or of another zone, and certificates of another region. */
export function checkDomain(scope: Construct, props: PartnerDomainProps): void {
  const { domainName, certificate, ownershipCertificate, hostedZone } = props;
  if (!Token.isUnresolved(domainName)) {
    if (domainName.includes('*')) {
      throw invalidProperty(
        scope,
        `'domainName' must be one exact name, got ${JSON.stringify(domainName.slice(0, 80))}, name the one that partners call`,
      );
    }
    const problem = domainNameProblem(domainName);
    if (problem !== undefined) throw invalidProperty(scope, `'domainName' ${problem}`);
  }
  const zoneName = hostedZone?.zoneName;
  if (zoneName !== undefined && !Token.isUnresolved(zoneName) && !Token.isUnresolved(domainName)) {
    if (!isInZone(domainName, zoneName)) {
      throw invalidProperty(
        scope,
        `'hostedZone' must be a zone that ${domainName} lies in, got ${zoneName}, name that one`,
      );
    }
  }
  for (const [property, given] of Object.entries({ certificate, ownershipCertificate })) {
    if (given === undefined) continue;
    checkSameRegion(scope, {
      property,
      resource: given,
      arn: given.certificateArn,
      of: 'the API',
      remedy: 'define a certificate there',
    });
    checkCertificateNames(scope, property, domainName, given);
  }
}

/** Where a name leads to. */
export interface AliasTarget {
  /** The name that API Gateway gave to the domain. */
  readonly dnsName: string;
  /** Its hosted zone. */
  readonly hostedZoneId: string;
}

/** Writes the record of the name. */
export function addRecord(
  scope: Construct,
  { domainName, hostedZone }: PartnerDomainProps,
  target: AliasTarget,
): void {
  if (hostedZone === undefined) return;
  new route53.ARecord(scope, 'Record', {
    zone: hostedZone,
    recordName: domainName,
    target: route53.RecordTarget.fromAlias({ bind: () => target }),
  });
}

/** API Gateway takes one certificate. */
export function firstCertificateOf({ certificates }: IManagedCertificate): acm.ICertificate {
  const [first] = certificates as [acm.ICertificate, ...acm.ICertificate[]];
  return first;
}
