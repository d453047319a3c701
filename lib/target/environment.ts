/**
 * The agreement between what deploys a target and what runs in it: environment variables, written by
 * `TargetCertificate`, read by `targetTls` and by targets in any other language.
 */
import { TransmissionError } from '../core/errors';

/** The names of the variables. */
export const TARGET_TLS_ENVIRONMENT = {
  /** Where the certificate comes from: a `TargetTlsSource`. */
  source: 'TARGET_TLS_SOURCE',
  /** The oldest version of TLS that the target may speak, `TLSv1.2` or `TLSv1.3`. */
  minVersion: 'TARGET_TLS_MIN_VERSION',
  /** With `files`: the path of the private key, in PEM. */
  keyFile: 'TARGET_TLS_KEY_FILE',
  /** With `files`: the path of the certificate, in PEM. */
  certificateFile: 'TARGET_TLS_CERTIFICATE_FILE',
  /** With `process`: for how many days the certificate is to be valid. */
  validityDays: 'TARGET_TLS_VALIDITY_DAYS',
} as const;

/**
 * Where a target finds its certificate: in files, in its own process, or nowhere, since a proxy ends TLS for
 * it.
 */
export const TARGET_TLS_SOURCES = ['files', 'process', 'proxy'] as const;

/** One of them. */
export type TargetTlsSource = (typeof TARGET_TLS_SOURCES)[number];

/** The versions below which a target may be told not to go. */
export const TARGET_TLS_MIN_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

/** One of them. */
export type TargetTlsMinVersion = (typeof TARGET_TLS_MIN_VERSIONS)[number];

/**
 * For how long a certificate is valid that is made when a task starts, in days.
 *
 * It cannot be replaced while the task runs, and dies with it: so it outlives the task. A year does, since
 * AWS Fargate retires tasks whenever it patches what they run on. Load balancers do not look at the dates;
 * who does is a scanner, which reports what has expired, and what is valid for longer than 398 days.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-maintenance.html
 */
export const TARGET_CERTIFICATE_DAYS = 365;

/** The longest validity that is not reported (CA/Browser Forum, Baseline Requirements 6.3.2, of 398 days). */
export const MOST_TARGET_CERTIFICATE_DAYS = 397;

/** Environment variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that has to be one of a few values. */
export function choiceOf<T extends string>(
  environment: Environment,
  name: string,
  choices: readonly T[],
  otherwise?: T,
): T {
  const value = environment[name];
  if (value === undefined && otherwise !== undefined) return otherwise;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw invalid(
    name,
    `must be ${choices.join(' or ')}, got ${value === undefined ? 'nothing' : JSON.stringify(value.slice(0, 40))}, deploy with a TargetCertificate, which sets it`,
  );
}

/** A variable that has to be there. */
export function textOf(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw invalid(name, 'must be set, got nothing, deploy with a TargetCertificate, which sets it');
}

/** A number of days that a certificate may be valid. */
export function daysOf(environment: Environment, name: string): number {
  const value = environment[name];
  if (value === undefined) return TARGET_CERTIFICATE_DAYS;
  const days = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (days >= 1 && days <= MOST_TARGET_CERTIFICATE_DAYS) return days;
  throw invalid(
    name,
    `must be a whole number of days from 1 to ${MOST_TARGET_CERTIFICATE_DAYS}, got ${JSON.stringify(value.slice(0, 40))}, leave it out for ${TARGET_CERTIFICATE_DAYS}`,
  );
}

/** What is wrong with a variable. */
export function invalid(name: string, message: string): TransmissionError {
  return new TransmissionError('InvalidConfiguration', `'${name}' ${message}`, 'environment');
}
