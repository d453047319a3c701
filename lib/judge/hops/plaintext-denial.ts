import type { TlsVersion } from '../../core/tls';
import {
  type DenialAnswer,
  type Document,
  judgeMinimumTls,
  judgePlaintextDenial,
  type Protected,
  readDocument,
  type Statement,
} from '../policy';
import type { App, Cursor, Resource, World } from '../template';

import { hop, resourceParty } from './connector';
import { INTERNET } from './data-store';
import type { Hop, HopProtocol, PlaintextDenial } from './fact';
import type { HopKind } from './hop-kinds';
import { none, type Observed, stated } from './observed';

/** A resource policy: its statements, and where they stand. */
export interface PolicyPlace {
  readonly at: Cursor;
  readonly document: Document;
}

/** What a connector says about a service whose resource policies can refuse plaintext. */
export interface DenialService {
  readonly kind: HopKind;
  /** Whether the service has an endpoint that serves plaintext. */
  readonly plaintextEndpoint: boolean;
  /** Whether the service has a condition key for the version of TLS. */
  readonly hasTlsVersionKey?: true;
}

const RANK: Readonly<Record<DenialAnswer['denial'], number>> = {
  denied: 0,
  unknown: 1,
  weakened: 2,
  absent: 3,
};

/**
 * Judges the policies of one resource.
 *
 * A resource has one policy: where templates give it several, the last to be deployed wins, so each must refuse.
 */
export function plaintextDenial(
  at: Cursor,
  policies: readonly PolicyPlace[],
  target: Protected,
  service: DenialService,
): PlaintextDenial {
  const { resource, world } = at;
  const judged = policies.map((place) => ({ place, answer: answerOf(place.document, target) }));
  const [worst] = [...judged].sort((a, b) => RANK[b.answer.denial] - RANK[a.answer.denial]);
  const answer: DenialAnswer = worst?.answer ?? { denial: 'absent' };
  return {
    fact: 'plaintext-denial',
    resource,
    kind: service.kind,
    plaintextEndpoint: service.plaintextEndpoint,
    denial: observed(worst?.place.at ?? at, answer, worst !== undefined),
    counterexample: answer.denial === 'weakened' ? answer.counterexample : undefined,
    // Where plaintext gets through, no version is the lowest.
    minimumTls:
      service.hasTlsVersionKey && answer.denial === 'denied' ? minimumTls(at, policies, target) : none(at),
    region: resource.template.region,
    when: world.when,
  };
}

function answerOf(document: Document, target: Protected): DenialAnswer {
  if (document.state === 'unresolved') return { denial: 'unknown', why: document.why, at: undefined };
  if (document.state === 'absent') return { denial: 'absent' };
  return judgePlaintextDenial(document.statements, target);
}

function observed(
  at: Cursor,
  answer: DenialAnswer,
  hasPolicy: boolean,
): Observed<'denied' | 'weakened' | 'absent'> {
  const place = { resource: at.resource, path: at.path, given: hasPolicy };
  switch (answer.denial) {
    case 'unknown':
      return { ...place, ...placeOf(answer.at), value: undefined, unknown: answer.why, got: 'unresolved' };
    case 'weakened': {
      const got = 'a Deny that lets plaintext through';
      return { ...place, ...placeOf(answer.at), value: 'weakened', unknown: undefined, got };
    }
    case 'absent': {
      const got = hasPolicy ? 'no Deny of plaintext' : 'no policy';
      return { ...place, value: 'absent', unknown: undefined, got };
    }
    case 'denied':
      return { ...place, value: 'denied', unknown: undefined, got: 'a Deny of plaintext' };
  }
}

function placeOf(statement: Statement | undefined): Partial<Pick<Observed<never>, 'resource' | 'path'>> {
  return statement === undefined ? {} : { resource: statement.resource, path: statement.path };
}

/** The weakest minimum among the policies. */
function minimumTls(at: Cursor, policies: readonly PolicyPlace[], target: Protected): Observed<TlsVersion> {
  const [first] = policies;
  const place = first?.at ?? at;
  let weakest: TlsVersion | undefined;
  for (const { at: cursor, document } of policies) {
    if (document.state !== 'given') return none(cursor);
    const answer = judgeMinimumTls(document.statements, target);
    if ('unknown' in answer) {
      return { ...stated<TlsVersion>(cursor, 'TLSv1.2'), value: undefined, unknown: answer.unknown };
    }
    if (answer.version === undefined) return { ...none(cursor), got: 'no minimum version' };
    if (weakest === undefined || answer.version < weakest) weakest = answer.version;
  }
  return weakest === undefined ? none(place) : { ...stated(place, weakest, { given: true }), got: weakest };
}

/** Where most policies hold their document. */
export function policyDocument(policy: Cursor): PolicyPlace {
  const at = policy.at('PolicyDocument');
  return { at, document: readDocument(at) };
}

