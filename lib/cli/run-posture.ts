import { judgeTogether } from '../judge/packs/together';
import { renderPosture } from '../report';
import type { Arguments } from './arguments';
import { nowOf } from './clock';
import { configurationOf } from './configuration';
import { configuredArguments } from './configured-arguments';
import type { Io } from './io';
import { styleOf } from './options';
import { packsOf } from './packs';
import { loadTargets } from './targets';
import { givenWaivers } from './waivers';

/** Prints the posture of one target; findings do not fail it, what could not be judged does. */
export function runPosture(given: Arguments, io: Io): number {
  const configured = configuredArguments(given, io);
  const { args } = configured;
  const { tlsPolicies, settings, baseline } = configurationOf(configured, io);
  const packs = packsOf(args, settings);
  const now = nowOf(args, io);
  const waiversFor = givenWaivers(args, io);
  const style = styleOf(args, io);
  return Math.max(
    ...loadTargets(args, io, baseline).map(({ name, app }) => {
      const [waivers = []] = waiversFor([app]);
      const judgements = judgeTogether(app, packs, { tlsPolicies, now, waivers });
      const waived = judgements
        .flatMap(({ exemptions }) => exemptions)
        .filter(({ kind }) => kind === 'waiver');
      const held = new Set(waived.flatMap(({ holds, id }) => (holds ? [id] : [])));
      const holding = waived.length === 0 ? {} : { waivers: held.size };
      const report = `secure-transmission check ${name}`;
      io.out(renderPosture(judgements, { style, tlsPolicies, report, ...holding }));
      const findings = judgements.flatMap((judgement) => judgement.findings);
      return findings.some(({ verdict }) => verdict === 'failed') ? 3 : 0;
    }),
  );
}
