import type { PackRule } from '../../lib/judge/packs/pack';
import { SUPPORTING_PACK } from '../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import manifest from '../../package.json';
import { type NagVerdict, WRONG_VERDICTS, type WrongVerdict } from '../../test/_fixtures/wrong-verdicts';

/** Where the page stands. */
export const page = 'docs/cdk-nag-verdicts.md';

const FIXTURES = '../test/_fixtures/wrong-verdicts/index.ts';
const TEST = '../test/checks/wrong-verdicts.test.ts';

/** The page that says where we and cdk-nag answer differently, and how that is measured. */
export function render(): string {
  const services = [...new Set(WRONG_VERDICTS.map(({ service }) => service))];
  return `${[
    '<!-- Written by tools/generate/cdk-nag-verdicts.ts from test/_fixtures/wrong-verdicts: change those, then run `npm run docs`. -->',
    '',
    '# Where cdk-nag and we answer differently',
    '',
    ...intro(),
    '',
    ...table(
      ["What cdk-nag's rule says", 'Right: violation', 'Right: compliant'],
      VERDICTS.map((says) => [MEANING[says], count(says, 'violation'), count(says, 'compliant')]).filter(
        (row) => row.slice(1).some((cell) => cell !== ''),
      ),
    ),
    '',
    'Constructs has what does not depend on the service: resources written as a plain `CfnResource`, and overrides.',
    ...services.flatMap((service) => [
      '',
      `## ${service}`,
      '',
      ...table(
        ['The app', 'Right', "cdk-nag's rule", 'It says', 'Ours'],
        WRONG_VERDICTS.filter((row) => row.service === service).map(cells),
      ),
    ]),
  ].join('\n')}\n`;
}

function intro(): string[] {
  const { 'aws-cdk-lib': cdk, 'cdk-nag': nag } = manifest.devDependencies;
  const twins = WRONG_VERDICTS.filter(({ repaired }) => repaired !== undefined).length;
  return [
    `These are ${WRONG_VERDICTS.length} small apps, measured with cdk-nag ${nag} and aws-cdk-lib ${cdk}. For each, [a test](${TEST})`,
    `builds [the app](${FIXTURES}), asks the rule of cdk-nag about every resource in it, synthesises it, and runs our packs`,
    'on the templates. It fails when cdk-nag answers otherwise than this page says, so that the page is corrected when',
    'cdk-nag changes; and it fails when our rule does not answer what is right, on the property where the fault is.',
    `The ${twins} faulty apps have a repaired twin each, about which our rule is silent. *No rule* is measured too: none of`,
    "cdk-nag's rules answers otherwise for the app than for its twin.",
    '',
    'This is no criticism. The two work differently: rules of cdk-nag read the properties of L1 constructs, and some',
    'look at others of the same stack; ours read the rendered templates, after overrides and across stacks. The apps',
    'here are chosen because the answers differ. cdk-nag has rules on much that we say nothing about, and its packs run',
    'beside ours.',
    '',
    'Levels are those of our rules: *error* stops a synthesis, *warning* and *info* do not. Rules marked † are not in',
    '`TransmissionChecks`.',
  ];
}

const VERDICTS: readonly NagVerdict[] = ['compliant', 'violation', 'not applicable', 'rule threw', 'no rule'];

const MEANING: Readonly<Record<NagVerdict, string>> = {
  compliant: 'compliant',
  violation: 'violation',
  'not applicable': 'not applicable: it does not look at such a resource',
  'rule threw': 'it threw, which its packs report as a finding of the rule',
  'no rule': 'no rule',
};

function count(says: NagVerdict, right: WrongVerdict['right']): string {
  const rows = WRONG_VERDICTS.filter((row) => row.cdkNagSays === says && row.right === right);
  return rows.length === 0 ? '' : String(rows.length);
}

function cells(row: WrongVerdict): string[] {
  const theirs = row.cdkNagRule === 'none' ? '' : `\`${row.cdkNagRule.split('.')[1] ?? ''}\``;
  const said = row.right === 'violation' ? `${levelOf(row.ourRule)} at \`${row.at ?? ''}\`` : 'compliant';
  return [row.about, row.right, theirs, row.cdkNagSays, `\`${row.ourRule}\`${mark(row.ourRule)}: ${said}`];
}

function levelOf(rule: string): string {
  return (find(TRANSMISSION_PACK.rules, rule) ?? find(SUPPORTING_PACK.rules, rule))?.level ?? 'not a rule';
}

function mark(rule: string): string {
  return find(TRANSMISSION_PACK.rules, rule) === undefined ? ' †' : '';
}

function find(rules: readonly PackRule[], id: string): PackRule | undefined {
  return rules.find(({ rule }) => rule.id === id);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
