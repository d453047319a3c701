import type { TlsVersion } from '../tls';

/** What a statement says where nobody could tell: never less than that. */
export const NOT_KNOWN = 'not-known';

/** A fact that may not be known. */
export type Stated<T> = T | typeof NOT_KNOWN;

/** How bytes travel, the weakest first. */
export const TRAVELS = [
  /** In clear, always or for whoever asks so. */
  'in-clear',
  /** The templates do not say. */
  NOT_KNOWN,
  /** The receiver decides, as with mail. */
  'up-to-receiver',
  /** Bytes pass through; both ends decide. */
  'passed-on',
  /** Encrypted; nobody verifies who answers. */
  'encrypted',
  /** Encrypted, and whoever connects verifies who answers. */
  'encrypted-and-authenticated',
] as const;

/** How bytes travel on a hop. */
export type Travel = (typeof TRAVELS)[number];

/** A certificate that an endpoint shows. */
export interface StatedCertificate {
  /** `amazon`: AWS Certificate Manager, or AWS for a name of its own. `private-authority`: trusted by invitation. */
  readonly issuer: Stated<'amazon' | 'private-authority'>;
  /** How the authority made sure that the name is ours; absent where that does not apply. */
  readonly validation?: Stated<'dns' | 'email'>;
}

/** What protects the data of those who come over the internet, at one endpoint or at several that are alike. */
export interface StatedEndpoint {
  /** A kind of hop, such as `cloudfront.viewer`; `docs/statement.md` lists them. */
  readonly kind: string;
  /** How many endpoints these are. */
  readonly count: number;
  /** The public names under which they are reached, as far as templates say. */
  readonly hosts: readonly string[];
  /** There are names that templates do not say. */
  readonly moreHosts?: true;
  /** `no-data`: it answers with redirects and refusals only. */
  readonly travels: Travel | 'no-data';
  /** What becomes of a request in clear. */
  readonly plaintext: Stated<'refused' | 'redirected' | 'served'>;
  /** The versions that can be negotiated; absent where no TLS is spoken. */
  readonly tls?: { readonly oldest: Stated<TlsVersion>; readonly newest: Stated<TlsVersion> };
  /** Whether every cipher suite offered has forward secrecy. */
  readonly forwardSecrecy?: Stated<'always' | 'not-always'>;
  /** What is offered for the agreement on keys. */
  readonly keyAgreement?: Stated<'post-quantum-hybrid' | 'classical'>;
  /** The header of RFC 6797; absent where browsers do not come. */
  readonly hsts?: Stated<
    | 'none'
    | { readonly maxAgeSeconds: number; readonly includeSubdomains: boolean; readonly preload: boolean }
  >;
  readonly certificates: readonly StatedCertificate[];
  /** Whether clients must present a certificate. */
  readonly clientCertificates: Stated<'required' | 'optional' | 'none'>;
  /** How data goes on from here, the weakest way of all; `ends-here` where it does not. */
  readonly onward: Travel | 'ends-here';
}

/** All that a statement states: what its digest is made of. */
export interface StatedFacts {
  readonly endpoints: readonly StatedEndpoint[];
  /** All hops that do not begin in the internet, by how bytes travel on them. */
  readonly furtherHops: Readonly<Record<Travel, number>> & { readonly mayNegotiateBelowTls12: number };
  /** Endpoints that AWS serves in clear to whoever asks, unless a policy of ours refuses: buckets, topics, queues. */
  readonly awsEndpoints: { readonly total: number; readonly refusePlaintext: number };
  /** Stores, by the key that they are encrypted with. */
  readonly stores: {
    readonly ownKey: number;
    readonly awsManagedKey: number;
    readonly serviceKey: number;
    readonly notEncrypted: number;
    readonly notKnown: number;
  };
  /** What nobody could look at: resources that may carry traffic, and parts of templates. */
  readonly notJudged: { readonly resources: number; readonly parts: number };
}

/** The names of `StatedFacts`: what the digest covers. */
export const STATED: readonly (keyof StatedFacts)[] = [
  'endpoints',
  'furtherHops',
  'awsEndpoints',
  'stores',
  'notJudged',
];
