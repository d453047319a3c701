import type { App } from '../../../judge/template';
import { identityOf } from '../../fingerprint';
import type { ExemptionChange } from '../diff-report';

/** Resources that are made of another template, and how they are called. */
const MADE_OF_TEMPLATES: readonly (readonly [type: string, name: string])[] = [
  ['AWS::CloudFormation::Stack', 'nested stack'],
  ['AWS::CloudFormation::StackSet', 'stack set'],
];

/**
 * Nested stacks and stack sets whose template is not at hand in HEAD, as many as were judged in BASE and are not any more:
 * by their names first, then whatever they are called now. All that is in them would count as fixed: nobody could bring
 * a fault more quietly.
 */
export function outOfSight(base: App, head: App): readonly ExemptionChange[] {
  return MADE_OF_TEMPLATES.flatMap(([type, called]) => {
    const seen = new Set(namesOf(head, type, true));
    const lost = namesOf(base, type, true).filter((name) => !seen.has(name));
    const hidden = new Set(namesOf(base, type, false));
    const came = namesOf(head, type, false).filter((name) => !hidden.has(name));
    const sameFirst = [
      ...came.filter((name) => lost.includes(name)),
      ...came.filter((name) => !lost.includes(name)),
    ];
    return sameFirst.slice(0, lost.length).map((name): ExemptionChange => {
      const [before, after] = ['a template at hand', 'a template that is not at hand'];
      return { kind: 'not judged', change: 'added', about: `${called} ${name}`, before, after, fails: true };
    });
  });
}

/** The names of resources of a type, by whether their templates are at hand. */
function namesOf(app: App, type: string, areAtHand: boolean): readonly string[] {
  return app
    .resourcesOfType(type)
    .filter((resource) => (app.nestedTemplate(resource) !== undefined) === areAtHand)
    .map(identityOf);
}
