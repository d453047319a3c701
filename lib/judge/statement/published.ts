import { parseInstant } from '../../core/instant';
import { DIGEST } from '../../core/statement';
import type { Observed, PublishedDocuments } from '../hops';
import { type App, explore, isJsonMap, type Json, type Resource } from '../template';

/** What a construct of ours writes beside documents that it publishes. */
const SECTION = 'Metadata.SecureTransmissionPublished';

const FUNCTION = 'AWS::CloudFront::Function';

/** The documents that templates publish, as the metadata of what serves them tells. */
export function publishedDocuments(app: App): readonly PublishedDocuments[] {
  return app.templates.flatMap(({ resources }) =>
    [...resources.values()].flatMap((resource) => {
      const published = publishedBy(resource);
      if (published === undefined) return [];
      const { outcomes } = explore(app, (world) => (world.exists(resource) ? [world.when] : []));
      return outcomes.flatMap(({ value }) => value).map((when) => factOf(resource, published, when));
    }),
  );
}

/**
 * Whether a function is taken for one of `WellKnownDocuments`: its metadata says so, and its code holds the statement of
 * that digest. What else its code does is not read.
 */
export function isOwnFunction(resource: Resource): boolean {
  const published = publishedBy(resource);
  if (resource.type !== FUNCTION || !isJsonMap(published)) return false;
  const { statementDigest: digest } = published;
  return typeof digest === 'string' && DIGEST.test(digest) && codeHolds(resource, digest);
}

function publishedBy({ metadata }: Resource): Json | undefined {
  return metadata.SecureTransmissionPublished;
}

function factOf(resource: Resource, published: Json, when: string | undefined): PublishedDocuments {
  const says = isJsonMap(published) ? published : {};
  return {
    fact: 'published-documents',
    resource,
    statementDigest: digestAt(resource, says.statementDigest),
    securityTxtExpires: expiryAt(resource, says.securityTxtExpires),
    region: resource.template.region,
    when,
  };
}

function digestAt(resource: Resource, value: Json | undefined): Observed<string> {
  const path = `${SECTION}.statementDigest`;
  if (typeof value !== 'string' || !DIGEST.test(value)) {
    return hidden(resource, path, `${shown(value)} is not a digest of a statement`);
  }
  if (resource.type === FUNCTION && !codeHolds(resource, value)) {
    return hidden(resource, path, 'the code of the function does not hold the statement of that digest');
  }
  return { value, unknown: undefined, given: true, resource, path, got: short(value) };
}

function expiryAt(resource: Resource, value: Json | undefined): Observed<Date> {
  const path = `${SECTION}.securityTxtExpires`;
  const date = typeof value === 'string' ? parseInstant(value) : undefined;
  if (date === undefined) return hidden(resource, path, `${shown(value)} is not a date and time of RFC 3339`);
  return { value: date, unknown: undefined, given: true, resource, path, got: String(value) };
}

/** What is served is in the code itself; metadata that speaks of another document is worth nothing. */
function codeHolds({ properties }: Resource, digest: string): boolean {
  return typeof properties.FunctionCode === 'string' && properties.FunctionCode.includes(digest);
}

function hidden<T>(resource: Resource, path: string, unknown: string): Observed<T> {
  return { value: undefined, unknown, given: true, resource, path, got: 'unresolved' };
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** As much of a digest as people compare. */
export function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
