import type { DefaultTreeAdapterMap } from 'parse5';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, type TreeAdapter } from 'parse5';

/** An element as the parser made it. */
export type PageElement = DefaultTreeAdapterTypes.Element;
type Child = DefaultTreeAdapterTypes.ChildNode;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** Browsers put what is deeper beside it: the page would mean something else there. */
const DEEPEST = 512;
const MOST_ELEMENTS = 100_000;

/** A page that is too large or too deep to be looked at. */
export class PageTooLarge extends Error {}

/**
 * The elements of a page, as a browser would make them while scripts are on: what stands in comments, in `noscript` or in
 * text is none. In no particular order.
 *
 * Bounded, since a page may be made to keep a parser busy.
 *
 * @throws PageTooLarge
 */
export function elementsOf(html: string): readonly PageElement[] {
  const document = parse(html, { scriptingEnabled: true, treeAdapter: boundedAdapter() });
  const found: PageElement[] = [];
  const left: Parent[] = [document];
  for (let parent = left.pop(); parent !== undefined; parent = left.pop()) {
    for (const child of parent.childNodes) {
      if (!('tagName' in child)) continue;
      found.push(child);
      left.push(child);
      // What stands in a template runs when a script puts it into the page, or at once as a shadow root.
      if ('content' in child) left.push(child.content);
    }
  }
  return found;
}

/** The text in an element. */
export function textOf(element: PageElement): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}

/** An attribute; of two of a name the first one counts, which is all that the parser keeps. */
export function attribute(element: PageElement, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name && (each.prefix ?? '') === '')?.value;
}

/** Parsers move nodes about, and lists that are searched for each would make that slow: order does not matter here. */
function boundedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespace, attrs) {
      elements += 1;
      if (elements > MOST_ELEMENTS) throw new PageTooLarge(`has more than ${MOST_ELEMENTS} elements`);
      return defaultTreeAdapter.createElement(tagName, namespace, attrs);
    },
    insertBefore: (parent, node) => defaultTreeAdapter.appendChild(parent, node),
    insertTextBefore: (parent, text) => defaultTreeAdapter.insertText(parent, text),
    detachNode(node) {
      const parent = node.parentNode;
      if (parent === null) return;
      const at = parent.childNodes.lastIndexOf(node as Child);
      if (at !== -1) parent.childNodes.splice(at, 1);
      node.parentNode = null;
    },
    onItemPush() {
      depth += 1;
      if (depth > DEEPEST) throw new PageTooLarge(`nests elements more than ${DEEPEST} deep`);
    },
    onItemPop() {
      depth -= 1;
    },
  };
}
