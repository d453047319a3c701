import {
  type Cursor,
  isValueList,
  isValueMap,
  Reference,
  Text,
  Unresolved,
  type Value,
} from '../../template';

/** The region that a property leads to, or why it cannot be told; `undefined` where there is nothing. */
export type FoundRegion = { readonly region: string } | { readonly why: string } | undefined;

/** Where a literal names a region, an ARN, or a resource of this app; of buckets the name suffices. */
export function regionAt(at: Cursor): FoundRegion {
  const value = at.value();
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof Reference) return ofResource(value);
  if (value instanceof Unresolved) return { why: value.why };
  const text = value instanceof Text ? spelt(value) : typeof value === 'object' ? undefined : String(value);
  if (text === undefined)
    return { why: isValueList(value) || isValueMap(value) ? 'it is no text' : 'it is hidden' };
  if (!text.startsWith('arn:')) return ofName(text, at, value);
  const [, , service, region = '', , name = ''] = text.split(':');
  if (service === 's3' && region === '') return ofName(name, at, value);
  return region === '' || region.includes(HIDDEN) ? ofMention(value, at) : { region };
}

const HIDDEN = '\u0000';

function spelt({ parts }: Text): string {
  return parts.map((part) => (typeof part === 'string' ? part : HIDDEN)).join('');
}

/** What is no ARN is the name of a region, or that of a bucket of this app. */
function ofName(name: string, at: Cursor, value: Value): FoundRegion {
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name)) return { region: name };
  if (name.includes(HIDDEN)) return ofMention(value, at);
  const bucket = at.world.app
    .resourcesOfType('AWS::S3::Bucket')
    .find((one) => one.properties.BucketName === name && at.world.exists(one));
  return bucket === undefined
    ? { why: `no template at hand makes ${name}` }
    : ofResource(new Reference(bucket, 'Ref'));
}

/** The one resource that a text is made of tells where it is. */
function ofMention(value: Value, at: Cursor): FoundRegion {
  const parts = value instanceof Text ? value.parts.filter((part) => typeof part !== 'string') : [];
  const named = parts.filter((part) => part instanceof Reference);
  const [only] = named;
  if (only !== undefined && named.length === 1) return ofResource(only);
  const isOwn = parts.some((part) => part instanceof Unresolved && part.symbol === 'AWS::Region');
  const { region } = at.resource.template;
  if (isOwn && region !== undefined) return { region };
  const hidden = parts.find((part) => part instanceof Unresolved);
  return { why: hidden instanceof Unresolved ? hidden.why : 'it names no region' };
}

function ofResource({ resource }: Reference): FoundRegion {
  const { region, name } = resource.template;
  return region === undefined ? { why: `the stack ${name} is bound to no region` } : { region };
}
