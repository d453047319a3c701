import type { BaselineDocument } from '../../core/handover';
import type { JsonMap, TemplateSource } from '../template';

/**
 * The stacks of a baseline, to be referred to by an app that stands on it: what the app reads from SSM leads there.
 *
 * @param file the `baseline.json` that it was read from
 * @param atHand the templates of the app; a stack among them is what it is, whatever the document says
 */
export function baselineSources(
  document: BaselineDocument,
  file: string,
  atHand: readonly TemplateSource[] = [],
): TemplateSource[] {
  return document.stacks
    .filter(
      ({ stackName, region }) =>
        !atHand.some((source) => source.stackName === stackName && (source.region ?? region) === region),
    )
    .map(({ name, stackName, region, account, template }) => ({
      name: `${document.name}: ${name}`,
      stackName,
      region,
      ...(account === undefined ? {} : { account }),
      file,
      json: template as JsonMap,
      isReference: true,
    }));
}
