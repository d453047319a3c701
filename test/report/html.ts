import { execFileSync } from 'node:child_process';
import path from 'node:path';

const PROGRAM = path.resolve(__dirname, '../_fixtures/render-markdown.mjs');

/** The HTML that micromark makes of Markdown as GitHub reads it, HTML in it included. */
export function htmlOf(texts: readonly string[]): readonly string[] {
  const input = JSON.stringify(texts);
  return JSON.parse(
    execFileSync(process.execPath, [PROGRAM], { input, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
}

/** The elements of HTML in their order: `<p>`, `</p>`; attributes included, code without. */
export function elementsIn(html: string): readonly string[] {
  return (withoutCode(html).match(/<[^>]*>/g) ?? []).filter((tag) => tag !== '<code/>');
}

/** What GitHub looks for mentions, references, addresses and emoji in. */
export function textIn(html: string): string {
  return withoutCode(html)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** The contents of all code, as a reader sees them. */
export function codeIn(html: string): readonly string[] {
  return [...html.matchAll(/<code[^>]*>([\s\S]*?)<\/code>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
}

/** All that a reader sees, code or not; several spaces look like one. */
export function readIn(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

function withoutCode(html: string): string {
  return html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, '<code/>');
}
