import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, CfnResource, CloudFormationValidatePlugin, type ValidationRuleSource } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { Baseline, readConfiguration } from '../../lib';
import { CONSTRUCT_SAMPLES } from '../_fixtures/construct-samples';
import { roleOf } from '../_fixtures/construct-samples/roles';
import { buildSamples } from '../_fixtures/construct-samples/synthesise';
import { synthesised } from '../checks/synthesised';

const CONFIGURATION = path.resolve(__dirname, '../../secure-transmission.baseline.json');

/** One finding of a validator on one of our templates. */
export interface Difference {
  readonly rule: string;
  /** What the resource is, see `roleOf`. */
  readonly role: string;
  readonly stack: string;
}

/** The rules of cfn-guard that come with the package, each in a file of its own. */
const GUARD_RULES = path.join(
  path.dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json')),
  'rules/control-tower/cfn-guard',
);

/**
 * What the validator inside aws-cdk-lib finds in the templates of every sample and of the baseline, by its default
 * rules and by the rules of cfn-guard.
 *
 * Its engine runs both. Measured on 2026-11-22 beside the program cfn-guard 3.1.1, which comes with the rules and runs
 * on Linux and macOS only: the same 82 findings in 39 templates.
 *
 * @param more adds stacks of its own to the app
 */
export function differences(more: (app: App) => void): readonly Difference[] {
  const roles = new Map<string, string>();
  const { findings } = synthesised(
    (app) => {
      buildSamples(app, CONSTRUCT_SAMPLES);
      Baseline.build(app, readConfiguration(CONFIGURATION));
      more(app);
    },
    (app) => {
      const resources = app.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
      for (const resource of resources) roles.set(resource.node.path, roleOf(resource));
      const types = new Set(resources.map(({ cfnResourceType }) => cfnResourceType));
      return [new CloudFormationValidatePlugin({ guardRules: guardRulesOn(types) })];
    },
    { context },
  );
  const placed = findings.map(({ rule, constructPath }) => ({
    rule,
    role: roles.get(constructPath) ?? '',
    stack: constructPath.split('/')[0] ?? '',
  }));
  // Where a check of guard looks into a list, it may fail once more without a place.
  return placed.filter(
    (one) =>
      one.role !== '' ||
      !placed.some(({ rule, role, stack }) => rule === one.rule && stack === one.stack && role !== ''),
  );
}

/** The rules that look at one of the types: the others find nothing, and take half of the time. */
function guardRulesOn(types: ReadonlySet<string>): ValidationRuleSource[] {
  return readdirSync(GUARD_RULES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.guard'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.guard'),
      content: readFileSync(path.join(GUARD_RULES, file), 'utf8'),
    }))
    .filter(({ content }) => (content.match(/AWS::\w+::\w+/g) ?? []).some((type) => types.has(type)));
}
