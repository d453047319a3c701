/**
 * Requirements of PCI DSS v4.0.1 to which many rules of AWS Config are mapped together. Each is a list of ids between
 * blanks, so that rows read as the mapping does.
 */

/** Logs are on, whole, and kept where few can read them. */
export const LOGGED =
  '5.3.4 10.2.1 10.2.1.1 10.2.1.2 10.2.1.3 10.2.1.4 10.2.1.5 10.2.1.6 10.2.1.7 10.2.2 10.3.1 10.6.3 A1.2.1';
/** Keys are made, kept and changed as they should be. */
export const KEYS = '3.5.1.1 3.5.1.3 3.6.1 3.6.1.2 3.6.1.3 3.6.1.4 3.7.1 3.7.2 3.7.4 3.7.6 3.7.7 4.2.1.1';
/** What is stored is not public. */
export const NOT_PUBLIC = '1.2.8 1.3.1 1.3.2 1.4.2 1.5.1 3.5.1.3 10.3.2 A1.1.2 A1.1.3 A3.4.1';
/** Access is given by need. */
export const ACCESS = '7.2.1 7.2.2 7.2.5 7.3.1 7.3.2 7.3.3 8.2.7 8.2.8 8.3.4';
/** Somebody looks at what happens. */
export const WATCHED = '10.2.1.1 10.4.1 10.4.1.1 10.4.2 10.6.3 10.7.1 10.7.2 A3.3.1 A3.5.1';
/** What is between trusted and untrusted networks. */
export const BORDER = '1.2.8 1.3.1 1.3.2 1.4.1 1.4.2 1.4.4 1.5.1 A1.1.3';
/** Traffic is limited to what is needed. */
export const NETWORK = '1.2.8 1.3.1 1.3.2 1.4.2 1.5.1 A1.1.3';
/** Web applications are protected against attacks. */
export const WEB = '6.4.1 6.4.2';
/** Services and protocols that are allowed have a need. */
export const SERVED = '1.2.5 2.2.5';
/** What travels is encrypted. */
export const IN_TRANSIT = '2.2.7 4.2.1 4.2.1.1 8.3.2';
/** Passwords and keys of accounts are changed. */
export const SECRETS = '8.3.5 8.3.7 8.3.9 8.3.10.1 8.6.3';
/** Every user has an own id. */
export const PEOPLE = '8.2.1 8.2.2 8.2.4 8.2.5 8.3.11';
/** Data is kept no longer than needed. */
export const RETAINED = '3.2.1 3.3.1.1 3.3.1.3 3.3.2 3.3.3 10.5.1';
/** Changes are noticed, and told. */
export const TAMPERED = '11.5.2 11.6.1 12.10.5 A3.3.1 A3.5.1';
/** What is stored is apart from what is not meant to reach it. */
export const SEPARATE = '3.5.1.3 10.3.2 A1.1.2 A3.4.1';
/** People use several factors. */
export const FACTORS = '8.4.1 8.4.2 8.4.3';
/** What is stored cannot be read. */
export const AT_REST = '3.5.1 8.3.2';
