import { App, explore, type JsonMap, show, type TemplateSource } from '../../../lib/judge/template';

const notJudged = (json: JsonMap) => new App([{ name: 'S', json }]).templates[0]?.notJudged;

describe('what is not judged of a template', () => {
  test('is told: entries that are no resource', () => {
    expect(
      notJudged({
        Resources: { A: null, B: { Properties: {} }, C: { Type: { Ref: 'T' } }, D: { Type: 'A::B::C' } },
      }),
    ).toEqual([
      'A is not written out as a resource',
      'B is not written out as a resource',
      'C is not written out as a resource',
    ]);
  });

  test.each<[string, JsonMap]>([
    ['the template', { 'Fn::Transform': { Name: 'AWS::Include' }, Resources: { R: { Type: 'A::B::C' } } }],
    ['its resources', { Resources: { R: { Type: 'A::B::C' }, 'Fn::Transform': { Name: 'AWS::Include' } } }],
  ])('is told: a macro in %s', (_, json) => {
    expect(notJudged(json)).toEqual(['transform Fn::Transform may add or change resources at deployment']);
  });

  test('is told: a macro whose name is no text', () => {
    const name: JsonMap = Object.assign(Object.create(null), { a: Object.create(null) });
    expect(notJudged({ Transform: { Name: name }, Resources: {} })?.[0]).toMatch(
      /^transform \{"a":\{\}\} may/,
    );
  });
});

describe('properties', () => {
  test.each<[string, JsonMap]>([
    ['beside a macro', { Type: 'A::B::C', Properties: { P: 1 }, 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['beside a function', { Type: 'A::B::C', Properties: { P: 1, 'Fn::If': ['C', { Q: 1 }, { Q: 2 }] } }],
    ['that another resource tells', { Type: 'A::B::C', Properties: { 'Fn::GetAtt': ['Other', 'All'] } }],
  ])('%s are hidden, all of them', (_, resource) => {
    const app = new App([{ name: 'S', json: { Resources: { R: resource, Other: { Type: 'Custom::X' } } } }]);
    const [subject] = app.resourcesOfType('A::B::C');
    if (subject === undefined) throw new Error('no subject');
    explore(app, (world) => {
      for (const key of ['P', 'Q', 'R'])
        expect(world.view(subject).at(key, 'Deep').string().state).toBe('unresolved');
      expect(world.view(subject).entries().state).toBe('unresolved');
    });
  });

  test('that are text where a map is wanted are unresolved', () => {
    const app = new App([
      { name: 'S', json: { Resources: { R: { Type: 'A::B::C', Properties: { P: 'x' } } } } },
    ]);
    const [subject] = app.resourcesOfType('A::B::C');
    if (subject === undefined) throw new Error('no subject');
    explore(app, (world) => expect(world.view(subject).at('P').entries().state).toBe('unresolved'));
  });

  test('that are a map where a boolean is wanted are unresolved', () => {
    const app = new App([
      { name: 'S', json: { Resources: { R: { Type: 'A::B::C', Properties: { P: { a: 1 } } } } } },
    ]);
    const [subject] = app.resourcesOfType('A::B::C');
    if (subject === undefined) throw new Error('no subject');
    explore(app, (world) => expect(world.view(subject).at('P').boolean().state).toBe('unresolved'));
  });
});

describe('templates of one name', () => {
  const twin = (literal: string, parent?: TemplateSource['parent']): TemplateSource => ({
    name: parent === undefined ? 'S' : 'S/N',
    ...(parent === undefined ? {} : { parent }),
    json: {
      Parameters: { P: { Type: 'String' } },
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, literal] } },
      Resources: {
        R: { Type: 'A::B::C', Properties: { P: { 'Fn::If': ['C', 'yes', 'no'] } } },
        N: { Type: 'AWS::CloudFormation::Stack', Properties: {} },
      },
    },
  });

  test('are told apart, in their choices too', () => {
    const app = new App([twin('a'), twin('b')]);
    expect(app.templates.map(({ name }) => name)).toEqual(['S', 'S (2)']);
    const found = explore(app, (world) =>
      app.resourcesOfType('A::B::C').map((resource) => show(world.view(resource).at('P').value())),
    );
    expect(found.outcomes.map(({ value }) => value.join())).toEqual(['yes,yes', 'yes,no', 'no,yes', 'no,no']);
  });

  test('have each its own nested stacks', () => {
    const parent = { name: 'S', logicalId: 'N' };
    const app = new App([twin('a'), twin('b', parent), twin('c'), twin('d', parent)]);
    expect(app.templates.map((template) => template.parent?.template.name)).toEqual([
      undefined,
      'S',
      undefined,
      'S (2)',
    ]);
  });

  test('that are around themselves are around nothing', () => {
    const a: TemplateSource = { name: 'A', parent: { name: 'B', logicalId: 'N' }, json: { Resources: {} } };
    const b: TemplateSource = { name: 'B', parent: { name: 'A', logicalId: 'N' }, json: { Resources: {} } };
    const self: TemplateSource = {
      name: 'C',
      parent: { name: 'C', logicalId: 'N' },
      json: { Resources: {} },
    };
    expect(new App([a, b, self]).templates.filter(({ parent }) => parent === undefined)).toHaveLength(2);
  });
});

test('a relation under more conditions than are tried is not lost', () => {
  const hidden = [...Array(7).keys()];
  const Conditions = Object.fromEntries(
    hidden.map((i) => [`C${i}`, { 'Fn::Equals': [{ 'Fn::ImportValue': `x${i}` }, 'y'] }]),
  );
  // Only the last of 128 worlds leads to the bucket.
  let chosen: JsonMap = { Ref: 'Bucket' };
  for (const i of hidden) chosen = { 'Fn::If': [`C${i}`, [{ 'Fn::If': ['C0', 'a', 'b'] }, 'c'], chosen] };
  const all = hidden.map((i) => ({ 'Fn::If': [`C${i}`, 'a', 'b'] }));
  const app = new App([
    {
      name: 'S',
      json: {
        Conditions,
        Resources: {
          Bucket: { Type: 'AWS::S3::Bucket' },
          Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: [...all, chosen] } },
        },
      },
    },
  ]);
  const [bucket] = app.resourcesOfType('AWS::S3::Bucket');
  if (bucket === undefined) throw new Error('no bucket');
  expect(app.referring(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map(({ logicalId }) => logicalId)).toEqual([
    'Policy',
  ]);
});
