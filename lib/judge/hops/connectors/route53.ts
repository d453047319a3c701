import { groupedBy } from '../../../core/grouped-by';
import {
  type App,
  type Cursor,
  concatenate,
  isJsonMap,
  isSame,
  type Json,
  type Resource,
  show,
  Text,
  type Value,
  type World,
} from '../../template';
import type { Connector } from '../connector';
import type { Fact, HostedZone } from '../fact';
import { hidden, type Observed, stated } from '../observed';

const ZONE = 'AWS::Route53::HostedZone';
const RECORD = 'AWS::Route53::RecordSet';
const GROUP = 'AWS::Route53::RecordSetGroup';
const SIGNING = 'AWS::Route53::DNSSEC';
const KEY = 'AWS::Route53::KeySigningKey';

/**
 * Route 53: public zones, with who may issue certificates for them and whether their answers are signed.
 *
 * A zone that is only entered into is judged at the first record: what else stands in it is not in the templates.
 */
export const route53: Connector = {
  service: 'route53',
  types: [ZONE, RECORD, GROUP],
  reads: [SIGNING, KEY],
  makes: ['hosted-zone'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === ZONE) return zoneFacts(view);
    return foreignZoneFacts(view);
  },
};

/** Private zones answer inside networks only, where no public authority asks and nobody validates. */
function zoneFacts(zone: Cursor): readonly HostedZone[] {
  const { resource, world } = zone;
  const networks = zone.at('VPCs').list();
  if (networks.state === 'given' && networks.value.length > 0) return [];
  const why =
    networks.state === 'unresolved' ? `whether the zone is private is not known: ${networks.why}` : undefined;
  return [
    {
      fact: 'hosted-zone',
      resource,
      issuers: why === undefined ? issuersOf(zone) : hidden(zone.at('VPCs'), why),
      signed: why === undefined ? signingOf(zone) : hidden(zone.at('VPCs'), why),
      region: resource.template.region,
      when: world.when,
    },
  ];
}

/** The zone that records are entered into, where no template at hand makes it. */
function foreignZoneFacts(entry: Cursor): readonly HostedZone[] {
  const { resource, world } = entry;
  if (zoneOf(entry) !== undefined) return [];
  const same = entriesForSameZone(resource, world.app);
  // The first that exists speaks for all, so that no condition of a later one is asked.
  if (same.find((one) => world.exists(one)) !== resource) return [];
  const place = entry.at('HostedZoneId').isPresent ? entry.at('HostedZoneId') : entry.at('HostedZoneName');
  const records = same
    .filter((one) => mayAuthorise(one) && world.exists(one))
    .flatMap((one) => recordsIn(world.view(one)));
  const ownName = world.view(resource).at('HostedZoneName').value();
  const authorising = records
    .map((record) => authorityOf(record, ownName))
    .find((found) => found !== undefined);
  const signing = world.app
    .resourcesOfType(SIGNING)
    .find(
      (one) =>
        world.exists(one) &&
        isSame(world.view(one).at('HostedZoneId').value(), entry.at('HostedZoneId').value()),
    );
  const why = 'the zone is not made by a template at hand, and none of its records that are at hand';
  return [
    {
      fact: 'hosted-zone',
      resource,
      issuers: authorising ?? hidden(place, `${why} names who may issue certificates`),
      signed:
        signing === undefined
          ? hidden(place, `${why} says whether its answers are signed`)
          : stated(place, true, { given: true }),
      region: resource.template.region,
      when: world.when,
    },
  ];
}

/** Entries that name their zone in the same words. */
function entriesForSameZone(entry: Resource, app: App): readonly Resource[] {
  const index = app.memo(route53, 'records by zone', () =>
    groupedBy([...app.resourcesOfType(RECORD), ...app.resourcesOfType(GROUP)], zoneKey),
  );
  return index.get(zoneKey(entry)) ?? [entry];
}

function zoneKey({ template, properties: { HostedZoneId: id, HostedZoneName: name } }: Resource): string {
  const literal = typeof (id ?? name) === 'string';
  return JSON.stringify([literal ? undefined : template.name, id, name]);
}

