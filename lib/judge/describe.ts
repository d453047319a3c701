import type { Finding } from './judgement';

/** The name under which a finding is printed. */
export function ruleNameOf({ pack, rule }: Pick<Finding, 'pack' | 'rule'>): string {
  return `${pack}-${rule.id}`;
}

/** The id under which a finding is acknowledged: the bare name does nothing to a pack that judges templates. */
export function acknowledgementIdOf(finding: Pick<Finding, 'pack' | 'rule'>): string {
  return `${finding.pack}::${ruleNameOf(finding)}`;
}

/** One sentence: what is wrong, where, and what would be right. */
export function describe(finding: Finding): string {
  const { rule, path, got = 'absent', want = 'otherwise', detail, when } = finding;
  // The whole resource has no name that a reader would look for.
  const property = path === 'Properties' ? 'it' : path.replace(/^Properties\./, '');
  const under = when === undefined ? '' : ` (when ${when})`;
  if (finding.verdict === 'failed') return `${rule.title}: not judged, ${detail ?? 'for an unknown reason'}`;
  if (finding.verdict === 'unknown') {
    const from = property === 'it' ? '' : ` from ${property}`;
    return `${rule.title}: cannot be told${from}, since ${detail ?? 'the template hides it'}${under}`;
  }
  const because = detail === undefined ? '' : ` (${detail})`;
  // `no policy` is nothing that something is.
  const [is, be] = got.startsWith('no ') ? ['has', 'have'] : ['is', 'be'];
  return `${rule.title}: ${property} ${is} ${got === '' ? 'empty' : got}${because}, but must ${be} ${want}${under}`;
}