/** What a protocol is once the policy is known: `denied` where plaintext is refused, else `otherwise`. */
export function protocolBehind(
  { denial }: PlaintextDenial,
  denied: HopProtocol,
  otherwise: HopProtocol,
): Observed<HopProtocol> {
  const { value, ...place } = denial;
  return { ...place, value: value === undefined ? undefined : value === 'denied' ? denied : otherwise };
}

/**
 * Clients to an endpoint of AWS. One that answers in clear too does so unless the resource's policy refuses.
 *
 * By TLS, AWS's endpoints take 1.2 at least (AWS Security Blog, "TLS 1.2 to become the minimum TLS protocol level for
 * all AWS API endpoints"; S3 since February 2024, AWS Storage Blog).
 */
export function endpointHop(view: Cursor, denial: PlaintextDenial): Hop {
  return hop(view, {
    kind: denial.kind,
    from: INTERNET,
    to: resourceParty(view.resource),
    protocol: denial.plaintextEndpoint
      ? protocolBehind(denial, 'tls', 'tls-or-plaintext')
      : stated(view, 'tls' as const),
    floor: stated(view, 'TLSv1.2' as const),
    serverAuthenticated: stated(view, true),
    clientAuthentication: stated(view, 'iam' as const),
    certificate: stated(view, 'service-owned' as const),
  });
}

/** How policies of one type name what they are for. */
export interface PolicyType {
  readonly type: string;
  /** The property that names the resource or a list of them. */
  readonly target: string;
  readonly document: (policy: Cursor) => PolicyPlace;
}

/** The policies of one type that are for a resource in this world. */
export function policiesFor(resource: Resource, world: World, types: readonly PolicyType[]): PolicyPlace[] {
  return types.flatMap((type) => {
    const { app } = world;
    const candidates = new Set([
      ...app.referring(resource, type.type, type.target),
      ...literalPolicies(app, type).filter((policy) => namesLiterally(policy, type.target, resource)),
    ]);
    return [...candidates]
      .filter((policy) => world.exists(policy))
      .map((policy) => world.view(policy))
      .filter((view) => targetsOf(view.at(type.target), world).includes(resource))
      .map(type.document);
  });
}

/** The policies that name a target in plain text: few, so that a search through them stays short. */
function literalPolicies(app: App, { type, target }: PolicyType): readonly Resource[] {
  return app.memo(app, `literal ${type} ${target}`, () =>
    app.resourcesOfType(type).filter(({ properties }) => {
      const raw = properties[target];
      const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      return listed.some((item) => typeof item === 'string');
    }),
  );
}

/** The resources of this app that a property of a policy names. */
function targetsOf(cursor: Cursor, world: World): readonly Resource[] {
  return itemsOf(cursor).flatMap((item) => {
    const resource = item.reference();
    if (resource !== undefined) return [resource];
    const text = item.string();
    return text.state === 'given' ? namedIn(world, text.value) : [];
  });
}

/** A policy for something that no template at hand makes is judged by itself. */
export function foreignDenials(
  view: Cursor,
  types: readonly PolicyType[],
  service: DenialService,
  protectedType: string,
  protect: (target: Cursor) => Protected,
): PlaintextDenial[] {
  const type = types.find((one) => one.type === view.resource.type);
  if (type === undefined) return [];
  return foreignTargets(view.at(type.target), view.world, protectedType).map((target) =>
    plaintextDenial(view, [type.document(view)], protect(target), service),
  );
}

/** The targets of a policy that are no resource of a type of this app, so that nobody else judges the policy. */
function foreignTargets(cursor: Cursor, world: World, type: string): readonly Cursor[] {
  return itemsOf(cursor).filter((item) => !targetsOf(item, world).some((resource) => resource.type === type));
}

function itemsOf(cursor: Cursor): readonly Cursor[] {
  const list = cursor.list();
  if (list.state === 'given') return list.value;
  return list.state === 'unresolved' ? [cursor] : [];
}

/** Literal names, ARNs (`arn:...:name`) and URLs (`https://.../name`) end with the name. */
const NAMES = ['BucketName', 'TopicName', 'QueueName', 'Name'] as const;
const NAMED_TYPES = [
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Events::EventBus',
  'AWS::SecretsManager::Secret',
];

function namedIn(world: World, text: string): readonly Resource[] {
  return NAMED_TYPES.flatMap((type) => world.app.resourcesOfType(type)).filter(
    (resource) => isNamed(resource, text) && world.exists(resource),
  );
}

function isNamed(resource: Resource, text: string): boolean {
  return NAMES.some((key) => {
    const name = resource.properties[key];
    if (typeof name !== 'string' || name === '') return false;
    return text === name || text.endsWith(`/${name}`) || text.endsWith(`:${name}`);
  });
}

function namesLiterally(policy: Resource, property: string, resource: Resource): boolean {
  const raw = policy.properties[property];
  const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return listed.some((item) => typeof item === 'string' && isNamed(resource, item));
}
