/** What was parsed, by the text itself: nothing else says as surely that two templates are the same. */
type Parsed = Map<string, unknown>;

let parsed: Parsed | undefined;

/**
 * Parses equal texts once while `read` runs: of two states of an app most templates are the same, as are nested templates
 * that several stacks share, and YAML takes longer to parse than to judge.
 *
 * What is parsed says nothing about the file it came from, and nobody changes it.
 */
export function parsingOnce<T>(read: () => T): T {
  if (parsed !== undefined) return read();
  parsed = new Map();
  try {
    return read();
  } finally {
    // Templates that nobody holds any more are then free.
    parsed = undefined;
  }
}

/** What `parse` makes of a text. It must depend on nothing else, but for what it throws, which is not kept. */
export function onceFor<T>(text: string, parse: () => T): T {
  if (parsed === undefined) return parse();
  if (parsed.has(text)) return parsed.get(text) as T;
  const made = parse();
  parsed.set(text, made);
  return made;
}
