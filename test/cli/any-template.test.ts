import fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { template, text, value } from './generated-templates';
import { type Result, run, write } from './support';

/** Faults that a text gets on its way: bits of it are lost, doubled or changed. */
const fault = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(20),
  put: fc.oneof(
    fc.constantFrom(
      '',
      '{',
      ']',
      '"',
      ':',
      '\n',
      '&a ',
      '*a',
      '<<: ',
      '!Sub ',
      '!!set ',
      '\t',
      '---\n',
      '# ',
      '\\',
    ),
    fc.string({ maxLength: 3 }),
  ),
});

function damaged(whole: string, faults: readonly { at: number; length: number; put: string }[]): string {
  return faults.reduce((made, { at, length, put }) => {
    const start = Math.floor(at * made.length);
    return made.slice(0, start) + put + made.slice(start + length);
  }, whole);
}

/** Whether another reading of the text has something to judge. */
function isTemplate(source: string, isJson: boolean): boolean {
  try {
    const read: unknown = isJson
      ? JSON.parse(source)
      : parseDocument(source, { logLevel: 'silent', version: '1.1', uniqueKeys: false, merge: true }).toJS();
    const resources = (read as { Resources?: unknown } | null)?.Resources;
    return typeof resources === 'object' && resources !== null && !Array.isArray(resources);
  } catch {
    return false;
  }
}

/** What must be so whatever was read. */
function expectSound({ code, out, err }: Result): void {
  expect(err).not.toMatch(/internal failure|\n\s+at |node_modules|TypeError|RangeError/);
  expect([0, 1, 2]).toContain(code);
  if (code === 2) {
    expect(out).toBe('');
    expect(err).toMatch(/^error: [^\n]+\n$/);
  } else {
    expect(err).toBe('');
    expect(out).toMatch(/^judged {6}/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not get through
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  }
}

const RUNS = 60;

test('any template, valid or not, is judged or refused in one line: no crash, no stack trace, no surprise', () => {
  fc.assert(
    fc.property(template, fc.boolean(), fc.boolean(), (json, isYaml, isWindows) => {
      const made = isYaml ? stringify(json, { version: '1.1' }) : JSON.stringify(json, undefined, 1);
      const result = run(['check', write('t.json', isWindows ? made.replaceAll('\n', '\r\n') : made)]);
      expectSound(result);
    }),
    { numRuns: RUNS },
  );
});

test('a damaged template passes only where another parser finds resources in it', () => {
  fc.assert(
    fc.property(
      template,
      fc.boolean(),
      fc.array(fault, { minLength: 1, maxLength: 3 }),
      (json, isYaml, faults) => {
        const broken = damaged(isYaml ? stringify(json) : JSON.stringify(json), faults);
        const result = run(['check', write('t.template', broken)]);
        expectSound(result);
        if (result.code === 0) expect(isTemplate(broken, true) || isTemplate(broken, false)).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
});

test('any bytes are refused in one line', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 200 })),
      (bytes) => {
        const result = run(['check', write('t.yaml', bytes)]);
        expectSound(result);
        expect(result.code).toBe(2);
      },
    ),
    { numRuns: RUNS },
  );
});

test('any assembly is judged or refused: manifests, nested ones, metadata, assets', () => {
  const file = fc.constantFrom(
    's.json',
    'n.json',
    'm.json',
    'a.json',
    'sub',
    '.',
    '..',
    '../t.json',
    '/etc/passwd',
    '',
    'gone.json',
  );
  const artifact = fc.oneof(
    fc.record(
      {
        type: fc.constant('aws:cloudformation:stack'),
        environment: text,
        displayName: fc.oneof(text, value),
        additionalMetadataFile: fc.oneof(file, value),
        properties: fc.oneof(fc.record({ templateFile: file, stackName: text }), value),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant('cdk:cloud-assembly'), properties: fc.record({ directoryName: file }) }),
    fc.record({ type: fc.constant('cdk:asset-manifest'), properties: fc.record({ file }) }),
    value,
  );
  const manifest = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        artifacts: fc.dictionary(fc.string({ maxLength: 3 }), artifact, { maxKeys: 4 }),
        missing: fc.constantFrom(undefined, []),
      }),
    },
    { weight: 1, arbitrary: value },
  );
  const metadata = fc.dictionary(
    fc.constantFrom('/S', '/S/A', '/', 'x'),
    fc.oneof(
      fc.array(
        fc.record({
          type: fc.constantFrom(
            'aws:cdk:logicalId',
            'aws:cdk:creationStack',
            'aws:cdk:acknowledged-rules',
            'aws:cdk:templateFile',
          ),
          data: value,
        }),
      ),
      value,
    ),
  );
  fc.assert(
    fc.property(manifest, template, template, metadata, value, (top, stack, nested, told, assets) => {
      write('cdk.out/manifest.json', JSON.stringify(top));
      write('cdk.out/s.json', JSON.stringify(stack));
      write('cdk.out/n.json', JSON.stringify(nested));
      write('cdk.out/m.json', JSON.stringify(told));
      write('cdk.out/a.json', JSON.stringify({ files: assets }));
      expectSound(run(['check', 'cdk.out']));
    }),
    { numRuns: RUNS },
  );
});
