import { waiverFileSchema } from '../../lib/judge/waivers/waiver-file-schema';

export const page = 'schemas/waivers.schema.json';

/** The published schema of a file of waivers: made of the fields that the reader checks. */
export function render(): string {
  return `${JSON.stringify(waiverFileSchema, null, 2)}\n`;
}
