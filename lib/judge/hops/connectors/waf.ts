import { type Cursor, Reference, show, Text, type Value } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { hidden, none, type Observed, stated } from '../observed';

const CONFIGURATION = 'AWS::WAFv2::LoggingConfiguration';

/** The property that names a destination, by its type. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
};

/** AWS WAF: where web ACLs log to, and what of each request. */
export const waf: Connector = {
  service: 'waf',
  types: [CONFIGURATION],
  makes: ['log-destination-name', 'log-content'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const common = { resource, region: resource.template.region, when: world.when };
    const destinations = view.at('LogDestinationConfigs');
    const list = destinations.list();
    const names: readonly Observed<string>[] =
      list.state === 'given'
        ? list.value.map(nameOf)
        : list.state === 'unresolved'
          ? [hidden(destinations, list.why)]
          : [];
    return [
      ...names.map((name) => ({ fact: 'log-destination-name' as const, ...common, name })),
      { fact: 'log-content', ...common, queryStrings: queryStringsIn(view.at('RedactedFields')) },
    ];
  },
};

/** The name behind an ARN, as far as it is known; that of a resource of this app stands on the resource. */
function nameOf(destination: Cursor): Observed<string> {
  const made = destination.reference();
  const property = made === undefined ? undefined : NAMED_BY[made.type];
  if (made !== undefined && property !== undefined) return nameAt(destination.world.view(made).at(property));
  const value = destination.value();
  if (made !== undefined || value instanceof Reference) {
    return hidden(destination, `it is what ${made?.type ?? 'something else'} is called`);
  }
  return beginOf(destination, value, textAfterArn);
}

/** Without a name, CloudFormation makes one up of those of the stack and the resource. */
function nameAt(place: Cursor): Observed<string> {
  return place.isPresent ? beginOf(place, place.value(), (text) => text) : none(place);
}

/** What a text begins with. The parts that stand before the first that is not known have to tell. */
function beginOf(
  place: Cursor,
  value: Value | undefined,
  cut: (text: string) => string | undefined,
): Observed<string> {
  const parts: readonly Value[] = value instanceof Text ? value.parts : value === undefined ? [] : [value];
  const marked = parts.map((part) => (typeof part === 'string' ? part : OPEN)).join('');
  const name = cut(marked);
  const known = name?.split(OPEN)[0];
  if (name === undefined || known === undefined || (name.includes(OPEN) && isUndecided(known))) {
    const why = parts.find((part) => typeof part !== 'string');
    return hidden(
      place,
      why === undefined ? 'it is no ARN of a destination' : `it is made from ${show(why)}`,
    );
  }
  return stated(place, known, { given: true });
}

/** Stands for a part that is not known: no name holds it. */
const OPEN = '\u0000';
const WANTED = 'aws-waf-logs-';

/** Whether what follows could still make the name begin as it must. */
function isUndecided(known: string): boolean {
  return known.length < WANTED.length && WANTED.startsWith(known);
}

/** The name in an ARN of a bucket, a log group or a stream. */
function textAfterArn(arn: string): string | undefined {
  return /^arn:.*?(?::s3:::|:log-group:|:deliverystream\/)(.*)$/s.exec(arn)?.[1];
}

function queryStringsIn(redacted: Cursor): Observed<boolean> {
  const list = redacted.list();
  if (list.state === 'unresolved') return hidden(redacted, list.why);
  const fields = list.state === 'given' ? list.value : [];
  for (const field of fields) {
    const entries = field.entries();
    if (entries.state === 'unresolved') return hidden(field, entries.why);
    if (entries.state === 'given' && entries.value.some(([key]) => key === 'QueryString'))
      return stated(field, false, { given: true });
  }
  return { ...stated(redacted, true), got: redacted.isPresent ? 'without QueryString' : 'absent' };
}
