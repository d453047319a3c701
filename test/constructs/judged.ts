import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { GdprChecks, PciDss401Checks, TransmissionChecks } from '../../lib/checks';

/** Every pack that a construct must have nothing to fear from: ours, and that of cdk-nag. */
export function allPacks(app: App): readonly IPolicyValidationPlugin[] {
  return [
    new TransmissionChecks(app),
    new PciDss401Checks(app),
    new GdprChecks(app),
    new AwsSolutionsChecks(app),
  ];
}

/** What our own pack says about the app of a construct: level, rule and place. */
export function findingsOf(scope: IConstruct): readonly string[] {
  return new TransmissionChecks()
    .validateScope(scope)
    .violations.flatMap(({ severity, ruleName, violatingResources }) =>
      violatingResources.map(
        ({ resourceLogicalId, locations }) =>
          `${severity} ${ruleName} ${resourceLogicalId} ${locations.join(' ')}`,
      ),
    )
    .sort();
}

/** The errors of cdk-nag's AwsSolutions pack on a construct and what is below it, each rule once. */
export function nagErrorsOf(scope: IConstruct): readonly string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(scope);
  const errors = violations.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ ruleName }) => ruleName))].sort();
}
