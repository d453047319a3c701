import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, type Edit } from '../../lib/report/repair';
import { run, workFolder, write } from './support';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
`;

interface Finding {
  readonly rule: string;
  readonly counterexample?: string;
  readonly repair?: { readonly about: string; readonly edits: readonly Edit[] };
}

function findings(text: string): readonly Finding[] {
  const { targets } = JSON.parse(text) as { targets: readonly { findings: readonly Finding[] }[] };
  return targets.flatMap((target) => target.findings);
}

describe('check', () => {
  test('gives the proof and the repair, which silences the finding when it is made', () => {
    const file = write('queue.yaml', TEMPLATE);
    const [finding] = findings(run(['check', file, '--format', 'json']).out);
    expect(finding).toMatchObject({
      rule: 'QueueDeniesPlaintext',
      counterexample: 'sqs:SendMessage on the queue over plain HTTP is not denied',
      repair: { about: 'Add the AWS::SQS::QueuePolicy OrdersPolicy' },
    });
    write('queue.yaml', applyEdits(TEMPLATE, finding?.repair?.edits ?? []));
    const after = run(['check', file, '--format', 'json']);
    expect(findings(after.out)).toEqual([]);
    expect(after.code).toBe(0);
  });

  test('prints the same text, whatever other forms are written, and without a repair', () => {
    const file = write('again.yaml', TEMPLATE);
    const alone = run(['check', file]).out;
    const beside = run([
      'check',
      file,
      '--format',
      'text',
      '--format',
      'sarif',
      '--output',
      'report.sarif',
    ]).out;
    expect(beside).toBe(alone);
    expect(alone).toContain('so:  sqs:SendMessage on the queue over plain HTTP is not denied');
    expect(alone).not.toContain('OrdersPolicy');
    const sarif = readFileSync(join(workFolder(), 'report.sarif'), 'utf8');
    expect(sarif).toContain('Add the AWS::SQS::QueuePolicy OrdersPolicy');
  });
});
