import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { App, CfnResource, CfnStackSet, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { TransmissionChecks } from '../../lib/checks';
import { renderedTree, templateFileOf } from '../../lib/checks/rendered-tree';
import { synthesised } from './synthesised';

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

describe('the template that a stack set holds', () => {
  const BODY = {
    Resources: {
      Listener: {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          Protocol: 'HTTP',
          Port: 80,
          DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }],
        },
      },
    },
  };
  const set = (stack: Stack, id = 'Everywhere') =>
    new CfnStackSet(stack, id, {
      stackSetName: 'everywhere',
      permissionModel: 'SELF_MANAGED',
      templateBody: JSON.stringify(BODY),
    });
  const found = (build: (app: App) => void) =>
    synthesised(build, (app) => [new TransmissionChecks(app)]).findings.filter(
      ({ pack }) => pack === 'TransmissionChecks',
    );

  test('is judged, at the stack set that CDK knows, and says where in its body', () => {
    const findings = found((app) => void set(new Stack(app, 'Web')));
    expect(findings).toMatchObject([
      {
        rule: 'TransmissionChecks-ListenerIsEncrypted',
        severity: 'error',
        constructPath: 'Web/Everywhere',
        logicalId: 'Everywhere',
        template: 'Web.template.json',
        properties: ['Properties.TemplateBody'],
      },
    ]);
    expect(findings[0]?.description).toMatch(/, but must .*; in Everywhere\/Listener, Properties\.Protocol$/);
  });

  test('takes no name from a nested stack beside it', () => {
    const findings = found((app) => {
      const stack = new Stack(app, 'Web');
      const nested = new NestedStack(stack, 'Inner');
      new CfnResource(nested, 'Listener', {
        type: 'AWS::ElasticLoadBalancingV2::Listener',
        properties: BODY.Resources.Listener.Properties,
      });
      set(stack, 'Set').overrideLogicalId('Inner');
    });
    expect(findings.map(({ constructPath, logicalId }) => `${constructPath} ${logicalId}`).sort()).toEqual([
      'Web/Inner/Listener Listener',
      'Web/Set Inner',
    ]);
  });

  test('stops every command where it stands in a Stage, and counts below its construct', () => {
    const findings = found((app) => void set(new Stack(new Stage(app, 'Prod'), 'Web')));
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toContain(
      'TransmissionChecks-StagesHaveNoErrors fatal',
    );
    const app = new App();
    const web = new Stack(app, 'Web');
    const inside = set(web);
    const beside = new CfnResource(web, 'Beside', { type: 'AWS::X::Y' });
    const checks = new TransmissionChecks(app);
    expect(checks.validateScope(inside).violations).toHaveLength(1);
    expect(checks.validateScope(beside).violations).toEqual([]);
  });

  test('is accepted by what is acknowledged on the stack set', () => {
    const build = (app: App) => {
      const id = 'TransmissionChecks::TransmissionChecks-ListenerIsEncrypted';
      Validations.of(set(new Stack(app, 'Web'))).acknowledge({ id, reason: 'A probe speaks HTTP only.' });
    };
    expect(found(build)).toEqual([]);
  });

  test('costs nothing where there is none', () => {
    jest.isolateModules(() => {
      const loaded: string[] = [];
      jest.doMock('../../lib/judge/load/stack-sets', () => {
        loaded.push('stack-sets');
        return jest.requireActual('../../lib/judge/load/stack-sets');
      });
      const checks =
        require('../../lib/checks/rendered-tree') as typeof import('../../lib/checks/rendered-tree');
      checks.renderedTree(written().app);
      expect(loaded).toEqual([]);
      const app = new App();
      set(new Stack(app, 'Web'));
      app.synth();
      checks.renderedTree(app);
      expect(loaded).toEqual(['stack-sets']);
    });
  });
});
