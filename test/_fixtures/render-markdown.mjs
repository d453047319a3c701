/**
 * Reads Markdown as GitHub does: an array of texts in JSON on standard input, their HTML in JSON on standard output.
 * A process of its own, since micromark is an ES module and Jest loads CommonJS.
 */
import { readFileSync } from 'node:fs';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** @type {readonly string[]} */
const texts = JSON.parse(readFileSync(0, 'utf8'));
const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
process.stdout.write(JSON.stringify(texts.map((text) => micromark(text, options))));
