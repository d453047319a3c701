/** The forms of a report of findings; what is behind the names stands in `formats.ts`, which costs more to load. */
export const FORMATS = ['text', 'json', 'sarif', 'github', 'summary', 'markdown', 'junit', 'gitlab'] as const;

/** A form of a report of findings. */
export type Format = (typeof FORMATS)[number];