/** Whether an entry can hold a CAA record, so that the conditions of all others are left alone. */
function mayAuthorise({ type, properties }: Resource): boolean {
  if (type === RECORD) return isCaaOrHidden(properties.Type);
  const { RecordSets: records } = properties;
  return (
    !Array.isArray(records) || records.some((record) => !isJsonMap(record) || isCaaOrHidden(record.Type))
  );
}

function isCaaOrHidden(type: Json | undefined): boolean {
  return typeof type === 'object' || type === 'CAA';
}

/** The zone of this app that an entry is for, by reference or by name. */
function zoneOf(entry: Cursor): Resource | undefined {
  const id = entry.at('HostedZoneId');
  const referred = id.reference();
  if (id.isPresent) return referred?.type === ZONE ? referred : undefined;
  const name = entry.at('HostedZoneName').value();
  return name === undefined ? undefined : zonesNamed(name, entry.world)[0];
}

/** The zones of a name that exist in this world. */
function zonesNamed(name: Value, world: World): readonly Resource[] {
  const { literal, made } = zoneNames(world.app);
  const candidates = typeof name === 'string' ? [...(literal.get(plain(name)) ?? []), ...made] : made;
  return candidates.filter(
    (zone) => isSameName(world.view(zone).at('Name').value(), name) && world.exists(zone),
  );
}

/** Zones by the name that is written out, and those whose name is made. */
function zoneNames(app: App): {
  readonly literal: ReadonlyMap<string, readonly Resource[]>;
  readonly made: readonly Resource[];
} {
  return app.memo(route53, 'zones by name', () => {
    const literal = new Map<string, Resource[]>();
    const made: Resource[] = [];
    for (const zone of app.resourcesOfType(ZONE)) {
      const { Name: name } = zone.properties;
      if (typeof name !== 'string') made.push(zone);
      else literal.set(plain(name), [...(literal.get(plain(name)) ?? []), zone]);
    }
    return { literal, made };
  });
}

/** What the templates enter into a zone of this app, as far as it can say who may issue certificates. */
function entriesInto(zone: Cursor): readonly Cursor[] {
  const { world, resource } = zone;
  return [RECORD, GROUP]
    .flatMap((type) => [
      ...new Set([...world.app.referring(resource, type, 'HostedZoneId'), ...byName(world.app, type)]),
    ])
    .filter((entry) => mayAuthorise(entry) && world.exists(entry))
    .map((entry) => world.view(entry))
    .filter((entry) => zoneOf(entry) === resource);
}

function byName(app: App, type: string): readonly Resource[] {
  return app.memo(route53, `${type} by name`, () =>
    app.resourcesOfType(type).filter(({ properties }) => properties.HostedZoneName !== undefined),
  );
}

function recordsIn(entry: Cursor): readonly Cursor[] {
  return entry.resource.type === GROUP ? entry.at('RecordSets').items() : [entry];
}

function issuersOf(zone: Cursor): HostedZone['issuers'] {
  const name = zone.at('Name').value();
  const entries = entriesInto(zone);
  const found = entries
    .flatMap(recordsIn)
    .map((record) => authorityOf(record, name))
    .filter((one) => one !== undefined);
  const said = found.find(({ value }) => value === 'named') ?? found[0];
  if (said !== undefined) return said;
  const above = zoneAbove(zone, name);
  if (above !== undefined) return issuersOf(above);
  const unsure = entries.map((entry) => hiddenRecords(entry)).find((one) => one !== undefined);
  return unsure ?? { ...stated(zone, 'anyone'), got: 'without a CAA record' };
}

function hiddenRecords(entry: Cursor): HostedZone['issuers'] | undefined {
  if (entry.resource.type !== GROUP) return undefined;
  const list = entry.at('RecordSets').list();
  return list.state === 'unresolved' ? hidden(entry.at('RecordSets'), list.why) : undefined;
}

