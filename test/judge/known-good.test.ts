import { App as CdkApp } from 'aws-cdk-lib';
import FLAGS from 'aws-cdk-lib/recommended-feature-flags.json';
import { judge, loadAssembly, describe as sentence, TRANSMISSION_PACK } from '../../lib/judge';
import { displayName } from '../../lib/judge/hops/connector';
import { App } from '../../lib/judge/template';
import { KNOWN_GOOD, type KnownGood } from '../_fixtures/known-good';
import { LOOKED_UP } from '../_fixtures/known-good/known-good';

/** Everything that we say of an app, `level Rule of Construct at Property`. */
function findingsIn({ build }: KnownGood) {
  const app = new CdkApp({ analyticsReporting: false, context: { ...FLAGS, ...LOOKED_UP } });
  build(app);
  const { findings } = judge(new App(loadAssembly(app.synth().directory)), TRANSMISSION_PACK);
  return findings.map((finding) => {
    const { level, rule, resource, path } = finding;
    return {
      level,
      line: `${level} ${rule.id} of ${displayName(resource)} at ${path.replace(/^Properties\./, '')}`,
      sentence: sentence(finding),
    };
  });
}

describe.each(KNOWN_GOOD)('a known-good app: $area', (area) => {
  let findings: ReturnType<typeof findingsIn>;

  beforeAll(() => {
    findings = findingsIn(area);
  });

  test('has no error', () => {
    const errors = findings.filter(({ level }) => level === 'error' || level === 'fatal');
    expect(errors.map((found) => `${found.line}\n${found.sentence}`)).toEqual([]);
  });

  test('has the warnings and infos that are pinned with a reason, and no others', () => {
    expect(findings.map(({ line }) => line)).toEqual(area.remaining.map(([line]) => line));
  });
});
