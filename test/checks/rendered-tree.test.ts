import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { TransmissionChecks } from '../../lib/checks';
import { renderedTree, templateFileOf } from '../../lib/checks/rendered-tree';

function written() {
  const app = new App();
  const stack = new Stack(app, 'Web');
  new CfnResource(stack, 'Listener', { type: 'AWS::X::Y', properties: { Version: 'TLS1_2' } });
  app.synth();
  return { app, file: templateFileOf(stack) };
}

describe('the templates of a synthesis', () => {
  test('are parsed once, for all packs', () => {
    const { app } = written();
    expect(renderedTree(app)).toBe(renderedTree(app));
    const parse = jest.spyOn(JSON, 'parse');
    const packed = new App();
    new Stack(packed, 'Web');
    Validations.of(packed).addPlugins(new TransmissionChecks(packed), new TransmissionChecks(packed));
    packed.synth();
    const parsed = parse.mock.calls.filter(([text]) => String(text).includes('"CheckBootstrapVersion": {'));
    parse.mockRestore();
    expect(parsed).toHaveLength(1);
  });

  test('are parsed anew when they changed, by as much as nothing and in no time', () => {
    const { app, file } = written();
    const before = renderedTree(app);
    const { atime, mtime } = statSync(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('TLS1_2', 'TLS1_0'));
    utimesSync(file, atime, mtime);
    const [resource] = renderedTree(app).app.resourcesOfType('AWS::X::Y');
    expect(resource?.properties).toEqual({ Version: 'TLS1_0' });
    expect(before.app.resourcesOfType('AWS::X::Y')[0]?.properties).toEqual({ Version: 'TLS1_2' });
  });

  test('know the construct of each resource, by the tree and not by what the template says', () => {
    const app = new App();
    const stack = new Stack(app, 'Web');
    const resource = new CfnResource(stack, 'Listener', { type: 'AWS::X::Y' });
    resource.addMetadata('aws:cdk:path', 'Other/Listener');
    app.synth();
    const tree = renderedTree(app);
    const [found] = tree.app.resourcesOfType('AWS::X::Y');
    expect(found === undefined ? undefined : tree.constructOf(found)).toBe(resource);
  });
});
