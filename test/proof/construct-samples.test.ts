import { Construct } from 'constructs';
import * as publicApi from '../../lib';
import { TransmissionChecks } from '../../lib/checks';
import { CONSTRUCT_SAMPLES } from '../_fixtures/construct-samples';
import { resourcesAdded, sampleApp, titleOf } from '../_fixtures/construct-samples/synthesise';

/** The classes among what `lib/index.ts` exports that are constructs, by name. */
const PUBLIC: ReadonlyMap<string, typeof Construct> = new Map(
  Object.entries(publicApi).flatMap(([name, exported]) =>
    typeof exported === 'function' && exported.prototype instanceof Construct
      ? [[name, exported as unknown as typeof Construct]]
      : [],
  ),
);
const PUBLIC_CONSTRUCTS = [...PUBLIC.keys()];

const count = (construct: string) =>
  CONSTRUCT_SAMPLES.filter((sample) => sample.construct === construct && sample.options === undefined).length;

describe('the samples of constructs', () => {
  test('hold every public construct once as small as it can be', () => {
    expect(PUBLIC_CONSTRUCTS.length).toBeGreaterThan(15);
    expect(PUBLIC_CONSTRUCTS.filter((name) => count(name) !== 1)).toEqual([]);
  });

  test('hold nothing but public constructs', () => {
    const names = CONSTRUCT_SAMPLES.map(({ construct }) => construct);
    expect(names.filter((name) => !PUBLIC_CONSTRUCTS.includes(name))).toEqual([]);
  });

  test('are told apart by their options', () => {
    const titles = CONSTRUCT_SAMPLES.map(titleOf);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('hold the construct that they name, and it adds a resource', () => {
    const { app, built } = sampleApp(CONSTRUCT_SAMPLES);
    const assembly = app.synth();
    for (const each of built) {
      const type = PUBLIC.get(each.sample.construct) ?? Number;
      const found = each.stack.node.findAll().filter((construct) => construct instanceof type);
      expect([each.title, found.length]).not.toEqual([each.title, 0]);
      const { template } = assembly.getStackArtifact(each.stack.artifactId);
      expect([each.title, resourcesAdded(each, template).length]).not.toEqual([each.title, 0]);
    }
  });

  test('have no error of ours, unless one is loosened', () => {
    const { app } = sampleApp(CONSTRUCT_SAMPLES);
    const errors = new TransmissionChecks()
      .validateScope(app)
      .violations.filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
      );
    expect(errors).toEqual([]);
  });
});
