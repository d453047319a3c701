import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judge } from '../../../lib/judge/judge';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type JsonMap } from '../../../lib/judge/template';
import { renderStatement, statementOf } from '../../../lib/proof/statement';
import { certificate, distribution } from '../../judge/statement/support';

/** A file that readers can use. */
export const SECURITY_TXT =
  '# Wir danken \u2028 f\u00fcr jeden Hinweis "</script>"\nContact: mailto:security@example.com\nExpires: 2027-06-30T00:00:00Z\n';

/** The statement of an app with these resources, as the command line writes it. */
export function statementText(resources?: JsonMap): string {
  const shop = { Certificate: certificate('shop.example.com'), Edge: distribution() };
  const app = new App([{ name: 'Shop', json: { Resources: resources ?? shop } as unknown as JsonMap }]);
  return renderStatement(statementOf(app, judge(app, TRANSMISSION_PACK)));
}

const folders: string[] = [];

/** A folder with the two documents; `null` leaves one out. */
export function documentsFolder(
  statement: string | null = statementText(),
  securityTxt: string | Buffer | null = SECURITY_TXT,
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'trust '));
  folders.push(folder);
  if (statement !== null) writeFileSync(path.join(folder, 'transmission.json'), statement);
  if (securityTxt !== null) writeFileSync(path.join(folder, 'security.txt'), securityTxt);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
