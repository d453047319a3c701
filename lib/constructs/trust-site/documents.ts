import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSecurityTxt, problemText } from '../../core/security-txt';
import {
  parseStatement,
  SECURITY_TXT_FILE,
  STATEMENT_FILE,
  type Statement,
  stated,
} from '../../core/statement';

/** The two documents of a folder, both as their readers want them. */
export interface Documents {
  readonly statement: Statement;
  readonly securityTxt: string;
  readonly expires: Date;
}

/** What is wrong with a document, to follow `'directory' `. */
type Problem = { readonly problem: string };

/** The documents, or the first thing that is wrong with them. */
export type DocumentsReading = Documents | Problem;

/** Reads and checks both documents. Whether they are still true is for the judge: no clock is read here. */
export function readDocuments(directory: string): DocumentsReading {
  const statement = readStatement(directory);
  if ('problem' in statement) return statement;
  const securityTxt = readSecurityTxt(directory);
  return 'problem' in securityTxt ? securityTxt : { ...statement, ...securityTxt };
}

function readStatement(directory: string): Pick<Documents, 'statement'> | Problem {
  const text = read(directory, STATEMENT_FILE);
  if (typeof text !== 'string') return text;
  const reading = parseStatement(text);
  if ('problem' in reading) {
    return { problem: `holds a ${STATEMENT_FILE} that ${reading.problem}, ${remedy(directory)}` };
  }
  const { statement } = reading;
  const digest = `sha256:${createHash('sha256').update(stated(statement)).digest('hex')}`;
  if (digest === statement.generatedFrom) return { statement };
  return { problem: `holds a ${STATEMENT_FILE} that was changed by hand, ${remedy(directory)}` };
}

function readSecurityTxt(directory: string): Pick<Documents, 'securityTxt' | 'expires'> | Problem {
  const text = read(directory, SECURITY_TXT_FILE);
  if (typeof text !== 'string') return text;
  const { problems, expires } = parseSecurityTxt(text);
  const [first] = problems;
  if (first === undefined && expires !== undefined) return { securityTxt: text, expires };
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const what = first === undefined ? 'it must expire' : problemText(first);
  return { problem: `holds a ${SECURITY_TXT_FILE} that breaks RFC 9116${more}: ${what}` };
}

function read(directory: string, file: string): string | Problem {
  const path = join(directory, file);
  if (!existsSync(path)) {
    return {
      problem: `must hold ${STATEMENT_FILE} and ${SECURITY_TXT_FILE}, got no ${path}, ${remedy(directory)}`,
    };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return { problem: `must hold files of UTF-8, got ${path}, save it as UTF-8` };
  }
}

function remedy(directory: string): string {
  return `run 'secure-transmission statement cdk.out --output ${directory}', for which an earlier synthesis will do`;
}
