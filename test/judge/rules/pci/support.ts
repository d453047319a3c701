import { judge } from '../../../../lib/judge/judge';
import type { PackRule } from '../../../../lib/judge/packs/pack';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOf, type TemplateParts } from '../../support';

/** A value that the template hides: a parameter without a default. */
export const HIDDEN: JsonMap = { Ref: 'Hidden' };

/** One resource of a type, called `It`. */
export function it(Type: string, Properties: JsonMap = {}): JsonMap {
  return { It: { Type, Properties } };
}

/** What a rule of a table says about an app: `error violation It.Properties.A: got`, nothing where all is well. */
export function says(
  rows: readonly PackRule[],
  id: string,
  resources: JsonMap,
  { now, ...parts }: TemplateParts & { readonly now?: Date; readonly region?: string } = {},
): readonly string[] {
  const row = rows.find(({ rule }) => rule.id === id);
  if (row === undefined) throw new RangeError(`the table has no rule ${id}`);
  const app = appOf(resources, { Parameters: { Hidden: { Type: 'String' } }, ...parts });
  const options = now === undefined ? {} : { now };
  return judge(app, { name: 'Pack', rules: [row] }, options).findings.map(
    ({ level, verdict, resource, path, got }) =>
      `${level} ${verdict} ${resource.logicalId}.${path}${verdict === 'violation' ? `: ${got}` : ''}`,
  );
}
