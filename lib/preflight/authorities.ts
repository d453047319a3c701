import type { App, Resource, Value } from '../judge/template';
import type { Obstacle } from './report';
import { inEveryWorld, nameIn, resourceName, textsIn } from './values';

/**
 * The names that Amazon's certificate authority answers to in CAA records; one of them is enough.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
 */
const AMAZON = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

/** The CAA records of one name. */
interface Authorization {
  readonly name: string;
  readonly resource: Resource;
  readonly issue: readonly string[];
  readonly issueWild: readonly string[];
}

/** A name on a certificate of Amazon's. */
export interface CertifiedName {
  readonly name: string;
  readonly certificate: Resource;
}

/**
 * Records of the templates by which Amazon may not issue a certificate of the templates.
 *
 * RFC 8659: the records of the nearest name upwards decide; `issuewild`, where there is one, decides about wildcards
 * alone. Records that no template makes, nobody sees here.
 */
export function refusedNames(app: App, names: readonly CertifiedName[]): readonly Obstacle[] {
  const authorizations = authorizationsIn(app);
  return names.flatMap(({ name, certificate }) => {
    const relevant = nearest(name.replace(/^\*\./, ''), authorizations);
    if (relevant === undefined || mayIssue(relevant, name.startsWith('*.'))) return [];
    return [
      {
        level: 'blocks' as const,
        topic: 'authorities' as const,
        where: resourceName(relevant.resource),
        message: `the CAA record of ${relevant.name} refuses Amazon's authority, which is to issue ${name} (${resourceName(certificate)}): the request fails, now or when it is renewed`,
        remedy: `add 0 ${name.startsWith('*.') ? 'issuewild' : 'issue'} "amazon.com" to the record`,
      },
    ];
  });
}

function mayIssue({ issue, issueWild }: Authorization, isWildcard: boolean): boolean {
  const decisive = isWildcard && issueWild.length > 0 ? issueWild : issue;
  // Without a property that is asked for, nothing is refused (RFC 8659, 4).
  return decisive.length === 0 || decisive.some((issuer) => AMAZON.includes(issuer));
}

function nearest(name: string, all: readonly Authorization[]): Authorization | undefined {
  for (let at = name; at !== ''; at = at.includes('.') ? at.slice(at.indexOf('.') + 1) : '') {
    const found = all.find((one) => one.name === at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function authorizationsIn(app: App): readonly Authorization[] {
  const alone = app
    .resourcesOfType('AWS::Route53::RecordSet')
    .flatMap((resource) => recordsOf(app, resource, false));
  const grouped = app
    .resourcesOfType('AWS::Route53::RecordSetGroup')
    .flatMap((resource) => recordsOf(app, resource, true));
  return [...alone, ...grouped];
}

function recordsOf(app: App, resource: Resource, isGroup: boolean): readonly Authorization[] {
  return inEveryWorld(app, resource, (view) =>
    (isGroup ? view.at('RecordSets').items() : [view]).flatMap((record) => {
      const name = nameIn(record.at('Name').value());
      if (name === undefined || record.at('Type').value() !== 'CAA') return [];
      const properties = record
        .at('ResourceRecords')
        .items()
        .map((item) => propertyIn(item.value()));
      const of = (tag: string) => properties.flatMap((one) => (one?.tag === tag ? [one.issuer] : []));
      return [{ name: withoutDot(name), resource, issue: of('issue'), issueWild: of('issuewild') }];
    }),
  ).flat();
}

/** `0 issue "amazon.com; accounturi=..."`: the tag, and the issuer without what binds it. */
function propertyIn(value: Value | undefined): { tag: string; issuer: string } | undefined {
  const [, tag, content] = /^\s*\d+\s+(\w+)\s+"?([^"]*)"?\s*$/.exec(textsIn(value)[0] ?? '') ?? [];
  if (tag === undefined || content === undefined) return undefined;
  return { tag: tag.toLowerCase(), issuer: (content.split(';')[0] ?? '').trim().toLowerCase() };
}

/** A name of DNS without the dot of the root, in lower case. */
export function withoutDot(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}
