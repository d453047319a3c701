import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { visible } from '../../lib/report';
import { renderJunit } from '../../lib/report/junit';
import { hostileReport, KNOWN, reportWith, SUPPRESSED, viewWith } from './views';

const SCHEMA = readFileSync(path.resolve(__dirname, '../_fixtures/vectors/jenkins-junit.xsd'), 'utf8');

async function problemsIn(...texts: readonly string[]) {
  const xml = texts.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: SCHEMA });
  return errors.map(({ rawMessage }) => rawMessage);
}

const REPORT = reportWith(
  [
    viewWith({ counterexample: 'a browser on port 80 is answered in clear' }),
    viewWith({ when: 'Stage is test' }),
    viewWith({ level: 'warning', rule: 'W' }),
    viewWith({ known: KNOWN, rule: 'K' }),
    viewWith({ suppressed: SUPPRESSED, rule: 'S' }),
    viewWith({ verdict: 'failed', level: 'fatal', rule: 'F' }),
  ],
  { notJudged: [{ template: 'Shop', why: 'a macro' }] },
);

test("Jenkins' schema finds nothing wrong, and does find what is", async () => {
  expect(await problemsIn(renderJunit(REPORT), renderJunit(reportWith([])))).toEqual([]);
  expect(await problemsIn(renderJunit(REPORT).replace('<testsuite name', '<testsuite nom'))).not.toEqual([]);
  expect(await problemsIn(renderJunit(REPORT).replace('a macro', '\u0001'))).not.toEqual([]);
});

test('what fails the check is a failure, with the proof, the repair and the places', () => {
  expect(
    renderJunit(reportWith([viewWith({ counterexample: 'a browser gets an answer' })])),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="secure-transmission" tests="2" failures="1" errors="0">
  <testsuite name="cdk.out TransmissionChecks" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="Shop/Listener Properties.Protocol" classname="TransmissionChecks.ListenerIsEncrypted">
      <failure message="error: a listener speaks TLS: Protocol is HTTP, but must be HTTPS">a listener speaks TLS: Protocol is HTTP, but must be HTTPS
So: a browser gets an answer
Fix: set &apos;Protocol&apos; to HTTPS
At: lib/shop.ts:12:5
At: cdk.out/Shop.template.json:8:5</failure>
    </testcase>
    <testcase name="a bucket" classname="TransmissionChecks.BucketDeniesPlaintext"/>
  </testsuite>
</testsuites>
`);
});

test('what does not fail the check is skipped and says why; what could not be judged is an error', () => {
  const text = renderJunit(REPORT);
  expect(text).toContain('tests="7" failures="2" errors="1" skipped="3"');
  expect(text).toContain('<skipped>warning: a listener speaks TLS');
  expect(text).toContain('<skipped>known error: since 2026-10-01 (owner web, until 2027-03-30)');
  expect(text).toContain('<skipped>suppressed error: behind a VPN (owner web, until 2027-01-31)');
  expect(text).toContain('<error message="fatal: ');
  expect(text).toContain('<property name="not judged" value="Shop: a macro"/>');
});

test('no two cases have the same name: GitLab would show one of them', () => {
  const names = [...renderJunit(REPORT).matchAll(/<testcase (name="[^"]*" classname="[^"]*")/g)];
  expect(new Set(names.map(([, name]) => name)).size).toBe(7);
});

test('a suite is never empty: Jenkins takes that for a fault', () => {
  const text = renderJunit(reportWith([], { packs: [{ name: 'P', rules: [], notRun: [] }] }));
  expect(text).toContain('tests="1" failures="0" errors="0" skipped="1"');
});

test('whatever a template holds, the schema finds nothing wrong, and no element appears but ours', async () => {
  const reports = fc.sample(hostileReport, { numRuns: 80, seed: 5 });
  const texts = reports.map(renderJunit);
  expect(await problemsIn(...texts)).toEqual([]);
  reports.forEach((report, i) => {
    const read = (texts[i] ?? '')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
      .split('\n');
    for (const { message } of report.targets.flatMap(({ findings }) => findings)) {
      expect(read.some((line) => line.includes(visible(message, 1000)))).toBe(true);
    }
  });
  for (const text of texts) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]|##\[/u);
    expect(text.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  }
});
