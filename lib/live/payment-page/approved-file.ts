import { isMap, parseDocument, stringify } from 'yaml';
import { TransmissionError } from '../../core/errors';
import { type ApprovedList, parseApproved, parseDraft } from './approved';

/** Longer than 20 pages of 500 scripts are in practice. */
const LONGEST = 1024 * 1024;

/**
 * The approved list in a file of JSON or YAML.
 *
 * @param name how messages call it
 * @throws TransmissionError
 */
export function readApproved(text: string, name: string): ApprovedList {
  return parseApproved(valueIn(text, name), name);
}

/** The same for a list in which something is still to be written. */
export function readDraft(text: string, name: string): ApprovedList {
  return parseDraft(valueIn(text, name), name);
}

/** A list as the text of a file: YAML where its name says so, else JSON. */
export function writeApproved(list: ApprovedList, name: string): string {
  return /\.ya?ml$/i.test(name) ? stringify(list, { lineWidth: 0 }) : `${JSON.stringify(list, null, 2)}\n`;
}

function valueIn(text: string, name: string): unknown {
  if (text.length > LONGEST) throw unreadable(`is longer than ${LONGEST} characters, which no list is`, name);
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, merge: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const [at] = error.linePos ?? [];
    const place = at === undefined ? name : `${name}:${at.line}:${at.col}`;
    const [what = ''] = error.message.split(/ at line |\n/);
    throw unreadable(`is neither JSON nor YAML (${what.slice(0, 120)})`, place);
  }
  if (!isMap(document.contents)) throw unreadable('is no map with version, owner and pages', name);
  // An alias that is written a hundred times would be read a hundred times.
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw unreadable('holds an alias, of which none is allowed', name);
  }
}

function unreadable(problem: string, where: string): TransmissionError {
  return new TransmissionError(
    'UnreadableConfiguration',
    `${problem}, write it as docs/payment-pages.md shows, or let --update write it`,
    where,
  );
}
