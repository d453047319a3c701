import { groupedBy } from '../core/grouped-by';
import { type HostReport, hstsText, type ProbeFinding, type SuitesTold, type Verdict } from '../live/prober';
import { visible } from '../report/escape';
import { counted, firstOf, hanging } from '../report/phrase';
import type { Style } from '../report/style';
import { renderTable } from '../report/table';

const WIDTH = 110;
const MARGIN = '  ';
const INNER = '    ';

/** What hosts accept, for people: what is wrong, then what was told. */
export function renderProbe(hosts: readonly HostReport[], style: Style): string {
  const blocks = hosts.map((host) => [
    heading(host, style),
    ...host.findings.flatMap((finding) => findingLines(finding, style)),
    ...host.unknown.flatMap((what) => [
      style.level('fatal', `${MARGIN}not told`),
      ...hanging(INNER, visible(what, 1000), WIDTH),
    ]),
    ...protocolLines(host, style),
    ...certificateLines(host),
    ...webLines(host),
    ...promisedLines(host),
  ]);
  return `${[...blocks, [outcome(hosts)]].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading({ target, address, otherAddresses }: HostReport, style: Style): string {
  if (address === undefined) return style.bold(visible(target));
  const others = otherAddresses.length === 0 ? '' : `, not asked: ${firstOf(otherAddresses, 4)}`;
  return `${style.bold(visible(target))}  ${style.faint(visible(`at ${address}${others}`))}`;
}

function findingLines({ level, id, isDrift, message }: ProbeFinding, style: Style): string[] {
  const title = `${MARGIN}${style.level(level, level)}  ${id}${isDrift ? '  (not as promised)' : ''}`;
  return [title, ...hanging(INNER, visible(message, 1000), WIDTH)];
}

/** What of the weak suites is accepted, or could not be told, version by version. */
function weakLines(weak: readonly SuitesTold[]): string[] {
  return [...groupedBy(weak, ({ version }) => version)].map(([version, told], index) => {
    const accepted = told.filter(({ verdict }) => verdict === 'accepted').map(({ suites }) => suites);
    const open = told
      .filter(({ verdict }) => !isTold(verdict))
      .map(({ suites, verdict }) => `${suites} (${verdict})`);
    return line(index === 0 ? 'weak suites' : '', [
      `${version}: ${[...accepted, ...open].join(', ') || 'none'}`,
    ]);
  });
}

function isTold(verdict: Verdict): boolean {
  return verdict === 'accepted' || verdict === 'refused';
}

function protocolLines(
  { protocols, forwardSecrecy, clientCertificates }: HostReport,
  style: Style,
): string[] {
  if (protocols === undefined) return [];
  const rows = protocols.versions.map(({ version, verdict, cipherSuite, group, fieldBits, detail }) => ({
    cells: [
      `${MARGIN}${version}`,
      verdict,
      visible(cipherSuite ?? detail ?? ''),
      fieldBits === undefined ? (group ?? '') : `field of ${fieldBits} bits`,
    ],
  }));
  const { postQuantum } = protocols;
  return [
    ...renderTable([`${MARGIN}version`, 'verdict', 'picks', 'group'], rows, {
      width: WIDTH,
      elastic: 2,
      style,
    }),
    ...weakLines(protocols.weakSuites),
    line('post-quantum', [postQuantum.verdict, postQuantum.group ?? postQuantum.detail]),
    line('forward secrecy', [forwardSecrecy?.replace('-', ' ')]),
    line('client certificate', [clientCertificates]),
  ];
}

function certificateLines({ certificate }: HostReport): string[] {
  if (certificate === undefined) return [];
  const { chain, names, daysLeft, chainEnd, staple, nameMatches } = certificate;
  const [own] = chain;
  const key = [own?.keyType, own?.keyBits, own?.signatureHash].filter((part) => part !== undefined).join(' ');
  return [
    line('certificate', [
      own?.subject,
      `for ${firstOf(names, 5) || 'no name'}`,
      nameMatches ? 'matches' : 'does not match',
    ]),
    line('', [`until ${own?.validTo ?? 'nobody knows'}`, `${daysLeft} days left`, key]),
    line('chain', [
      chainEnd.replace('-', ' '),
      counted(chain.length, 'certificate'),
      staple === undefined ? 'no staple' : `staple: ${staple}`,
    ]),
  ];
}

function webLines({ plaintext, web }: HostReport): string[] {
  const lines: string[] = [];
  if (plaintext !== undefined) {
    const { port, verdict, status, location, detail } = plaintext;
    lines.push(line('in clear', [`port ${port} ${verdict}`, detail ?? status?.toString(), location]));
  }
  if (web === undefined) return lines;
  if (web.status === undefined) return [...lines, line('https', [`it ${web.detail ?? 'did not answer'}`])];
  const hsts = web.hsts === undefined || web.hsts === 'none' ? 'no HSTS' : hstsText(web.hsts);
  lines.push(
    line('https', [web.status.toString(), hsts, `security.txt ${web.securityTxt?.verdict ?? 'not asked'}`]),
  );
  lines.push(line('', [`sends ${web.headers?.sent.join(', ') || 'no other header that protects'}`]));
  return lines;
}

function promisedLines({ promised }: HostReport): string[] {
  if (promised === undefined) return [];
  const { oldest, newest, forwardSecret, noCbc, postQuantum, plaintext, by = [] } = promised;
  return [
    line('promised', [
      oldest === undefined ? undefined : `${oldest} to ${newest ?? 'any'}`,
      forwardSecret ? 'forward secrecy' : undefined,
      noCbc ? 'no CBC' : undefined,
      postQuantum ? 'post-quantum' : undefined,
      plaintext === undefined ? undefined : `in clear ${plaintext}`,
    ]),
    line('', [`by ${firstOf(by, 4)}`]),
  ];
}

function line(name: string, parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined && part !== '').join(', ');
  return `${MARGIN}${name.padEnd(20)}${visible(text)}`.trimEnd();
}

function outcome(hosts: readonly HostReport[]): string {
  const all = hosts.flatMap(({ findings }) => findings);
  const of = (level: ProbeFinding['level']) => all.filter((finding) => finding.level === level).length;
  const drift = all.filter(({ isDrift }) => isDrift).length;
  const open = hosts.filter(({ unknown }) => unknown.length > 0).length;
  const parts = [
    counted(hosts.length, 'host'),
    counted(of('error'), 'error'),
    counted(of('warning'), 'warning'),
    `${of('info')} info`,
    `${drift} not as promised`,
    ...(open === 0 ? [] : [`${counted(open, 'host')} of which something could not be told`]),
  ];
  return parts.join(', ');
}
