/** Finds links in our Markdown that lead nowhere: to a file that is missing or a heading that was renamed. */
import path from 'node:path';

/** The documents by their path relative to the project, with slashes. */
export type Documents = ReadonlyMap<string, string>;

/**
 * The links that lead nowhere, one line each.
 *
 * @param exists whether a path of the project is there, for links to files that are no documents
 */
export function brokenLinks(documents: Documents, exists: (file: string) => boolean): string[] {
  // An index links to the same page hundreds of times, and each page is read for its headings once.
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (name: string): ReadonlySet<string> | undefined => {
    const text = documents.get(name);
    const known = anchors.get(name) ?? (text === undefined ? undefined : anchorsIn(text));
    if (known !== undefined) anchors.set(name, known);
    return known;
  };
  return [...documents].flatMap(([name, text]) =>
    linksIn(text).flatMap(({ line, target }) => {
      const problem = problemOf(name, target, anchorsOf, exists);
      return problem === undefined ? [] : [`${name}:${line}: ${problem}`];
    }),
  );
}

function problemOf(
  from: string,
  target: string,
  anchorsOf: (name: string) => ReadonlySet<string> | undefined,
  exists: (file: string) => boolean,
): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return undefined;
  }
  const [file = '', anchor] = target.split('#');
  const name = file === '' ? from : path.posix.join(path.posix.dirname(from), decodeURIComponent(file));
  if (name.startsWith('..') || !exists(name)) {
    return `there is no file ${name}`;
  }
  const anchors = anchor === undefined ? undefined : anchorsOf(name);
  return anchors === undefined || anchors.has(anchor ?? '')
    ? undefined
    : `${name} has no heading '#${anchor}'`;
}

/** The lines of a document; those of fences are empty, since nothing in them is a link or a heading. */
function proseLines(text: string): string[] {
  let fence: string | undefined;
  return text.split('\n').map((line) => {
    const ticks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && ticks !== undefined) {
      fence = ticks;
      return '';
    }
    if (fence !== undefined) {
      fence = line.trim() === fence ? undefined : fence;
      return '';
    }
    return line;
  });
}

function linksIn(text: string): { line: number; target: string }[] {
  return proseLines(text).flatMap((line, index) => {
    const prose = line.replaceAll(/`[^`]*`/g, 'code');
    const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
    const definitions = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?([^\s>]+)/g)];
    const html = [...prose.matchAll(/\b(?:href|src)="([^"]+)"/g)];
    return [...inline, ...definitions, ...html].map((match) => ({ line: index + 1, target: match[1] ?? '' }));
  });
}

/** The anchors that GitHub gives to headings, and those written as HTML. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of proseLines(text)) {
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading !== undefined) {
      const slug = slugOf(heading);
      let unique = slug;
      for (let count = 1; anchors.has(unique); count++) {
        unique = `${slug}-${count}`;
      }
      anchors.add(unique);
    }
    for (const match of line.matchAll(/\b(?:id|name)="([^"]+)"/g)) {
      anchors.add(match[1] ?? '');
    }
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
