/** Where a container finds its key and certificate, and for how long the certificate is valid. */
export interface KeyAndCertificateScriptProps {
  /** The folder, which exists. */
  readonly folder: string;
  /** Who reads them, as `1000:1000`. */
  readonly owner: string;
  /** For how many days the certificate is valid. */
  readonly days: number;
}

/** The names of the files. */
export const KEY_FILE = 'key.pem';
export const CERTIFICATE_FILE = 'certificate.pem';

/**
 * The whole configuration of openssl: what the image has of its own would add to it, an authority's rights
 * even.
 */
const CONFIGURATION = [
  '[req]',
  'prompt = no',
  'distinguished_name = name',
  'x509_extensions = target',
  '[name]',
  'CN = localhost',
  '[target]',
  'basicConstraints = critical,CA:FALSE',
  'keyUsage = critical,digitalSignature',
  'extendedKeyUsage = serverAuth',
  'subjectAltName = DNS:localhost',
];

/** What runs the script, whatever the image would start with. */
export const SHELL = ['sh', '-c'];

/**
 * The script that makes a key (ECDSA, P-256) and a certificate that it signed, for one reader.
 *
 * It needs `sh` and `openssl` (1.1.1 or newer) and nothing to write to but the folder; without network, since
 * it asks nobody. Modes are set before the owner, who alone may set them afterwards.
 */
export function keyAndCertificateScript({ folder, owner, days }: KeyAndCertificateScriptProps): string {
  const key = `${folder}/${KEY_FILE}`;
  const certificate = `${folder}/${CERTIFICATE_FILE}`;
  const lines = CONFIGURATION.map((line) => `'${line}'`).join(' ');
  return [
    'set -eu',
    'umask 077',
    `printf '%s\\n' ${lines} | openssl req -x509 -config /dev/stdin -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days ${days} -keyout ${key} -out ${certificate}`,
    `chmod 0400 ${key} ${certificate}`,
    `chown ${owner} ${key} ${certificate}`,
  ].join('\n');
}
