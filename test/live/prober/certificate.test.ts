import { lookAtCertificate } from '../../../lib/live/prober/certificate';
import { DAY, issue, NOW } from '../../_fixtures/tls-servers/chains';

const NOTBEFORE = new Date(NOW.getTime() - DAY);
const NOTAFTER = new Date(NOW.getTime() + 90 * DAY);

/** As a certificate writes a time until 2049: `261123014400Z`. */
const utcTime = (time: Date) => `${time.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;

/** The same certificate with another time in it; its signature no longer fits, which is not looked at here. */
async function withTime(which: Date, bytes: string): Promise<Buffer> {
  const { der } = await issue({ notBefore: NOTBEFORE, notAfter: NOTAFTER });
  const at = der.indexOf(utcTime(which), 0, 'latin1');
  expect(at).toBeGreaterThan(0);
  const copy = Buffer.from(der);
  copy.write(bytes, at, 'latin1');
  return copy;
}

test.each([
  ['the end', NOTAFTER],
  ['the beginning', NOTBEFORE],
])(
  'a certificate of whose life nobody can read %s has none left, and no measure that is no number',
  async (_, which) => {
    for (const bytes of [
      'xx1123014400Z',
      '261323014400Z',
      '\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000',
    ]) {
      const told = lookAtCertificate([await withTime(which, bytes)], 'localhost', 'trusted', NOW);
      if (told === undefined) continue;
      expect([Number.isFinite(told.daysLeft), told.lifeLeft]).toEqual([true, 0]);
      if (which === NOTAFTER) expect(told.daysLeft).toBeLessThan(0);
    }
  },
);

test('whatever a byte of a certificate is changed to, looking at it ends, and its measures are numbers', async () => {
  const { der } = await issue();
  for (let at = 0; at < der.length; at += 1) {
    const copy = Buffer.from(der);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    const told = lookAtCertificate([copy, der], 'localhost', 'cannot tell', NOW);
    expect([at, Number.isFinite(told?.daysLeft), Number.isFinite(told?.lifeLeft)]).toEqual([at, true, true]);
  }
});
