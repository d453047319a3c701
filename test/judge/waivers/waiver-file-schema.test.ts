import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parseWaiverFile } from '../../../lib/judge/waivers/waiver-file';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../../schemas/waivers.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const WAIVER = {
  rule: 'ListenerIsEncrypted',
  template: 'network',
  resource: ['Listener'],
  reason: 'A probe of the old data centre speaks HTTP only.',
  owner: 'team-web',
  ticket: 12,
  expires: '2027-01-31',
};

/** Whether the published schema, and our reader, take a waiver. */
function verdicts(waiver: object): readonly boolean[] {
  const file = { version: 1, waivers: [waiver] };
  const [entry] = parseWaiverFile(JSON.stringify(file), 'waivers.json');
  return [validate(JSON.parse(JSON.stringify(file))), entry?.waiver !== undefined];
}

test('what the schema takes, the reader takes', () => {
  expect(verdicts(WAIVER)).toEqual([true, true]);
  expect(verdicts({ ...WAIVER, resource: 'Listener', ticket: 'https://example.com/12' })).toEqual([
    true,
    true,
  ]);
  const approved = { compensatingControl: 'One address is let in.', approvedBy: 'ciso' };
  expect(verdicts({ ...WAIVER, ...approved })).toEqual([true, true]);
});

test.each<[string, object]>([
  ['no rule', { rule: undefined }],
  ['no owner', { owner: undefined }],
  ['a short reason', { reason: 'because' }],
  ['one long word', { reason: 'x'.repeat(30) }],
  ['a reason of two lines', { reason: 'A reason that goes on\nand on, so that it is long.' }],
  ['a hidden character', { owner: 'team\u202eweb' }],
  ['no day', { expires: 'soon' }],
  ['a ticket of two words', { ticket: 'to do' }],
  ['a list of constructs', { construct: ['a'] }],
  ['a field of another name', { approver: 'ciso' }],
  ['the whole app', { template: undefined, resource: undefined }],
])('what the schema refuses, the reader refuses: %s', (_, changed) => {
  expect(verdicts({ ...WAIVER, ...changed })).toEqual([false, false]);
});
