/**
 * The one way this package says that something is wrong with what it was given.
 *
 * A message names what is wrong and where, then what is allowed, then what to do. It never holds a key, a
 * token or a card number, and it is never followed by a stack trace: the command line prints it as one line.
 */

/** What kind of thing is wrong; it decides the exit code of the command line. */
export type ErrorKind =
  /** The command was called in a way it does not understand: exit code 2. */
  | 'usage'
  /** The configuration or a property of a construct is not allowed: exit code 2. */
  | 'configuration'
  /** A template or cloud assembly cannot be read: exit code 2. */
  | 'input'
  /** A check could not run: exit code 3. It is never a pass. */
  | 'internal';

/** The codes, each with its kind and the sentence that the errors page prints. */
export const ERROR_CODES = {
  UnknownCommand: { kind: 'usage', about: 'the command line names a command that does not exist' },
  UnknownOption: { kind: 'usage', about: 'the command line holds an option that the command does not have' },
  MissingArgument: { kind: 'usage', about: 'the command line lacks an argument or the value of an option' },
  InvalidArgument: { kind: 'usage', about: 'the value of an option is not one of those allowed' },
  UnknownRule: { kind: 'usage', about: 'no rule has the id that was given' },
  InvalidConfiguration: { kind: 'configuration', about: 'the configuration file does not fit its schema' },
  UnreadableConfiguration: {
    kind: 'configuration',
    about: 'the configuration file cannot be read or parsed',
  },
  InvalidProperty: {
    kind: 'configuration',
    about: 'a property of a construct has a value that is not allowed',
  },
  UnsupportedProfile: { kind: 'configuration', about: 'a service offers no TLS policy for the TLS profile' },
  InvalidTlsPolicy: {
    kind: 'configuration',
    about: 'a TLS policy added in configuration lacks a field or contradicts the catalogue',
  },
  TargetNotFound: {
    kind: 'input',
    about: 'the template, cloud assembly or copy of a trail to check does not exist',
  },
  UnreadableTemplate: {
    kind: 'input',
    about: 'a template cannot be parsed, or exceeds the limits on size and depth',
  },
  UnreadableAssembly: {
    kind: 'input',
    about: 'a cloud assembly has no readable manifest, or names a file that is missing',
  },
  AppFailed: {
    kind: 'input',
    about: 'a CDK app cannot be run, fails, takes too long, or writes no assembly',
  },
  MissingContext: {
    kind: 'input',
    about:
      'an assembly was made without the results of look-ups, so that its templates are not those that are deployed',
  },
  UnreadableBaseline: {
    kind: 'input',
    about: 'the baseline.json of a baseline is missing, of a later version, or not what a baseline writes',
  },
  InvalidDocument: {
    kind: 'input',
    about: 'security.txt or transmission.json cannot be read, breaks its format, or would lose its signature',
  },
  IncompletePackage: {
    kind: 'internal',
    about: 'a file of this package is missing, so that nothing can be run',
  },
  MetricLost: {
    kind: 'internal',
    about: 'CloudWatch would drop a metric that one of our functions measured',
  },
  RuleFailed: { kind: 'internal', about: 'a rule or connector threw, so what it judges is not known' },
} as const satisfies Record<string, { kind: ErrorKind; about: string }>;

/** A stable name for one kind of mistake; callers may switch on it. */
export type ErrorCode = keyof typeof ERROR_CODES;

const MARK = Symbol.for('cdk-secure-transmission.TransmissionError');

/** An error that its reader can act on. Test for it with `isTransmissionError`, not with `instanceof`. */
export class TransmissionError extends Error {
  /** The stable code; see `docs/errors.md`. */
  readonly code: ErrorCode;
  /** Where: a construct path, a file with line, or an option. */
  readonly where: string | undefined;
  /** What is wrong, what is allowed, what to do: the message without the place that it begins with. */
  readonly problem: string;

  /**
   * @param code the stable code
   * @param message what is wrong, what is allowed, what to do; lower case, no full stop
   * @param where a construct path, a file with line, or an option
   */
  constructor(code: ErrorCode, message: string, where?: string, cause?: unknown) {
    super(
      where === undefined ? message : `${where}: ${message}`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'TransmissionError';
    this.code = code;
    this.where = where;
    this.problem = message;
    Object.defineProperty(this, MARK, { value: true });
  }

  /** What kind of mistake this is. */
  get kind(): ErrorKind {
    return ERROR_CODES[this.code].kind;
  }
}

/** Whether something thrown is ours, also when another copy of this package threw it. */
export function isTransmissionError(thrown: unknown): thrown is TransmissionError {
  return typeof thrown === 'object' && thrown !== null && MARK in thrown;
}
