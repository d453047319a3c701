import { judge } from '../../../../lib/judge/judge';
import type { PackRule } from '../../../../lib/judge/packs/pack';
import { CARDHOLDER_ROWS } from '../../../../lib/judge/rules/cardholder';
import { App, type JsonMap, type TemplateSource } from '../../../../lib/judge/template';
import { appOf, type TemplateParts } from '../../support';

export { HIDDEN } from '../pci/support';

/** Tags as lists have them. */
export const tags = (entries: Readonly<Record<string, string | JsonMap>>) =>
  Object.entries(entries).map(([Key, Value]) => ({ Key, Value }));

/** The tag that says what is held, and others. */
export const holding = (what: string, others: Readonly<Record<string, string>> = {}) =>
  tags({ 'data:classification': what, ...others });

/** In the world in which somebody says `production`. */
export const IF = (
  whenTrue: JsonMap | string | boolean | number,
  otherwise: JsonMap | string | boolean | number,
) => ({
  'Fn::If': ['Production', whenTrue, otherwise],
});

const PARTS: TemplateParts = {
  Parameters: { Hidden: { Type: 'String' }, Stage: { Type: 'String' } },
  Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
};

type Options = TemplateParts & { readonly now?: Date };

/** What a rule says about an app of one stack: `error violation It.Properties.A: got`, nothing where all is well. */
export function saysOf(id: string, resources: JsonMap, { now, ...parts }: Options = {}): readonly string[] {
  return saysOfApp(id, appOf(resources, { ...PARTS, ...parts }), now);
}

/** The same about an app of several stacks. */
export function saysOfStacks(id: string, sources: readonly TemplateSource[]): readonly string[] {
  return saysOfApp(id, new App(sources), undefined);
}

function saysOfApp(id: string, app: App, now: Date | undefined): readonly string[] {
  const rules = [rowNamed(id)];
  return judge(app, { name: 'Pack', rules }, now === undefined ? {} : { now }).findings.map(
    ({ level, verdict, resource, path, got, when }) =>
      `${level} ${verdict} ${resource.logicalId}.${path}${verdict === 'violation' ? `: ${got}` : ''}${when === undefined ? '' : ` (${when})`}`,
  );
}

/** The row of a rule. */
export function rowNamed(id: string): PackRule {
  const row = CARDHOLDER_ROWS.find(({ rule }) => rule.id === id);
  if (row === undefined) throw new RangeError(`the table has no rule ${id}`);
  return row;
}

/** A statement of a policy. */
export const allow = (
  Action: string | readonly string[],
  Resource: JsonMap | string = '*',
  more: JsonMap = {},
) => ({
  Effect: 'Allow',
  Action: typeof Action === 'string' ? Action : [...Action],
  Resource,
  ...more,
});

/** A policy of these statements. */
export const policy = (...Statement: readonly JsonMap[]): JsonMap => ({
  Version: '2012-10-17',
  Statement: [...Statement],
});
