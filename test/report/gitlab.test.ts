import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { visible } from '../../lib/report';
import { renderGitlab } from '../../lib/report/gitlab';
import { hostileReport, KNOWN, reportOnAll, reportWith, SUPPRESSED, viewWith } from './views';

/**
 * What GitLab's documentation demands (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format"), read on
 * 2026-11-22. GitLab's own schema in app/validators/json_schemas/codeclimate.json demands less.
 */
const SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^\\./' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
} as const;

const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

function problemsIn(text: string) {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

test('what another tool writes for GitLab is of the same shape', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gitlab-'));
  try {
    writeFileSync(path.join(folder, 'a.js'), 'debugger;\n');
    const biome = path.resolve(__dirname, '../../node_modules/.bin/biome');
    const { stdout } = spawnSync(biome, ['lint', '--reporter=gitlab', 'a.js'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(problemsIn(stdout)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a finding has a description, a severity and a line', () => {
  const finding = viewWith({ counterexample: 'a browser on port 80 is answered in clear' });
  expect(JSON.parse(renderGitlab(reportWith([finding])))).toEqual([
    {
      description:
        'Shop/Listener: a listener speaks TLS: Protocol is HTTP, but must be HTTPS. ' +
        "So: a browser on port 80 is answered in clear. Fix: set 'Protocol' to HTTPS",
      check_name: 'ListenerIsEncrypted',
      fingerprint: '0123456789abcdef0123456789abcdef',
      severity: 'critical',
      location: { path: 'lib/shop.ts', lines: { begin: 12 } },
    },
  ]);
});

test.each([
  ['fatal', 'blocker'],
  ['error', 'critical'],
  ['warning', 'major'],
  ['info', 'minor'],
] as const)('level %s is %s', (level, severity) => {
  expect(JSON.parse(renderGitlab(reportWith([viewWith({ level })])))[0].severity).toBe(severity);
});

test('what somebody accepted is info and says who, after what counts', () => {
  const views = [
    viewWith({ known: KNOWN }),
    viewWith({ suppressed: SUPPRESSED }),
    viewWith({ level: 'info' }),
  ];
  const entries = JSON.parse(renderGitlab(reportWith(views)));
  expect(entries.map(({ severity }: { severity: string }) => severity)).toEqual(['minor', 'info', 'info']);
  expect(entries[1].description).toMatch(
    /^known since 2026-10-01 \(owner web, until 2027-03-30\): error Shop\/Listener: /,
  );
  expect(entries[2].description).toMatch(/^suppressed behind a VPN \(owner web, until 2027-01-31\): error /);
});

test('the same fault in two apps is two entries, and nothing known of a place is the app itself', () => {
  const { source: _, template: __, ...nowhere } = viewWith();
  const [target] = reportWith([nowhere]).targets;
  const targets = ['a.out', 'b.out'].flatMap((name) => (target ? [{ ...target, target: name }] : []));
  const entries = JSON.parse(renderGitlab(reportOnAll(targets)));
  expect(new Set(entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
  expect(entries[1].location).toEqual({ path: 'b.out', lines: { begin: 1 } });
});

test('whatever a template holds, the shape is right and fingerprints differ', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const text = renderGitlab(report);
      const entries = JSON.parse(text);
      expect(entries).toHaveLength(report.targets.flatMap(({ findings }) => findings).length);
      const problems = problemsIn(text).filter(({ instancePath }) => !instancePath.endsWith('/path'));
      expect(problems).toEqual([]);
      const fingerprints = entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
      expect(new Set(fingerprints).size).toBe(entries.length);
      for (const { message } of report.targets.flatMap(({ findings }) => findings)) {
        const said = visible(message).trim();
        expect(entries.some(({ description }: { description: string }) => description.includes(said))).toBe(
          true,
        );
      }
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]|##\[/u);
    }),
    { numRuns: 60 },
  );
});
