import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MESSAGE_PROBLEMS } from '../../../lib/target';

test('the documentation has every problem, with its status and title, and no other', () => {
  const page = readFileSync(path.join(__dirname, '../../../docs/message-signatures.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+) \|$/gm)];
  expect(rows.map(([, code, status, title]) => [code, { status: Number(status), title }])).toEqual(
    Object.entries(MESSAGE_PROBLEMS),
  );
});
