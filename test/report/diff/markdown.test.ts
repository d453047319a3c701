import fc from 'fast-check';
import { judgeTogether } from '../../../lib/judge/packs/together';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { parseSettings } from '../../../lib/judge/profiles';
import { App, type JsonMap } from '../../../lib/judge/template';
import { compareSides, type DiffReport, renderDiff, type Side } from '../../../lib/report/diff';
import { elementsIn, htmlOf, textIn } from '../html';
import { plainListener } from './app';

const NOW = new Date('2026-11-22T00:00:00Z');
const settings = parseSettings({}, { where: 'test', now: () => NOW });

function sideOf(json: JsonMap): Side {
  const app = new App([{ name: 'Shop', json }]);
  const judgements = judgeTogether(app, [TRANSMISSION_PACK], { now: NOW });
  return { target: 'Shop', app, judgements, settings, tlsPolicies: [] };
}

function compare(base: JsonMap, head: JsonMap): DiffReport {
  const options = { failOn: 'error', exemptionsFrom: 'head', now: NOW, folder: '/' } as const;
  return compareSides(sideOf(base), sideOf(head), options);
}

const EVIL = fc
  .array(
    fc.constantFrom(
      '[a](https://evil.example)',
      '![x](https://evil.example/x.png)',
      '<script>x</script>',
      '</details>',
      '@octocat',
      '#1',
      'GH-1',
      'www.evil.example',
      '\n# ',
      '\n\n- ',
      '`',
      '``',
      '|',
      '**',
      '<!-- ',
      '\u202e',
      '\u001b[2J',
      'word',
      ' ',
      '\\',
      '&lt;',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** What we write, and GFM makes of it. */
const OURS = /^\/?(h3|h4|p|ul|li|code\/|strong|br|table|thead|tbody|tr|th|td)$/;

test('whatever a change holds, a comment has no element, link or heading but ours', () => {
  const hostile = fc.record({ id: EVIL, reason: EVIL, owner: EVIL, other: EVIL });
  const texts = fc.sample(hostile, { numRuns: 40, seed: 20261122 }).map(({ id, reason, owner, other }) => {
    const waiver = { rule: other, resource: id, reason, owner, ticket: other, expires: '2026-12-31' };
    const base = { Resources: { [`${other}x`]: plainListener(80) } };
    const head = {
      Transform: other,
      Metadata: { SecureTransmissionWaivers: [waiver] },
      Resources: { [id]: plainListener(81) },
    };
    return renderDiff(compare(base, head), 'markdown');
  });
  for (const [i, html] of htmlOf(texts).entries()) {
    const tags = elementsIn(html)
      .filter((tag) => tag !== '<!-- secure-transmission diff -->')
      .map((tag) => tag.replace(/ align="\w+"|[<>]/g, '').trim());
    expect(tags.filter((tag) => !OURS.test(tag))).toEqual([]);
    expect(tags.filter((tag) => tag === 'h3')).toHaveLength(1);
    expect(texts[i]?.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    // Mentions and references to issues are looked for outside code alone.
    expect(textIn(html)).not.toMatch(/@octocat|#1\b|GH-1|www\.evil/);
  }
});

test('what GitHub does not take is left out from the end, and counted', () => {
  const listeners = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`Web${i}${'x'.repeat(200)}`, plainListener(i + 1)]),
    );
  const report = compare({ Resources: listeners(1) }, { Resources: listeners(900) });
  const text = renderDiff(report, 'markdown');
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('failed: 899 new findings at level error or above');
  expect(text).toMatch(/Left out here, since GitHub takes no longer text: \d+ lines\./);
});
