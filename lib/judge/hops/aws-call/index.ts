import { type App, type Cursor, type Resource, Text, Unresolved, type Value } from '../../template';
import type { Connector } from '../connector';
import type { NotJudged } from '../fact';
import { changedBy } from './table';

/** The type of CDK's `AwsCustomResource`, unless it was given another. */
const AWS_CALL = 'Custom::AWS';

/** A custom resource that was given no type of its own. */
const UNNAMED = 'AWS::CloudFormation::CustomResource';

/** The properties that hold a call of an SDK as JSON. */
const CALLS = ['Create', 'Update', 'Delete'] as const;

/** Calls of AWS's APIs that a deployment makes: what they change stands in no template, so that it is told. */
export const awsCalls: Connector = {
  service: 'aws-call',
  types: [],
  facts(resource, world): readonly NotJudged[] {
    const view = world.view(resource);
    return CALLS.flatMap((name) => factOf(view.at(name)) ?? []);
  },
};

/** The resources that make such calls, whatever type they were given. */
export function awsCallers(app: App): readonly Resource[] {
  const types = app.types.filter((type) => type.startsWith('Custom::') || type === UNNAMED);
  return types.flatMap((type) => app.resourcesOfType(type)).filter((resource) => isCaller(resource));
}

/** One of another type is known by its properties: a service token, and calls as CDK writes them. */
function isCaller({ type, properties }: Resource): boolean {
  if (type === AWS_CALL) return true;
  return CALLS.some((name) => {
    const text = Object.hasOwn(properties, name) ? JSON.stringify(properties[name]) : '';
    return /\\"service\\"/.test(text) && /\\"action\\"/.test(text);
  });
}

function factOf(at: Cursor): NotJudged | undefined {
  const value = at.value();
  if (value === undefined || value === null) return undefined;
  const call = callIn(value);
  if (call === undefined) return told(at, `which call it makes at deployment is hidden${why(value)}`);
  const changes = changedBy(call.service, call.action);
  if (changes === undefined) return undefined;
  return told(at, `at deployment it calls ${call.service} ${call.action}, which changes ${changes}`);
}

function told(at: Cursor, reason: string): NotJudged {
  const { resource, path, world } = at;
  return { fact: 'not-judged', resource, why: reason, severity: 'unknown', path, when: world.when };
}

function why(value: Value): string {
  return value instanceof Unresolved ? `, since ${value.why}` : '';
}

/** References within the parameters of a call stand in JSON's strings, and for its numbers. */
function callIn(value: Value): { service: string; action: string } | undefined {
  const parts = value instanceof Text ? value.parts : [value];
  for (const standIn of ['x', '0', '"x"']) {
    const json = parsed(parts.map((part) => (typeof part === 'string' ? part : standIn)).join(''));
    const { service, action } =
      typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
    if (typeof service === 'string' && typeof action === 'string') return { service, action };
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
