import { App, type JsonMap, type Resource } from '../../lib/judge/template';
import { fingerprintOf, hasSameElement, identityOf, stable, stablePath } from '../../lib/report/fingerprint';
import { findingOf, resourcesOf } from './support';

function resourceWith(properties: JsonMap, logicalId = 'Web', type = 'AWS::EC2::SecurityGroup'): Resource {
  return resourcesOf({ [logicalId]: { Type: type, Properties: properties } })(logicalId);
}

const pathIn = (properties: JsonMap, path: string) => stablePath(resourceWith(properties), path);

describe('a path', () => {
  test.each([
    ['Properties', 'Properties'],
    ['Properties.SslPolicy', 'Properties.SslPolicy'],
    ['Properties.Missing.0.Type', 'Properties.Missing.0.Type'],
  ])('without a list stays: %s', (path, expected) => {
    expect(pathIn({ SslPolicy: 'x' }, path)).toBe(expected);
  });

  test('goes through keys that hold dots', () => {
    const properties = { Parameters: { 'rds.force_ssl': '0', rds: { force_ssl: 'x' } } };
    expect(pathIn(properties, 'Properties.Parameters.rds.force_ssl')).toBe(
      'Properties.Parameters.rds.force_ssl',
    );
  });

  test('names an element by what its author calls it', () => {
    const properties = {
      Rules: [
        { Id: 'old', Status: 'x' },
        { Id: 'new', Status: 'y' },
      ],
    };
    expect(pathIn(properties, 'Properties.Rules.1.Status')).toBe('Properties.Rules.[Id="new"].Status');
  });

  test('goes by content where two have one name, or none has', () => {
    const twice = {
      Rules: [
        { Id: 'a', Days: 1 },
        { Id: 'a', Days: 2 },
      ],
    };
    expect(pathIn(twice, 'Properties.Rules.0.Days')).toMatch(/^Properties\.Rules\.\[[0-9a-f]{16}\]\.Days$/);
    expect(pathIn(twice, 'Properties.Rules.0.Days')).not.toBe(pathIn(twice, 'Properties.Rules.1.Days'));
    const plain = { Ciphers: ['TLSv1', 'TLSv1.2'] };
    const turned = { Ciphers: ['TLSv1.2', 'TLSv1'] };
    expect(pathIn(plain, 'Properties.Ciphers.0')).toBe(pathIn(turned, 'Properties.Ciphers.1'));
  });

  test('stays when a description or a hash of CDK changes, and what is above', () => {
    const rule = (more: JsonMap = {}, hash = '0A1B2C3D') => ({
      FromPort: 22,
      Source: { 'Fn::GetAtt': [`Group${hash}`, 'GroupId'] },
      Text: { 'Fn::Sub': `\${Group${hash}.GroupId} and \${AWS::Region}` },
      ...more,
    });
    const before = pathIn({ Rules: [rule()] }, 'Properties.Rules.0.FromPort');
    const other = { FromPort: 443 };
    expect(pathIn({ Rules: [other, rule({ Description: 'x' })] }, 'Properties.Rules.1.FromPort')).toBe(
      before,
    );
    expect(pathIn({ Rules: [rule({}, 'FFFFFFFF')] }, 'Properties.Rules.0.FromPort')).toBe(before);
    expect(pathIn({ Rules: [rule({ FromPort: 23 })] }, 'Properties.Rules.0.FromPort')).not.toBe(before);
  });

  test('goes through Fn::If without a step', () => {
    const element = { 'Fn::If': ['Old', { Id: 'old', Status: 'x' }, { Ref: 'AWS::NoValue' }] };
    const properties = { Rules: { 'Fn::If': ['Any', [element, { Id: 'b' }], []] } };
    expect(pathIn(properties, 'Properties.Rules.0.Status')).toBe('Properties.Rules.[Id="old"].Status');
  });
});

test('a fingerprint of an element is another one where the element is', () => {
  const of = (rules: JsonMap['x'], i: number) =>
    fingerprintOf(
      findingOf({ resource: resourceWith({ Rules: rules ?? null }), path: `Properties.Rules.${i}` }),
    );
  expect(of([{ Id: 'a' }, { Id: 'b' }], 1)).toBe(of([{ Id: 'b' }], 0));
  expect(of([{ Id: 'a' }, { Id: 'b' }], 1)).not.toBe(of([{ Id: 'a' }, { Id: 'b' }], 0));
});

test('an element is the same only with all of its content', () => {
  const one = resourceWith({
    Rules: [
      { Id: 'a', On: true },
      { Id: 'b', On: false },
    ],
  });
  const turned = resourceWith({
    Rules: [
      { Id: 'b', On: false },
      { Id: 'a', On: true },
    ],
  });
  const changed = resourceWith({
    Rules: [
      { Id: 'a', On: true },
      { Id: 'b', On: true },
    ],
  });
  expect(hasSameElement(one, turned, 'Properties.Rules.0.On')).toBe(true);
  expect(hasSameElement(one, changed, 'Properties.Rules.1.On')).toBe(false);
});

test('an identity is the construct path, else the logical id without its hash', () => {
  expect(identityOf(resourceWith({}, 'Web0A1B2C3D'))).toBe('Shop/Web');
  const json = { Resources: { Web: { Type: 'T', Metadata: { 'aws:cdk:path': 'Shop/Web/Resource' } } } };
  const resource = new App([{ name: 'Shop', json }]).templates[0]?.resources.get('Web');
  expect(resource && identityOf(resource)).toBe('Shop/Web/Resource');
});

test('stable JSON has its keys in order', () => {
  expect(JSON.stringify(stable({ b: 1, a: [{ d: null, c: 'x' }] }))).toBe('{"a":[{"c":"x","d":null}],"b":1}');
});
