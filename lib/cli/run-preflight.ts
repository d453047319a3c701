import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAddedTlsPolicies } from '../core/tls';
import { judge } from '../judge/judge';
import { TRANSMISSION_PACK } from '../judge/packs/transmission';
import {
  type DeploymentConfiguration,
  notAnAssembly,
  type Obstacle,
  preflight,
  readDeployment,
  readDeploymentConfiguration,
} from '../preflight';
import { jsonText, relativeTo, reportOn, type TargetReport } from '../report';
import type { Arguments } from './arguments';
import { type Baseline, baselineOf } from './baseline';
import { nowOf } from './clock';
import type { Io } from './io';
import { styleOf } from './options';
import { renderPreflight } from './preflight-text';
import { loadTargets } from './targets';

/** The shape of the report; it changes when a reader of the last one could go wrong. */
const SCHEMA = 'urn:cdk-secure-transmission:preflight-report:1';

/** Prints what an assembly needs before it is deployed, and what its deployment will do. */
export function runPreflight(args: Arguments, io: Io): number {
  const [given = ''] = args.operands;
  const directory = resolve(io.cwd, given);
  if (existsSync(directory) && !existsSync(join(directory, 'manifest.json'))) {
    throw notAnAssembly(relativeTo(io.cwd, given));
  }
  const configuration = configurationOf(args, io);
  const now = nowOf(args, io);
  const baseline = baselineOf(args, io);
  const [target] = loadTargets(args, io, baseline);
  if (target === undefined) throw notAnAssembly(relativeTo(io.cwd, given));
  const judged = judge(target.app, TRANSMISSION_PACK, {
    tlsPolicies: tlsPoliciesOf(configuration, baseline),
    now,
  });
  const { findings } = reportOn(target.name, [judged], io.cwd);
  const report = preflight(target.app, readDeployment(directory), {
    target: target.name,
    findings: findings.flatMap(blocking),
    notJudged: findings.filter(({ verdict }) => verdict === 'failed').length,
    now,
    ...(configuration === undefined ? {} : { configuration }),
    ...(configuration?.documents === undefined
      ? {}
      : { documents: relativeTo(io.cwd, configuration.documents) }),
  });
  io.out(
    args.one('format') === 'json'
      ? jsonText({ $schema: SCHEMA, ...report })
      : renderPreflight(report, styleOf(args, io)),
  );
  return report.exitCode;
}

function configurationOf(args: Arguments, io: Io): DeploymentConfiguration | undefined {
  const given = args.one('config');
  if (given === undefined) return undefined;
  return readDeploymentConfiguration(resolve(io.cwd, given), relativeTo(io.cwd, given));
}

/** TLS policies that the configuration of the app, or the baseline under it, adds to the catalogue. */
function tlsPoliciesOf(configuration: DeploymentConfiguration | undefined, baseline: Baseline | undefined) {
  return [
    ...(configuration?.tlsPolicies ?? []),
    ...(baseline === undefined
      ? []
      : parseAddedTlsPolicies(baseline.document.tlsPolicies, `${baseline.file}: tlsPolicies`)),
  ];
}

/** What cdk synth and cdk deploy stop on. */
function blocking(finding: TargetReport['findings'][number]): readonly Obstacle[] {
  const { level, suppressed, rule, message, fix, constructPath, stack, logicalId } = finding;
  if (suppressed !== undefined || (level !== 'error' && level !== 'fatal')) return [];
  return [
    {
      level: 'blocks',
      topic: 'findings',
      where: constructPath ?? `${stack}/${logicalId}`,
      message: `${rule}: ${message}`,
      remedy: fix,
    },
  ];
}
