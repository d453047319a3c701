import { Stack, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { IManagedCertificate } from '../certificate';
import { invalidProperty, type Place } from '../invalid-property';

/** Refuses a certificate of this app that is for other names: the handshake would fail. Of imported ones it is not known. */
export function checkCertificateNames(
  place: Place,
  property: string,
  domainName: string,
  { certificates }: IManagedCertificate,
): void {
  const resource = certificates[0]?.node.defaultChild;
  if (Token.isUnresolved(domainName) || !acm.CfnCertificate.isCfnCertificate(resource)) return;
  const names: unknown = Stack.of(resource).resolve([
    resource.domainName,
    ...(resource.subjectAlternativeNames ?? []),
  ]);
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return;
  const wildcard = domainName.replace(/^[^.]+/, '*');
  if (names.includes(domainName) || names.includes(wildcard)) return;
  throw invalidProperty(
    place,
    `'${property}' must be for ${domainName}, got one for ${names.join(', ')}, request one for it`,
  );
}
