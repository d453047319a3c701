import { type App, type Cursor, isValueList, type Resource } from '../judge/template';
import { withoutDot } from './authorities';
import { NAMED_TYPES, type NamedType } from './name-table';
import type { NewName, Obstacle, Section } from './report';
import { inRegion, quoted } from './shell';
import { inEveryWorld, nameIn, resourceName, stackOf } from './values';

/** A name, and the resource that is to have it. */
interface Claimed {
  readonly name: NewName;
  readonly resource: Resource;
  /** Two resources that say the same here exclude each other. */
  readonly key: string;
}

/** The names that templates give: none of them may be taken before the first deployment, or twice by the app itself. */
export function newNames(app: App): Section<readonly NewName[]> {
  const claimed = unique([...NAMED_TYPES.flatMap((row) => claimsOf(app, row)), ...records(app)]);
  return { found: claimed.map(({ name }) => name), obstacles: twice(claimed) };
}

function claimsOf(app: App, row: NamedType): readonly Claimed[] {
  return app.resourcesOfType(row.type).flatMap((resource) => {
    if (resource.template.source.isReference === true) return [];
    return inEveryWorld(app, resource, (view) => namesAt(view.at(...row.property.split('.'))))
      .flat()
      .map((name) => claim(resource, row.type, name, row.reach, row.check?.(name)));
  });
}

function namesAt(cursor: Cursor): readonly string[] {
  const value = cursor.value();
  return (isValueList(value) ? value : [value]).flatMap((item) => nameIn(item) ?? []);
}

function claim(
  resource: Resource,
  type: string,
  name: string,
  reach: NamedType['reach'],
  check: string | undefined,
  more = '',
): Claimed {
  const stack = stackOf(resource.template);
  const { region } = stack;
  const { account = '' } = stack.source;
  const within = { region: `${account} ${region}`, account, world: '' }[reach];
  const isChecked = check !== undefined && !name.includes('${');
  const command = reach === 'region' ? `${check}${inRegion(region)}` : check;
  return {
    name: {
      type,
      name,
      stack: stack.name,
      ...(region === undefined ? {} : { region }),
      ...(isChecked && command !== undefined ? { check: command } : {}),
    },
    resource,
    key: [type, name, within, more].join('\n'),
  };
}

/** Records are told apart by name, type and zone, and weighted ones by their identifiers. */
function records(app: App): readonly Claimed[] {
  const alone = app.resourcesOfType('AWS::Route53::RecordSet').map((resource) => [resource, false] as const);
  const groups = app
    .resourcesOfType('AWS::Route53::RecordSetGroup')
    .map((resource) => [resource, true] as const);
  return [...alone, ...groups].flatMap(([resource, isGroup]) =>
    inEveryWorld(app, resource, (view) =>
      (isGroup ? view.at('RecordSets').items() : [view]).flatMap((record) => recordIn(view, record)),
    ).flat(),
  );
}

function recordIn(view: Cursor, record: Cursor): readonly Claimed[] {
  const name = nameIn(record.at('Name').value());
  const type = nameIn(record.at('Type').value());
  if (name === undefined || type === undefined) return [];
  const place = record.at('HostedZoneId').isPresent ? record.at('HostedZoneId') : view.at('HostedZoneId');
  const zone = nameIn(place.value());
  const check =
    zone === undefined
      ? undefined
      : `aws route53 list-resource-record-sets --hosted-zone-id ${quoted(zone)} --start-record-name ${quoted(name)} --start-record-type ${type} --max-items 1`;
  const identifier = nameIn(record.at('SetIdentifier').value()) ?? '';
  const more = [type, zone ?? String(place.value()), identifier].join(' ');
  return [claim(view.resource, `record ${type}`, withoutDot(name), 'world', check, more)];
}

/** Two resources of the app that want one name; conditions may see to it that only one of them exists. */
function twice(claimed: readonly Claimed[]): readonly Obstacle[] {
  const first = new Map<string, Claimed>();
  return claimed.flatMap((one): readonly Obstacle[] => {
    const before = first.get(one.key);
    if (before === undefined) first.set(one.key, one);
    if (before === undefined || before.resource === one.resource) return [];
    if (before.resource.condition !== undefined && one.resource.condition !== undefined) return [];
    return [
      {
        level: 'blocks',
        topic: 'names',
        where: resourceName(one.resource),
        message: `takes the name ${one.name.name} (${one.name.type}), which ${resourceName(before.resource)} takes as well`,
        remedy: 'name one of them otherwise, or leave the name to CloudFormation',
      },
    ];
  });
}

function unique(claimed: readonly Claimed[]): readonly Claimed[] {
  const key = ({ key: name, resource }: Claimed) =>
    [name, resource.template.name, resource.logicalId].join('\n');
  return [...new Map(claimed.map((one) => [key(one), one])).values()];
}
