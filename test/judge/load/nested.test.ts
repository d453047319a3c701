import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App as CdkApp, NestedStack, Stack, aws_sns as sns } from 'aws-cdk-lib';
import { judge } from '../../../lib/judge/judge';
import { loadTarget, loadTemplateFile, withNestedTemplates } from '../../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type TemplateSource } from '../../../lib/judge/template';
import { templatePlace } from '../../../lib/report/place';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nested-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const namesOf = (sources: readonly TemplateSource[]) => sources.map(({ name }) => name);

/** `Template/Id rule @line:column` of what is found, for one rule. */
function found(sources: readonly TemplateSource[], rule: string): string[] {
  return judge(new App(sources), TRANSMISSION_PACK)
    .findings.filter((finding) => finding.rule.id === rule)
    .map((finding) => {
      const place = templatePlace(finding, folder);
      const { template, logicalId } = finding.resource;
      return `${template.name}/${logicalId} ${place?.file}:${place?.line}:${place?.column}`;
    });
}

const child = `Parameters:
  Policy: {Type: String, Default: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09}
Resources:
  L:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      Protocol: HTTPS
      SslPolicy: !Ref Policy
`;

const parent = (url: string, type = 'AWS::CloudFormation::Stack', property = 'TemplateURL') => `Resources:
  Child:
    Type: ${type}
    Properties:
      ${property}: ${url}
      Parameters: {Policy: ELBSecurityPolicy-2016-08}
`;

describe('a nested stack that a template names by a local path', () => {
  test('is judged with what it is given, on its own lines', () => {
    write({ 'app.yaml': parent('./lib/child.yaml'), 'lib/child.yaml': child });
    const sources = loadTarget(join(folder, 'app.yaml'));
    expect(namesOf(sources)).toEqual(['app', 'app/Child']);
    expect(found(sources, 'ListenerRequiresTls12')).toEqual(['app/Child/L lib/child.yaml:8:7']);
    const { notJudged } = judge(new App(sources), TRANSMISSION_PACK).resources;
    expect(notJudged).toEqual([]);
  });

  test('is an application of SAM too', () => {
    const sam = `Transform: AWS::Serverless-2016-10-31\n${parent('child.yaml', 'AWS::Serverless::Application', 'Location')}`;
    write({ 'app.yaml': sam, 'child.yaml': child });
    const sources = loadTarget(join(folder, 'app.yaml'));
    expect(found(sources, 'ListenerRequiresTls12')).toEqual(['app/Child/L child.yaml:8:7']);
  });

  test('is not judged alone beside it, where both are given', () => {
    write({ 'app.yaml': parent('child.yaml'), 'child.yaml': child });
    const both = ['app.yaml', 'child.yaml'].map((file) => loadTemplateFile(join(folder, file)));
    expect(namesOf(withNestedTemplates(both))).toEqual(['app', 'app/Child']);
    expect(namesOf(withNestedTemplates(both.reverse()))).toEqual(['app', 'app/Child']);
  });

  test('ends where templates name each other in a circle, and each is judged', () => {
    write({ 'a.yaml': parent('b.yaml'), 'b.yaml': parent('a.yaml'), 'c.yaml': parent('c.yaml') });
    const all = ['a.yaml', 'b.yaml', 'c.yaml'].map((file) => loadTemplateFile(join(folder, file)));
    expect(namesOf(withNestedTemplates(all))).toEqual(['a', 'a/Child', 'c']);
  });

  test.each([
    ['a folder above', '../outside.yaml'],
    ['an absolute path', '/etc/passwd'],
    ['a symbolic link', 'link.yaml'],
    ['a file that is not there', 'missing.yaml'],
    ['a folder', '.'],
    ['a URL', 'https://s3.amazonaws.com/bucket/child.yaml'],
    ['a function', '!Sub "./child.yaml"'],
  ])('is not followed to %s: the stack is told as not judged', (_, url) => {
    write({ 'in/app.yaml': parent(url), 'outside.yaml': child, 'in/child.yaml': child });
    symlinkSync(join(folder, 'outside.yaml'), join(folder, 'in/link.yaml'));
    const sources = loadTarget(join(folder, 'in/app.yaml'));
    expect(namesOf(sources)).toEqual(['app']);
    const { notJudged } = judge(new App(sources), TRANSMISSION_PACK).resources;
    expect(notJudged.map(({ type, count }) => [type, count])).toEqual([['AWS::CloudFormation::Stack', 1]]);
  });

  test('that cannot be read is an error of its own file', () => {
    write({ 'app.yaml': parent('child.yaml'), 'child.yaml': 'Resources: [\n' });
    expect(() => loadTarget(join(folder, 'app.yaml'))).toThrow(/child\.yaml:2:1: is not valid YAML/);
  });
});

test('a nested stack of CDK is found by the digest in its URL, where no asset metadata names its file', () => {
  const app = new CdkApp({ outdir: folder, context: { 'aws:cdk:enable-asset-metadata': false } });
  new sns.CfnTopic(new NestedStack(new Stack(app, 'Top'), 'Inner'), 'Topic');
  app.synth();
  const sources = loadTarget(folder);
  expect(JSON.stringify(sources[0]?.json)).not.toContain('aws:asset:path');
  expect(namesOf(sources)).toEqual(['Top', expect.stringMatching(/^Top\/Inner/)]);
});

