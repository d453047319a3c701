/** What a `script` element is to a browser. */
export type ScriptType = 'script' | 'import-map' | 'data';

/**
 * Types under which a browser runs a script, and all of these run the same.
 *
 * @see https://mimesniff.spec.whatwg.org/#javascript-mime-type
 */
const JAVASCRIPT = new Set([
  'application/ecmascript',
  'application/javascript',
  'application/x-ecmascript',
  'application/x-javascript',
  'text/ecmascript',
  'text/javascript',
  'text/javascript1.0',
  'text/javascript1.1',
  'text/javascript1.2',
  'text/javascript1.3',
  'text/javascript1.4',
  'text/javascript1.5',
  'text/jscript',
  'text/livescript',
  'text/x-ecmascript',
  'text/x-javascript',
]);

/**
 * Whether a browser would run the content of a `script` element.
 *
 * @param type the attribute; `undefined` where it is missing
 * @param language the attribute of old
 * @see https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
 */
export function scriptType(type: string | undefined, language: string | undefined): ScriptType {
  const named = nameOf(type, language);
  if (JAVASCRIPT.has(named) || named === 'module') return 'script';
  return named === 'importmap' ? 'import-map' : 'data';
}

function nameOf(type: string | undefined, language: string | undefined): string {
  if (type === '' || (type === undefined && (language === undefined || language === '')))
    return 'text/javascript';
  if (type !== undefined) return asciiTrimmed(type).toLowerCase();
  return `text/${language?.toLowerCase()}`;
}

function asciiTrimmed(text: string): string {
  return text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
}
