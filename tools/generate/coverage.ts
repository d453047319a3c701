import { classify, LISTED_TYPES } from '../../lib/judge/hops/coverage';
import { JUDGED } from '../../lib/judge/hops/coverage/judged';
import { NEITHER } from '../../lib/judge/hops/coverage/neither';
import { NOT_YET } from '../../lib/judge/hops/coverage/not-yet';
import { type Carries, typesOf } from '../../lib/judge/hops/coverage/row';
import manifest from '../../package.json';

/** Where the page stands. */
export const page = 'docs/coverage.md';

const FOLDER = '../lib/judge/hops/coverage';

const CARRIES: Readonly<Record<Carries | 'neither', string>> = {
  traffic: 'traffic',
  store: 'store',
  both: 'traffic, store',
  neither: 'neither',
};

/** The page that says which resource types are judged, which are not yet, and which need no judging. */
export function render(): string {
  return `${[
    '<!-- Written by tools/generate/coverage.ts: change the tables it reads, then run `npm run docs`. -->',
    '',
    '# What is judged, and what is not',
    '',
    `These are the resource types of CloudFormation that aws-cdk-lib ${manifest.devDependencies['aws-cdk-lib']} knows, and`,
    '`AWS::CDK::Metadata`. Somebody has decided about each of them, by name:',
    '',
    ...counts(),
    '',
    'A type is *traffic* when it carries, accepts, opens or configures the transmission of data over a network,',
    'and *store* when it keeps data at rest. In doubt a type is *not yet* rather than *neither*. A type that is',
    'in no table (a third-party type, `Custom::*`, a type newer than the tables) counts as not judged as well:',
    'a report names it with the number of its resources, it is never passed silently.',
    '',
    '## Judged',
    '',
    `A connector turns these into facts ([judged.ts](${FOLDER}/judged.ts)).`,
    '',
    ...table(
      ['Service', 'Types', 'Carries'],
      JUDGED.map(([service, carries, ...types]) => [service, names(types), CARRIES[carries]]),
    ),
    '',
    '## Not judged yet',
    '',
    `These carry traffic or store data and have no connector, or they may do so ([not-yet.ts](${FOLDER}/not-yet.ts)).`,
    '',
    ...table(
      ['Service', 'What travels or is kept', 'Carries', 'Types'],
      NOT_YET.map(([service, carries, phrase, ...types]) => [
        service,
        phrase,
        CARRIES[carries],
        names(types),
      ]),
    ),
    '',
    '## Neither',
    '',
    'These need no judging, because nothing in them decides how data of customers travels or is kept. The list is',
    `collapsed here; [neither.ts](${FOLDER}/neither.ts) has every name. Where it says *all*, the service has no`,
    'other types today; one that AWS adds is not judged until it is listed.',
    ...Object.entries(NEITHER).flatMap(([why, rows]) => [
      '',
      `### ${sentence(why)}`,
      '',
      `${rows.map(([service, ...types]) => `\`${service}\` (${share(service, typesOf(service, types).length)})`).join(', ')}.`,
    ]),
  ].join('\n')}\n`;
}

function counts(): string[] {
  const all = LISTED_TYPES.map(classify);
  const count = (name: string, of: typeof all) => [
    name,
    String(of.length),
    String(of.filter(({ traffic }) => traffic).length),
    String(of.filter(({ store }) => store).length),
  ];
  const rest = all.filter(({ judged }) => !judged);
  return table(
    ['', 'Types', 'of these traffic', 'of these store'],
    [
      count(
        'judged',
        all.filter(({ judged }) => judged),
      ),
      count(
        'not yet',
        rest.filter(({ traffic, store }) => traffic || store),
      ),
      count(
        'neither',
        rest.filter(({ traffic, store }) => !traffic && !store),
      ),
      count('together', all),
    ],
  );
}

function share(service: string, part: number): string {
  const whole = LISTED_TYPES.filter((type) => type.startsWith(`${service}::`)).length;
  return part === whole ? `all ${part}` : `${part} of ${whole}`;
}

function names(types: readonly string[]): string {
  return types.join(' ').replaceAll(' ', ', ');
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
