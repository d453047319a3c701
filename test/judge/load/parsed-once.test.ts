import { judge } from '../../../lib/judge/judge';
import { parseTemplate, parsingOnce } from '../../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type TemplateSource } from '../../../lib/judge/template';

const TEMPLATE = `Parameters:
  Protocol: {Type: String}
Resources:
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: any
      Protocol: !Ref Protocol
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
`;

test('equal texts are parsed once while targets are read, and not kept after', () => {
  const parse = () => parseTemplate(TEMPLATE, 'any.yaml').json;
  const [first, second, nested] = parsingOnce(() => [parse(), parse(), parsingOnce(parse)] as const);
  expect(second).toBe(first);
  expect(nested).toBe(first);
  const later = parse();
  expect(later).not.toBe(first);
  expect(later).toEqual(first);
  expect(parsingOnce(parse)).not.toBe(first);
});

test('texts that differ in their last character are two, whatever their length', () => {
  const padding = `# ${'x'.repeat(40_000)}\n`;
  const [first, second] = parsingOnce(() =>
    ['1', '2'].map((end) => parseTemplate(`${TEMPLATE}      Port: 8${end}\n${padding}`, 'any.yaml').json),
  );
  expect([first, second]).toMatchObject(
    [81, 82].map((Port) => ({ Resources: { Listener: { Properties: { Port } } } })),
  );
});

test.each([
  ['YAML', 'Resources: ['],
  ['JSON', `{"Resources": ${'['.repeat(200)}${']'.repeat(200)}}`],
])('what is wrong with %s is told of each file that holds it', (_, text) => {
  const errorOf = (file: string) => {
    try {
      parseTemplate(text, file);
      return 'none';
    } catch (error) {
      return String(error);
    }
  };
  const [first = '', second = ''] = parsingOnce(() => [errorOf('base.yaml'), errorOf('head.yaml')]);
  expect(first).toContain('base.yaml');
  expect(second).toBe(first.replaceAll('base.yaml', 'head.yaml'));
});

test('a text that one place may hold and another may not is refused there alone', () => {
  const empty = 'Conditions: {}\n';
  parsingOnce(() => {
    expect(parseTemplate(empty, 'a.yaml', { mayBeEmpty: true }).json).toEqual({ Conditions: {} });
    expect(() => parseTemplate(empty, 'b.yaml')).toThrow('b.yaml: has no Resources');
  });
});

test('two stacks of one text are judged each by its own parameters', () => {
  const sources = parsingOnce(() =>
    ['A', 'B'].map((name): TemplateSource => ({ name, ...parseTemplate(TEMPLATE, `${name}.yaml`) })),
  );
  const app = new App(sources, { 'A.Protocol': 'HTTP', 'B.Protocol': 'HTTPS' });
  const found = judge(app, TRANSMISSION_PACK).findings.filter(
    ({ rule }) => rule.id === 'ListenerIsEncrypted',
  );
  expect(found.map(({ resource }) => resource.template.name)).toEqual(['A']);
});
