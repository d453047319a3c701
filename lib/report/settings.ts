import type { NotRun, PackSettings } from '../judge/packs/pack';

/** What findings were made under: what a reader must know to weigh that there are none. */
export interface Settled extends PackSettings {
  readonly notRun: readonly NotRun[];
}

/** The settings of several packs as rows, each once: what was not run, the profile, the version that was asked for. */
export function settingsOf(packs: readonly Settled[]): readonly (readonly [name: string, text: string])[] {
  const rows = packs.flatMap(({ notRun, profile, rulesAsOf }) => [
    ...notRun.map((each) => ['not run', notRunText(each)] as const),
    ...(profile === undefined ? [] : [['profile', profile] as const]),
    ...(rulesAsOf === undefined ? [] : [['rules as of', rulesAsOf] as const]),
  ]);
  const order = ['not run', 'profile', 'rules as of'];
  const once = [...new Map(rows.map((row) => [row.join('\n'), row])).values()];
  return once.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** A rule that somebody switched off, in one line. */
export function notRunText({ rule, reason, owner, until }: NotRun): string {
  return `${rule}: ${reason} (owner ${owner}, until ${until})`;
}
