/** One field: its JSON schema, and `description` as the words that say what is allowed. */
export interface WaiverField {
  readonly type: 'string';
  readonly description: string;
  readonly pattern: string;
  readonly minLength: number;
  readonly maxLength: number;
}

/** One line, in which nothing is hidden: reports print it beside the finding. */
const VISIBLE = '[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]';

const text = (description: string, minLength: number, maxLength: number): WaiverField => ({
  type: 'string',
  description,
  pattern: `^${VISIBLE}+$`,
  minLength,
  maxLength,
});

/** A single word gives no reason that a reviewer could weigh. */
const sentence = (about: string): WaiverField => ({
  type: 'string',
  description: `a sentence of 20 to 500 characters on one line that says ${about}`,
  pattern: `^(?=.*\\S \\S)${VISIBLE}+$`,
  minLength: 20,
  maxLength: 500,
});

/** The fields of a waiver, all of them texts; what it covers is apart. */
export const WAIVER_FIELDS: Readonly<Record<string, WaiverField>> = {
  rule: text('the name of one rule, such as TransmissionChecks-ListenerIsEncrypted', 3, 500),
  reason: sentence('why the finding is accepted'),
  owner: text('the person or team that answers for it, in 2 to 100 characters', 2, 100),
  ticket: {
    ...text('the id or address of a ticket, without spaces', 1, 300),
    pattern: `^(?:(?!\\s)${VISIBLE})+$`,
  },
  expires: {
    type: 'string',
    description: 'the last day on which it holds, such as 2027-01-31',
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    minLength: 10,
    maxLength: 10,
  },
  compensatingControl: sentence('what protects the data meanwhile'),
  approvedBy: text('who else agreed, in 2 to 100 characters, and not the owner', 2, 100),
};

/** The fields that say what a waiver covers. */
export const SCOPE_FIELDS: Readonly<Record<string, WaiverField>> = {
  construct: text('a construct path, such as Shop/Web/Listener', 1, 1024),
  template: text('the path of a stack, or the name of a template file', 1, 1024),
  resource: text('a logical id, or a list of them', 1, 255),
};

/** What no waiver may leave out. */
export const REQUIRED_FIELDS: readonly string[] = ['rule', 'reason', 'owner', 'ticket', 'expires'];