describe('a template in a stack set', () => {
  const stackSet = (body: string, more = '') =>
    `Resources:\n  Set:\n    Type: AWS::CloudFormation::StackSet\n    Properties:\n${more}      TemplateBody: ${body}\n`;
  const block = (sign: string) => `${sign}\n${child.replaceAll(/^/gm, '        ').trimEnd()}`;
  const load = (text: string) => {
    write({ 'app.yaml': text });
    return loadTarget(join(folder, 'app.yaml'));
  };
  const PASSED = '      Parameters: [{ParameterKey: Policy, ParameterValue: ELBSecurityPolicy-2016-08}]\n';

  test('is judged with what the set gives it, on the line and column within its block', () => {
    const sources = load(stackSet(block('|'), PASSED));
    expect(found(sources, 'ListenerRequiresTls12')).toEqual(['app/Set/L app.yaml:14:15']);
    expect(judge(new App(sources), TRANSMISSION_PACK).resources.notJudged).toEqual([]);
  });

  test.each([
    ['in JSON in quotes', JSON.stringify('{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}'), 5],
    [
      'by Fn::Sub with nothing to put in',
      '!Sub |\n        Resources:\n          T: {Type: AWS::SNS::Topic, Properties: {TopicName: "${!X}"}}',
      7,
    ],
    [
      'by the long form',
      '\n        Fn::Sub: |\n          Resources:\n            T: {Type: AWS::SNS::Topic}',
      8,
    ],
  ])('is judged %s', (_, body, line) => {
    const [place = '', ...more] = found(load(stackSet(body)), 'TopicDeniesPlaintext');
    expect(more).toEqual([]);
    expect(place).toMatch(new RegExp(`^app/Set/T app.yaml:${line}:`));
  });

  test('is unresolved where instances of the set are given other values', () => {
    const overrides =
      '      StackInstancesGroup: [{ParameterOverrides: [{ParameterKey: Policy, ParameterValue: x}]}]\n';
    const { findings } = judge(new App(load(stackSet(block('|'), overrides))), TRANSMISSION_PACK);
    const hidden = findings.filter(({ detail }) => detail?.includes('instances of a stack set'));
    expect(hidden.map(({ verdict, level }) => [verdict, level])).toEqual([['unknown', 'error']]);
  });

  test.each([
    ['with values put in', '!Sub "Resources: {T: {Type: ${Type}}}"'],
    ['that is no template', '"hello"'],
    ['that is broken', '"Resources: ["'],
    ['that is too deep', JSON.stringify('['.repeat(500))],
    ['by another function', '!Ref Body'],
  ])('is told as not judged: %s', (_, body) => {
    const sources = load(stackSet(body));
    expect(namesOf(sources)).toEqual(['app']);
    const { notJudged } = judge(new App(sources), TRANSMISSION_PACK).resources;
    expect(notJudged.map(({ type }) => type)).toEqual(['AWS::CloudFormation::StackSet']);
  });
});

describe('a finding on what SAM makes', () => {
  test('points at what is written: the property, the event, or the Globals', () => {
    write({
      'sam.yaml': `Transform: AWS::Serverless-2016-10-31
Globals:
  HttpApi:
    Domain: {SecurityPolicy: TLS_1_0}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      FunctionUrlConfig:
        AuthType: NONE
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}
        Note: {Type: SNS, Properties: {Topic: arn, SqsSubscription: true}}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Domain:
        DomainName: a.example
        CertificateArn: c
        SecurityPolicy: TLS_1_0
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain: {DomainName: b.example, CertificateArn: c}
`,
    });
    const sources = loadTarget(join(folder, 'sam.yaml'));
    expect(found(sources, 'FunctionUrlIsAuthenticated')).toEqual(['sam/FnUrl sam.yaml:10:9']);
    const domains = found(sources, 'ApiDomainRequiresTls12').map((text) => text.split(' ')[1]);
    expect(domains.sort()).toEqual(['sam.yaml:21:9', 'sam.yaml:4:14']);
    const apis = found(sources, 'ApiEndpointRequiresTls12');
    expect(apis).toContain('sam/ServerlessRestApi sam.yaml:12:26');
    expect(found(sources, 'QueueDeniesPlaintext')[0]).toContain('sam.yaml:13:');
  });
});

test('a finding on what a loop makes points into the body of the loop, in one within a loop too', () => {
  write({
    'loop.yaml': `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - T\${Name}:
        Type: AWS::SNS::Topic
      Fn::ForEach::Urls:
        - Kind
        - [X]
        - U\${Name}\${Kind}:
            Type: AWS::Lambda::Url
            Properties:
              AuthType: NONE
`,
  });
  const sources = loadTarget(join(folder, 'loop.yaml'));
  expect(found(sources, 'TopicDeniesPlaintext')).toEqual(['loop/TA loop.yaml:6:7', 'loop/TB loop.yaml:6:7']);
  expect(found(sources, 'FunctionUrlIsAuthenticated')).toEqual([
    'loop/UAX loop.yaml:14:15',
    'loop/UBX loop.yaml:14:15',
  ]);
});
