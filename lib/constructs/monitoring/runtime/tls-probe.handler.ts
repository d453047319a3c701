import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricLine } from '../../../live/embedded-metrics';
import { type HostReport, measuredHosts, type ProbeRequest, probeHosts } from '../../../live/prober';

/** The hosts that were deployed with this code: no event can add one. */
const HOSTS = 'hosts.json';

/**
 * How long the second look waits for a connection: the TLS of AWS (s2n-tls) delays some refusals by 10 to 30 seconds, and what
 * was waited for is told as a refusal.
 *
 * @see https://docs.rs/s2n-tls-sys/latest/s2n_tls_sys/s2n_blinding/type.Type.html
 */
const PATIENCE = 35_000;

/**
 * Asks the hosts of the list beside it what they accept. What is wrong stands in the log, a line for each; metrics say
 * how much that is, and wake the alarms.
 */
export async function handler(): Promise<void> {
  const { AWS_LAMBDA_FUNCTION_NAME: name = 'tls-probe', PRIVATE_ADDRESSES } = process.env;
  const requests = JSON.parse(readFileSync(join(__dirname, HOSTS), 'utf8')) as readonly ProbeRequest[];
  const reach = PRIVATE_ADDRESSES === 'true' ? 'network' : 'public';
  const now = new Date();
  const first = await probeHosts(requests, { now, reach });
  // A packet that is lost is no trouble; one that is lost twice is.
  const again = requests.filter((_request, index) => first[index]?.unknown.length !== 0);
  const second = await probeHosts(again, { now, reach, milliseconds: PATIENCE });
  const better = new Map(second.map((host) => [host.target, host]));
  const hosts = first.map((host) => better.get(host.target) ?? host);
  for (const host of hosts) tell(host);
  for (const measured of measuredHosts(hosts, name)) process.stdout.write(`${metricLine(measured, now)}\n`);
}

/** What a server sent may be long; a line of the log holds 256 KB. */
function tell({ target, address, findings, unknown }: HostReport): void {
  for (const { id, level, isDrift, message } of findings) {
    if (level === 'info') continue;
    print({
      level: level === 'error' ? 'ERROR' : 'WARN',
      host: target,
      address,
      id,
      isDrift,
      message: message.slice(0, 2000),
    });
  }
  for (const why of unknown) print({ level: 'ERROR', host: target, address, notTold: why.slice(0, 2000) });
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
