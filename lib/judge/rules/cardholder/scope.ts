import { CLASSIFICATION_METADATA, PCI_SCOPES, type PciScope, SCOPE_TAG } from '../../../core/classification';
import { type Cursor, isJsonMap, own, tagsOf, tagsPlace } from '../../template';

/** What a resource says of its scope. */
export interface SaidScope {
  /** The scope; absent where nothing is said, it is hidden, or no such word. */
  readonly value: PciScope | undefined;
  /** What stands there. */
  readonly got: string | undefined;
  /** Why it is not known. */
  readonly hidden: string | undefined;
  readonly path: string;
}

/** The types that keep their tags with each replica, in place of on the resource. */
const REPLICAS: Readonly<Record<string, string>> = { 'AWS::DynamoDB::GlobalTable': 'Replicas' };

/** The scope that a resource says it is of: by its tags, or by its Metadata where its type has none. */
export function scopeOf(view: Cursor): SaidScope {
  return view.world.once(view, 'scope', () => readScope(view));
}

function readScope(view: Cursor): SaidScope {
  const property = REPLICAS[view.resource.type];
  const place = property === undefined ? view : (view.at(property).items()[0] ?? view);
  const { path } = tagsPlace(place);
  const tags = tagsOf(place);
  if (tags.state === 'given' && tags.value.has(SCOPE_TAG)) {
    const got = tags.value.get(SCOPE_TAG);
    return {
      ...said(got, path),
      hidden: got === undefined ? `the value of the tag ${SCOPE_TAG} is not known` : undefined,
    };
  }
  const section = own(view.resource.metadata, CLASSIFICATION_METADATA);
  const written = isJsonMap(section) ? own(section, SCOPE_TAG) : undefined;
  if (typeof written === 'string') return said(written, `Metadata.${CLASSIFICATION_METADATA}`);
  return { ...said(undefined, path), hidden: tags.state === 'unresolved' ? tags.why : undefined };
}

function said(got: string | undefined, path: string): SaidScope {
  const value = got !== undefined && Object.hasOwn(PCI_SCOPES, got) ? (got as PciScope) : undefined;
  return { value, got, hidden: undefined, path };
}
