import { type IResource, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { IManagedCertificate } from '../certificate';
import { EDGE_REGION } from '../edge-region';
import { regionOf } from '../region';

/**
 * What ACM issues and CloudFront does not take.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html
 */
const REFUSED_KEY = 'EC_secp384r1';

/** Why CloudFront would refuse a certificate; callers in JavaScript can leave it out. */
export function certificateProblem(certificate: IManagedCertificate | undefined): string | undefined {
  if (certificate === undefined) {
    return `'certificate' must be given, without one CloudFront accepts TLS 1.0, request a ManagedCertificate in ${EDGE_REGION}`;
  }
  const problem = certificateRegionProblem("'certificate'", certificate, 'request one there');
  if (problem !== undefined) return problem;
  if (resourceOf(certificate)?.keyAlgorithm !== REFUSED_KEY) return undefined;
  return `'certificate' must have a key that CloudFront takes, got ${REFUSED_KEY}, leave out 'keyAlgorithm' for EC_prime256v1`;
}

/** Why CloudFront would not find a certificate; `undefined` where its region is right, or not known. */
export function certificateRegionProblem(
  what: string,
  certificate: IResource & { readonly certificateArn: string },
  remedy: string,
): string | undefined {
  const region = regionOf(certificate, certificate.certificateArn);
  if (region === undefined || region === EDGE_REGION) return undefined;
  return `${what} must be in ${EDGE_REGION}, from where CloudFront takes them, got one in ${region}, ${remedy}`;
}

/** The first name that a certificate of this app is not valid for; of an imported one it is not known. */
export function uncoveredNameProblem(
  certificate: IManagedCertificate,
  names: readonly string[],
): string | undefined {
  const resource = resourceOf(certificate);
  if (resource === undefined || Token.isUnresolved(names)) return undefined;
  const { domainName, subjectAlternativeNames = [] } = resource;
  const own = [domainName, ...subjectAlternativeNames];
  if (Token.isUnresolved(subjectAlternativeNames) || own.some((name) => Token.isUnresolved(name))) {
    return undefined;
  }
  const index = names.findIndex((name) => !Token.isUnresolved(name) && !own.some((one) => covers(one, name)));
  if (index === -1) return undefined;
  return `'domainNames[${index}]' must be a name of the certificate (${own.join(', ')}), got ${JSON.stringify(names[index])}, add it to 'subjectAlternativeNames' of the certificate`;
}

/** The first certificate, where this app requests it: CloudFront takes no other. */
function resourceOf({ certificates: [first] }: IManagedCertificate): acm.CfnCertificate | undefined {
  const resource = first?.node.defaultChild;
  return acm.CfnCertificate.isCfnCertificate(resource) ? resource : undefined;
}

/** RFC 6125, 6.4.3: an asterisk stands for one label. */
function covers(own: string, name: string): boolean {
  return own === name || (own.startsWith('*.') && name.replace(/^[^.*]+(?=\.)/, '*') === own);
}