/**
 * What a CAA record at the name of the zone says. Authorities climb from a name to those above it (RFC 8659, 3), so
 * that a record deeper in the zone holds for less, and one without `issue` restricts nothing but wildcards (4.2).
 */
function authorityOf(record: Cursor, zoneName: Value | undefined): HostedZone['issuers'] | undefined {
  const type = record.at('Type').string();
  if (
    type.state === 'unresolved' &&
    zoneName !== undefined &&
    isSameName(record.at('Name').value(), zoneName)
  )
    return hidden(record.at('Type'), type.why);
  if (type.state !== 'given' || type.value !== 'CAA') return undefined;
  const name = record.at('Name');
  const value = name.value();
  if (zoneName !== undefined && !isSameName(value, zoneName)) {
    const reading = name.string();
    const isElsewhere = reading.state === 'given' && typeof zoneName === 'string';
    return isElsewhere ? undefined : hidden(name, 'whether it is the name of the zone is not known');
  }
  return valuesOf(record.at('ResourceRecords'));
}

function valuesOf(values: Cursor): HostedZone['issuers'] {
  const list = values.list();
  if (list.state === 'unresolved') return hidden(values, list.why);
  const items = list.state === 'given' ? list.value : [];
  const texts = items.map((item) => [item, item.value()] as const);
  const isIssue = (value: Value | undefined) =>
    /^\s*\d+\s+issue\s/i.test(show(value instanceof Text ? value.parts[0] : value));
  const issue = texts.find(([, value]) => isIssue(value));
  if (issue !== undefined) return stated(issue[0], 'named', { given: true });
  const unsure = texts.find(([, value]) => typeof value === 'object' && !(value instanceof Text));
  if (unsure !== undefined) return hidden(unsure[0], 'what the record says is not known');
  return { ...stated(values, 'anyone', { given: true }), got: 'a CAA record without issue' };
}

/** The nearest zone of this app that a zone lies in: its CAA record holds where there is none below. */
function zoneAbove({ world }: Cursor, name: Value | undefined): Cursor | undefined {
  if (typeof name !== 'string') return undefined;
  const labels = plain(name).split('.');
  const above = labels.slice(1).map((_, i) => labels.slice(i + 1).join('.'));
  const zones = above.flatMap((one) => zonesNamed(one, world)).map((zone) => world.view(zone));
  return zones.find((zone) => !zone.at('VPCs').isPresent);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Names differ neither by case nor by a dot at the end. */
function isSameName(left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'string' && typeof right === 'string') return plain(left) === plain(right);
  return isSame(withoutDot(left), withoutDot(right));
}

function withoutDot(name: Value): Value {
  if (typeof name === 'string') return plain(name);
  if (!(name instanceof Text)) return name;
  const last = name.parts.at(-1);
  const ended = typeof last === 'string' ? [...name.parts.slice(0, -1), last.replace(/\.$/, '')] : name.parts;
  return concatenate(ended);
}

function signingOf(zone: Cursor): Observed<boolean> {
  const { world, resource } = zone;
  const referring = (type: string) =>
    world.app
      .referring(resource, type, 'HostedZoneId')
      .filter((one) => world.exists(one) && world.view(one).at('HostedZoneId').reference() === resource)
      .map((one) => world.view(one));
  const [signing] = referring(SIGNING);
  if (signing === undefined) return { ...stated(zone, false), got: 'not signed' };
  const keys = referring(KEY).map((key) => key.at('Status'));
  const readings = keys.map((status) => [status, status.string()] as const);
  if (readings.some(([, status]) => status.state === 'given' && status.value === 'ACTIVE'))
    return stated(signing, true, { given: true });
  const unsure = readings.find(([, status]) => status.state === 'unresolved');
  if (unsure?.[1].state === 'unresolved') return hidden(unsure[0], unsure[1].why);
  const [inactive] = keys;
  return inactive === undefined
    ? { ...stated(signing, false, { given: true }), got: 'signed with no key of this app' }
    : stated(inactive, false, { given: true });
}
