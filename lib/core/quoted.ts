/** What is longer is cut: nobody reads more of it to know what is meant. */
const LONGEST = 80;

/** Controls, formats (what turns the reading order around), lone surrogates, private use, ends of lines. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A text that somebody gave as a message may quote it: on one line, cut where it is long, with nothing hidden in it. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return JSON.stringify(cut).replace(
    HIDDEN,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
