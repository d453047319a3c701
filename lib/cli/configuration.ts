import { parseAddedTlsPolicies, type TlsPolicy } from '../core/tls';
import { parseSettings, type RuleSettings, settingsSchema } from '../judge/profiles';
import { type Baseline, baselineOf } from './baseline';
import { nowOf } from './clock';
import type { Configured } from './configured-arguments';
import type { Io } from './io';

/** How rules judge. */
export interface Configuration {
  /** The file that it was read from. */
  readonly file?: string;
  readonly tlsPolicies: readonly TlsPolicy[];
  readonly settings: RuleSettings;
  /** The baseline under the app, which `--baseline` names. */
  readonly baseline?: Baseline;
}

/**
 * How rules judge: as the file says that `--config` names or that lies in the working folder, else by default. What a
 * baseline adds comes after it, and `--profile` goes before what it says.
 */
export function configurationOf({ args, file }: Configured, io: Io): Configuration {
  const where = file?.name ?? '--config';
  const { tlsPolicies: added, ...values } = file?.values ?? {};
  const placing = file?.placing ?? (<T>(read: () => T): T => read());
  const tlsPolicies = placing(() => parseAddedTlsPolicies(added, `${where}: tlsPolicies`));
  const profile = args.one('profile');
  const given = Object.fromEntries(
    Object.entries(values).filter(([key]) => Object.hasOwn(settingsSchema.properties, key)),
  );
  const settings = placing(() =>
    parseSettings(profile === undefined ? given : { ...given, profile }, {
      where,
      now: () => nowOf(args, io),
    }),
  );
  const read = file === undefined ? {} : { file: file.name };
  const baseline = baselineOf(args, io);
  if (baseline === undefined) return { ...read, tlsPolicies, settings };
  const { file: from, document } = baseline;
  const ofBaseline = parseAddedTlsPolicies(document.tlsPolicies, `${from}: tlsPolicies`);
  return { ...read, tlsPolicies: [...tlsPolicies, ...ofBaseline], settings, baseline };
}
