import {
  CLASSIFICATION_METADATA,
  CLASSIFICATION_TAG,
  type DataDescription,
  type DecodedTags,
  decodeTags,
  FIELD_OF_TAG,
  type TagProblem,
} from '../../core/classification';
import type { Observed } from '../hops';
import { type Cursor, isJsonMap, type Json, type Resource, type Tags, tagsOf, tagsPlace } from '../template';

/** What a resource says it holds. */
export interface ReadClassification {
  /** The description; `undefined` where there is none, where it is hidden (`unknown`), or wrong (`problems`). */
  readonly description: Observed<DataDescription>;
  /** What is wrong with it. */
  readonly problems: readonly TagProblem[];
}

/** The types that keep their tags with each replica, in place of on the resource. */
const REPLICAS: Readonly<Record<string, string>> = { 'AWS::DynamoDB::GlobalTable': 'Replicas' };

const METADATA_PATH = `Metadata.${CLASSIFICATION_METADATA}`;
const LONGEST_SHOWN = 120;

/**
 * What a resource says it holds: by its tags, or by its Metadata where its type has no tags or takes few of them.
 *
 * Nothing is inherited: a template has no constructs, so that each resource carries its own. Where both speak, Metadata
 * has the whole, and no tag may say otherwise.
 */
export function readClassification(view: Cursor): ReadClassification {
  // Every rule about what is held asks for it.
  return view.world.once(view, 'classification', () => readAnew(view));
}

function readAnew(view: Cursor): ReadClassification {
  const section = sectionOf(view.resource);
  const places = tagPlaces(view);
  const tagged = places.map((place) => ({ place, read: ourTags(place) }));
  const [first] = tagged;
  const at = first === undefined ? view.at('Tags') : tagsPlace(first.place);
  if (section !== undefined) {
    const tags = tagged.flatMap(({ read }) => (read.state === 'given' ? [read.tags] : []));
    return inMetadata(at, section, tags);
  }
  const hidden = tagged.find(({ read }) => read.state === 'hidden');
  if (hidden?.read.state === 'hidden') {
    return { description: unknownAt(tagsPlace(hidden.place), hidden.read.why), problems: [] };
  }
  return agreed(
    at,
    tagged.map(({ place, read }) => [tagsPlace(place), decoded(read)] as const),
  );
}

/** Our tags at one place: their values, or why they are hidden. */
type OurTags =
  | { readonly state: 'given'; readonly tags: ReadonlyMap<string, string> }
  | { readonly state: 'hidden'; readonly why: string };

/** Most resources have no tags at all. */
const NO_TAGS: OurTags = { state: 'given', tags: new Map() };

function ourTags(place: Cursor): OurTags {
  const reading = tagsOf(place);
  if (reading.state === 'unresolved') return { state: 'hidden', why: reading.why };
  if (reading.state === 'absent') return NO_TAGS;
  const hidden = hiddenTag(reading.value);
  if (hidden !== undefined) return { state: 'hidden', why: `the value of the tag ${hidden} is not known` };
  const tags = [...reading.value].flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { state: 'given', tags: new Map(tags) };
}

function hiddenTag(tags: Tags): string | undefined {
  return [...tags].find(([key, value]) => value === undefined && FIELD_OF_TAG.has(key))?.[0];
}

function tagPlaces(view: Cursor): readonly Cursor[] {
  const property = REPLICAS[view.resource.type];
  const replicas = property === undefined ? [] : view.at(property).items();
  return replicas.length === 0 ? [view] : replicas;
}

function decoded(read: OurTags): DecodedTags {
  return read.state === 'given' && read.tags.size > 0 ? decodeTags(read.tags) : { state: 'absent' };
}

/** Replicas of one table hold the same: each has to say so. */
function agreed(at: Cursor, all: readonly (readonly [Cursor, DecodedTags])[]): ReadClassification {
  for (const [place, read] of all) {
    if (read.state === 'wrong') return { description: badAt(place, read.problems), problems: read.problems };
    if (read.state === 'absent') return { description: absentAt(place), problems: [] };
  }
  const descriptions = all.flatMap(([place, read]) =>
    read.state === 'given' ? [[place, read.description] as const] : [],
  );
  const [first, ...others] = descriptions;
  if (first === undefined) return { description: absentAt(at), problems: [] };
  const different = others.find(([, other]) => JSON.stringify(other) !== JSON.stringify(first[1]));
  if (different === undefined) return { description: givenAt(...first), problems: [] };
  const got = different[1].holds.join(', ');
  const message = `${CLASSIFICATION_TAG} and what belongs to it must be the same on every replica, got two of them, write one`;
  const problems = [{ key: CLASSIFICATION_TAG, got, message }];
  return { description: badAt(different[0], problems), problems };
}

function sectionOf({ metadata }: Resource): Json | undefined {
  return Object.hasOwn(metadata, CLASSIFICATION_METADATA) ? metadata[CLASSIFICATION_METADATA] : undefined;
}

function inMetadata(
  at: Cursor,
  section: Json,
  tagged: readonly ReadonlyMap<string, string>[],
): ReadClassification {
  const wrong = (problem: TagProblem): ReadClassification => ({
    description: { ...badAt(at, [problem]), path: METADATA_PATH },
    problems: [problem],
  });
  if (!isJsonMap(section)) {
    const message = `Metadata ${CLASSIFICATION_METADATA} must be a map of tags, got something else, write it as tags are`;
    return wrong({ key: CLASSIFICATION_METADATA, message });
  }
  const written = new Map<string, string>();
  for (const [key, value] of Object.entries(section)) {
    if (typeof value !== 'string') {
      return wrong({ key, message: `${bounded(key)} must be text, got something else, put it in quotes` });
    }
    written.set(key, value);
  }
  const read = decodeTags(written);
  if (read.state === 'wrong') {
    return { description: { ...badAt(at, read.problems), path: METADATA_PATH }, problems: read.problems };
  }
  if (read.state === 'absent') {
    const message = `Metadata ${CLASSIFICATION_METADATA} must hold ${CLASSIFICATION_TAG}, got none of our tags, add it`;
    return wrong({ key: CLASSIFICATION_TAG, message });
  }
  for (const tags of tagged) {
    for (const [key, got] of tags) {
      if (!FIELD_OF_TAG.has(key) || written.get(key) === got) continue;
      const message = `${key} must be the same in tags and in Metadata ${CLASSIFICATION_METADATA}, got two, remove one`;
      const problem: TagProblem = { key, got, message };
      return { description: badAt(at, [problem]), problems: [problem] };
    }
  }
  return { description: { ...givenAt(at, read.description), path: METADATA_PATH }, problems: [] };
}

/** At the tags, which are not shown as a whole: most are not ours. */
function observedAt(place: Cursor, got: string): Observed<DataDescription> {
  const { resource, path } = place;
  return { value: undefined, unknown: undefined, given: place.isPresent, resource, path, got };
}

function givenAt(place: Cursor, description: DataDescription): Observed<DataDescription> {
  return { ...observedAt(place, description.holds.join(', ')), value: description };
}

function absentAt(place: Cursor): Observed<DataDescription> {
  return observedAt(place, 'absent');
}

function unknownAt(place: Cursor, why: string): Observed<DataDescription> {
  return { ...observedAt(place, 'unresolved'), unknown: why };
}

function badAt(place: Cursor, [first]: readonly TagProblem[]): Observed<DataDescription> {
  const got = first?.got === undefined ? 'absent' : bounded(JSON.stringify(first.got));
  return observedAt(place, first === undefined ? got : `${bounded(first.key)}: ${got}`);
}

function bounded(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}
