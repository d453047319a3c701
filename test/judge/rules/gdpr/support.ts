import { CLASSIFICATIONS, type DataDescription, encodeTags } from '../../../../lib/core/classification';
import { judge } from '../../../../lib/judge/judge';
import type { PackRule } from '../../../../lib/judge/packs/pack';
import { App, type JsonList, type JsonMap } from '../../../../lib/judge/template';
import type { TemplateParts } from '../../support';

/** A value that the template hides: a parameter without a default. */
export const HIDDEN: JsonMap = { Ref: 'Hidden' };

/** When it is judged. */
export const NOW = new Date('2026-11-22T00:00:00Z');

/** What a store of personal data has to say, and what a test says differently; `undefined` leaves it out. */
export function described(changes: Partial<DataDescription> = {}): DataDescription {
  // What is about nobody says nothing of persons.
  const isAlone = changes.holds?.some((held) => CLASSIFICATIONS[held].alone) === true;
  if (isAlone) return { holds: ['internal'], owner: 'orders@shop.example', ...changes };
  return {
    holds: ['personal-data'],
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
    ...changes,
  };
}

/** The same as tags. */
export function tags(changes: Partial<DataDescription> = {}): JsonList {
  return [...encodeTags(described(changes))].map(([Key, Value]) => ({ Key, Value }));
}

/** The same as Metadata of a type without tags. */
export function metadata(changes: Partial<DataDescription> = {}): JsonMap {
  return { SecureTransmissionData: Object.fromEntries(encodeTags(described(changes))) };
}

/** A store of personal data. */
export function store(
  Type: string,
  Properties: JsonMap = {},
  changes: Partial<DataDescription> = {},
): JsonMap {
  return { Type, Properties: { ...Properties, Tags: tags(changes) } };
}

/** A resource that says nothing. */
export function resource(Type: string, Properties: JsonMap = {}): JsonMap {
  return { Type, Properties };
}

/** A stack of an app. */
export interface StackOf extends TemplateParts {
  readonly name?: string;
  /** `null`: bound to none. @default 'eu-central-1' */
  readonly region?: string | null;
  readonly account?: string;
  readonly resources: JsonMap;
  readonly isReference?: true;
}

/** An app of several stacks. */
export function appOfStacks(...stacks: readonly StackOf[]): App {
  return new App(
    stacks.map(
      ({ name = 'Stack', region = 'eu-central-1', account, resources, isReference, ...sections }) => ({
        name,
        stackName: name,
        ...(region === null ? {} : { region }),
        ...(account === undefined ? {} : { account }),
        ...(isReference === undefined ? {} : { isReference }),
        json: {
          Parameters: { Hidden: { Type: 'String' }, Stage: { Type: 'String' } },
          Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
          ...sections,
          Resources: resources,
        } as JsonMap,
      }),
    ),
  );
}

/** What a rule of a table says about an app: `warning violation It.Properties.A: got`, nothing where all is well. */
export function found(
  rows: readonly PackRule[],
  id: string,
  app: App | JsonMap,
  now: Date | undefined = NOW,
): readonly string[] {
  return findings(rows, id, app, now).map(({ level, verdict, resource: { logicalId }, path, got }) => {
    const place = path.replace(/^Properties\.?/, '');
    const at = place === '' ? logicalId : `${logicalId}.${place}`;
    return `${level} ${verdict} ${at}${verdict === 'violation' ? `: ${got}` : ''}`;
  });
}

/** The whole findings of one rule. */
export function findings(
  rows: readonly PackRule[],
  id: string,
  app: App | JsonMap,
  now: Date | undefined = NOW,
) {
  const row = rows.find(({ rule }) => rule.id === id);
  if (row === undefined) throw new RangeError(`the table has no rule ${id}`);
  const judged = app instanceof App ? app : appOfStacks({ resources: app });
  return judge(judged, { name: 'Pack', rules: [row] }, now === undefined ? {} : { now }).findings;
}
