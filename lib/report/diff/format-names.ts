/** The forms of a comparison. */
export const DIFF_FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;

/** A form of a comparison. */
export type DiffFormat = (typeof DIFF_FORMATS)[number];
