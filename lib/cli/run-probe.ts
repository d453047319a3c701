import { TransmissionError } from '../core/errors';
import { VERSION } from '../core/version';
import {
  type HostReport,
  type ProbeOptions,
  type ProbeRequest,
  parseTarget,
  probeHosts,
  targetName,
} from '../live/prober';
import { jsonText, visible } from '../report';
import type { Arguments } from './arguments';
import { nowOf } from './clock';
import { PROBE_FORMATS, PROBE_LEVELS } from './commands/probe';
import type { Io } from './io';
import { styleOf } from './options';
import { outputsOf } from './outputs';
import { probeOptions } from './run-probe-options';
import { type HostPromises, promisesOf } from './run-probe-promises';
import { renderProbe } from './run-probe-text';
import { refuseUnwritableOutputs, writeOutputs } from './write-outputs';

/** The shape of the report; it changes when a reader of the last one could go wrong. */
const SCHEMA = 'urn:cdk-secure-transmission:probe-report:1';

/** Asks hosts, and prints what they accept. */
export async function runProbe(args: Arguments, io: Io): Promise<number> {
  const outputs = outputsOf(args, PROBE_FORMATS);
  const now = nowOf(args, io);
  const options: ProbeOptions = { ...probeOptions(args, io), now };
  const targets = args.operands.map(parseTarget);
  const promises = args.has('assembly') ? promisesOf(args, io, now) : undefined;
  const requests = requestsOf(targets, promises, args, io);
  refuseOneAddressForMany(args, requests);
  refuseUnwritableOutputs(outputs, io);

  const hosts = await probeHosts(requests, options);
  const code = exitCodeOf(hosts, args);
  const written = outputs.map(({ format, file }) => ({
    ...(file === undefined ? {} : { file }),
    text:
      format === 'json'
        ? jsonText({
            $schema: SCHEMA,
            tool: { name: 'secure-transmission', version: VERSION },
            asOf: now.toISOString(),
            exitCode: code,
            hosts,
          })
        : renderProbe(hosts, styleOf(args, io, file)),
  }));
  writeOutputs(written, io);
  return code;
}

/** The hosts that were given, else all that the app names; each once, with what it was promised to do. */
function requestsOf(
  targets: readonly { host: string; port: number }[],
  promises: HostPromises | undefined,
  args: Arguments,
  io: Io,
): readonly ProbeRequest[] {
  if (promises === undefined && targets.length === 0) {
    const remedy = 'write secure-transmission probe shop.example.com, or give --assembly cdk.out';
    throw new TransmissionError('MissingArgument', `needs a host, ${remedy}`, 'probe');
  }
  const asked = targets.length > 0 ? targets : (promises?.hosts ?? []).map((host) => ({ host, port: 443 }));
  if (promises !== undefined && asked.length === 0) {
    const message = 'names no host that the internet reaches over TLS, give the hosts to ask';
    throw new TransmissionError('MissingArgument', message, `--assembly ${args.one('assembly') ?? ''}`);
  }
  const note = (text: string) => io.err(`note: ${visible(text, 1000)}\n`);
  if (targets.length === 0)
    for (const pattern of promises?.patterns ?? [])
      note(`${pattern}: is no host, name those that are to be asked`);
  if (targets.length === 0 && promises?.more === true)
    note('the app has further hosts, which its templates do not name');
  const once = new Map(asked.map((target) => [targetName(target), target]));
  return [...once].map(([name, target]) => {
    const promised = promises?.of(target.host);
    if (promised !== undefined) return { ...target, promised };
    if (promises !== undefined) note(`${name}: the app promises nothing for it, so that nothing is compared`);
    return target;
  });
}

function refuseOneAddressForMany(args: Arguments, requests: readonly ProbeRequest[]): void {
  if (!args.has('address') || requests.length === 1) return;
  const message = `is for one host, ${requests.length} are to be asked, name one`;
  throw new TransmissionError('InvalidArgument', message, '--address');
}

function exitCodeOf(hosts: readonly HostReport[], args: Arguments): 0 | 1 | 3 {
  if (hosts.some(({ unknown }) => unknown.length > 0)) return 3;
  const lightest = PROBE_LEVELS.findIndex((level) => level === (args.one('fail-on') ?? 'error'));
  const fails = hosts.some(({ findings }) =>
    findings.some(({ level }) => PROBE_LEVELS.indexOf(level) <= lightest),
  );
  return fails ? 1 : 0;
}
