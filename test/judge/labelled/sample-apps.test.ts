import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { App, judgeTogether, loadTarget } from '../../../lib/judge';
import { PACKS } from '../../_fixtures/labelled/measure';

const FOLDER = path.resolve(__dirname, '../../_fixtures/sample-apps');
const PINS = 'findings.yaml';

interface Pinned {
  readonly app: string;
  readonly like: string;
  readonly findings: readonly string[];
}

const APPS = parse(readFileSync(path.join(FOLDER, PINS), 'utf8')) as readonly Pinned[];

/** All that the transmission pack says, and the errors of the others. */
function judged(file: string) {
  const app = new App(loadTarget(path.join(FOLDER, file)));
  const judgements = judgeTogether(app, PACKS, { now: new Date('2026-11-22T00:00:00Z') });
  const findings = judgements.flatMap((judgement) =>
    judgement.findings.filter(
      ({ level }) => judgement.pack === 'TransmissionChecks' || level === 'error' || level === 'fatal',
    ),
  );
  return { judgements, findings };
}

test('every app is pinned, and there are ten at least', () => {
  const files = readdirSync(FOLDER).filter((name) => name !== PINS);
  expect(APPS.map(({ app }) => app).sort()).toEqual(files.sort());
  expect(files.length).toBeGreaterThanOrEqual(10);
});

describe.each(APPS)('$app, like $like', ({ app: file, findings: pinned }) => {
  test('has the findings that were read one by one, and no others', () => {
    const told = judged(file).findings.map(({ level, rule, resource, verdict }) => {
      const hidden = verdict === 'unknown' ? ' (hidden)' : '';
      return `${level} ${rule.id} ${resource.logicalId}${hidden}`;
    });
    expect([...new Set(told)].sort()).toEqual([...pinned].sort());
  });

  test('is read to the end: no part of it is left out', () => {
    const { judgements } = judged(file);
    expect(judgements.flatMap(({ notJudged }) => notJudged)).toEqual([]);
    expect(judgements[0]?.resources.total).toBeGreaterThan(3);
  });
});
