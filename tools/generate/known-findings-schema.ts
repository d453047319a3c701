import { knownFindingsSchema } from '../../lib/report/known/entry';

export const page = 'schemas/known-findings.schema.json';

/** The published schema of a file of known findings: the one that its reader checks it by. */
export function render(): string {
  return `${JSON.stringify(knownFindingsSchema, null, 2)}\n`;
}
