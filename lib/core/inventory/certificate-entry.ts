/** The section of a resource's Metadata that describes the certificate which it names and no template makes. */
export const CERTIFICATE_METADATA = 'SecureTransmissionCertificate';

/** What has to be known of a certificate that somebody else keeps (PCI DSS 4.2.1.1). */
export interface CertificateEntry {
  /** Who answers for it: a role, a team or its address. */
  readonly owner: string;
  /** The authority that issued it. */
  readonly issuer: string;
  /** The algorithm and size of its key, such as `EC_prime256v1` or `RSA_2048`. */
  readonly keyAlgorithm: string;
  /** The last day on which it is good, such as `2027-03-31`. */
  readonly expires: string;
  /** What it protects. */
  readonly purpose: string;
}

/** The parts of an entry, in the order in which they are told. */
export const CERTIFICATE_FIELDS: readonly (keyof CertificateEntry)[] = [
  'owner',
  'issuer',
  'keyAlgorithm',
  'expires',
  'purpose',
];

/** An entry, or what is wrong with it: lower case, no full stop. */
export type ReadCertificateEntry =
  | { readonly state: 'given'; readonly entry: CertificateEntry; readonly expires: Date }
  | { readonly state: 'wrong'; readonly problem: string };

/** Reads an entry strictly: it takes whatever a template hands it. */
export function readCertificateEntry(section: unknown): ReadCertificateEntry {
  if (typeof section !== 'object' || section === null || Array.isArray(section)) {
    return wrong(`must be a map of ${CERTIFICATE_FIELDS.join(', ')}, got something else, write it as one`);
  }
  const given = section as Readonly<Record<string, unknown>>;
  for (const field of CERTIFICATE_FIELDS) {
    const value = Object.hasOwn(given, field) ? given[field] : undefined;
    // Control and format characters, private use, halves of surrogate pairs.
    const isText = typeof value === 'string' && value.trim() !== '' && !/\p{C}/u.test(value);
    if (!isText)
      return wrong(
        `'${field}' must be text, got ${value === undefined ? 'nothing' : 'something else'}, say it`,
      );
  }
  const entry = Object.fromEntries(
    CERTIFICATE_FIELDS.map((field) => [field, given[field]]),
  ) as unknown as CertificateEntry;
  const expires = dayOf(entry.expires);
  return expires === undefined
    ? wrong("'expires' must be a day, got something else, write it like 2027-03-31")
    : { state: 'given', entry, expires };
}

/** The end of a day, in UTC; nothing for days that no calendar has. */
function dayOf(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const end = new Date(`${text}T23:59:59.999Z`);
  return Number.isNaN(end.getTime()) || end.toISOString().slice(0, 10) !== text ? undefined : end;
}

function wrong(problem: string): ReadCertificateEntry {
  return { state: 'wrong', problem };
}
