import { urlAt } from '../../hops/url';
import { type Cursor, Reference } from '../../template';

/** The beginning of an address, as far as the template tells. */
export interface Address {
  /** In lower case, such as `https`; undefined where it is hidden. */
  readonly scheme: string | undefined;
  /** Without user, path and query, since those can hold secrets. */
  readonly host: string;
  /** Why the scheme is not known. */
  readonly why: string;
}

/** Attributes that are addresses of AWS, which begin with https. */
const OF_AWS = ['AWS::Cognito::UserPool ProviderURL', 'AWS::EKS::Cluster OpenIdConnectIssuerUrl'];

/** Reads the address at a place, those of apps (`com.example.app:/done`) too. */
export function addressAt(at: Cursor): Address {
  const value = at.value();
  if (value instanceof Reference && OF_AWS.includes(`${value.resource.type} ${value.attribute}`)) {
    return { scheme: 'https', host: '', why: '' };
  }
  const { scheme, host } = urlAt(at);
  if (scheme.value !== undefined) return { scheme: scheme.value, host, why: '' };
  const ofApp = typeof value === 'string' ? /^([a-z][a-z0-9+.-]*):\/(?!\/)/i.exec(value)?.[1] : undefined;
  return { scheme: ofApp?.toLowerCase(), host: '', why: scheme.unknown ?? 'it has no scheme' };
}
