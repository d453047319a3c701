import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const page = 'docs/runbooks/README.md';

// Generators are bundled elsewhere before they run, and run in the project.
const FOLDER = path.resolve('docs/runbooks');

/** The index of the runbooks: each under its title. */
export function render(): string {
  const rows = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => `| ${titleOf(name)} | [${name.replace(/\.md$/, '')}](${name}) |`);
  return `${[...INTRO, '| What happened | Runbook |', '| --- | --- |', ...rows].join('\n')}\n`;
}

function titleOf(name: string): string {
  const [title = ''] = readFileSync(path.join(FOLDER, name), 'utf8').split('\n');
  return title.replace(/^# /, '').replaceAll('|', '\\|');
}

const INTRO = [
  '<!-- Written by tools/generate/runbooks.ts from the titles of the pages beside it: change those, then run `npm run docs`. -->',
  '',
  '# Runbooks',
  '',
  'What to do when an alarm goes off. Every alarm of this library names its runbook at the end of its description, and so does',
  'every rule of EventBridge that tells a topic. A page says what it means, where to look first, when it is harmless, and how',
  'to close it. A test reads the synthesised templates, and fails when something tells people and names no page, when a page',
  'lacks one of these parts, or when nothing leads to it.',
  '',
  'Commands are of the AWS CLI, version 2, and expect `AWS_REGION` and credentials that may read. Words in capitals after a `$`',
  'are yours to set; what the alarm is about stands in its dimensions:',
  '',
  '```sh',
  'aws cloudwatch describe-alarms --alarm-names "$ALARM" --query \'MetricAlarms[].[AlarmDescription,Dimensions,Metrics]\'',
  '```',
  '',
  'A query of a log (`aws logs start-query`) answers with an id; its rows are a second call away, once it is complete:',
  '',
  '```sh',
  'aws logs get-query-results --query-id "$QUERY"',
  '```',
  '',
];
