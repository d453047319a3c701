import { judge } from '../judge/judge';
import { COLOURED, PLAIN, renderPosture } from '../report';
import type { Arguments } from './arguments';
import { nowOf } from './clock';
import { configurationOf } from './configuration';
import type { Io } from './io';
import { wantsColor } from './options';
import { packOf } from './packs';
import { loadTargets } from './targets';
import { waiversOf } from './waivers';

/** Prints the posture of one target; findings do not fail it, what could not be judged does. */
export function runPosture(args: Arguments, io: Io): number {
  const { tlsPolicies } = configurationOf(args, io);
  const pack = packOf(args);
  const now = nowOf(args, io);
  const style = wantsColor(args, io) ? COLOURED : PLAIN;
  return Math.max(
    ...loadTargets(args, io).map(({ name, app }) => {
      const [waivers = []] = waiversOf([app], args, io);
      const judgement = judge(app, pack, { tlsPolicies, now, waivers });
      const given = judgement.exemptions.filter(({ kind }) => kind === 'waiver');
      const holding = given.length === 0 ? {} : { waivers: given.filter(({ holds }) => holds).length };
      const report = `secure-transmission check ${name}`;
      io.out(renderPosture([judgement], { style, tlsPolicies, report, ...holding }));
      return judgement.findings.some(({ verdict }) => verdict === 'failed') ? 3 : 0;
    }),
  );
}
