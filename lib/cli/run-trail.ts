import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { instantText, parseDayOrInstant } from '../core/instant';
import { VERSION } from '../core/version';
import { type PublicKeys, readPublicKeys, type TrailVerification, verifyFolder } from '../live/trail-digests';
import { jsonText, visible } from '../report/escape';
import { relativeTo } from '../report/place';
import type { Style } from '../report/style';
import { renderTable } from '../report/table';
import { requireAction } from './action';
import type { Arguments } from './arguments';
import { readGiven } from './given-file';
import type { Io } from './io';
import { styleOf } from './options';
import { outputsOf } from './outputs';
import { refuseUnwritableOutputs, writeOutputs } from './write-outputs';

/** What `schemas/trail-verification.schema.json` describes. */
const HEADER = {
  $schema: 'urn:cdk-secure-transmission:trail-verification:1',
  tool: { name: 'secure-transmission', version: VERSION },
};
const SIGNATURE = /^[0-9a-f]{128,2048}$/;
/** What somebody reads; JSON has all. */
const MOST_LISTED = 200;
const WIDTH = 120;

/** Verifies a copied folder, and prints what is proven and what is not. */
export async function runTrail(args: Arguments, io: Io): Promise<number> {
  const [action = '', given = ''] = args.operands;
  requireAction(action, 'verify', 'trail', 'verify <folder>');
  const outputs = outputsOf(args, ['text', 'json'] as const);
  const keys = keysOf(args, io);
  const signatures = args.all('signature').map(signatureOf);
  const since = sinceOf(args);
  refuseUnwritableOutputs(outputs, io);
  const name = relativeTo(io.cwd, given);
  const verification = await verifyFolder(resolve(io.cwd, given), name, { keys, signatures, since });
  const code = verification.findings.length === 0 ? 0 : 1;
  const written = outputs.map(({ format, file }) => ({
    ...(file === undefined ? {} : { file }),
    text:
      format === 'json'
        ? jsonText({ ...HEADER, exitCode: code, ...verification })
        : text(verification, styleOf(args, io, file)),
  }));
  writeOutputs(written, io);
  return code;
}

function keysOf(args: Arguments, io: Io): PublicKeys {
  const files = args.all('public-keys');
  if (files.length === 0) {
    const message = 'is missing, name the file with what aws cloudtrail list-public-keys printed';
    throw new TransmissionError('MissingArgument', message, '--public-keys');
  }
  return new Map(
    files.flatMap((file) => {
      const name = relativeTo(io.cwd, file);
      const where = `--public-keys ${name}`;
      return [...readPublicKeys(readGiven(resolve(io.cwd, file), where, 'give a file that is there'), where)];
    }),
  );
}

function signatureOf(given: string): string {
  const signature = given.toLowerCase();
  if (SIGNATURE.test(signature)) return signature;
  const message =
    'must be hexadecimal digits as Amazon S3 keeps them with the digest, copy them from aws s3api head-object --query Metadata.signature';
  throw new TransmissionError('InvalidArgument', message, '--signature');
}

function sinceOf(args: Arguments): string | undefined {
  const given = args.one('since');
  if (given === undefined) return undefined;
  const since = parseDayOrInstant(given);
  if (since !== undefined) return instantText(since);
  const message = `is ${JSON.stringify(given)}, it must be a day or a date and time of RFC 3339, write such as 2026-12-31`;
  throw new TransmissionError('InvalidArgument', message, '--since');
}

function text({ chains, findings }: TrailVerification, style: Style): string {
  const proven = renderTable(
    ['account', 'region', 'trail', 'proven from', 'to', 'digests', 'log files'],
    chains.map(({ account, region, trail, from, to, digests, files }) => ({
      cells: [account, region, visible(trail), from ?? 'nothing', to ?? '', String(digests), String(files)],
    })),
    { width: WIDTH, elastic: 2, style },
  );
  const gaps = chains.flatMap(({ account, region, trail, gaps: times }) =>
    times.map(
      ({ from, to }) =>
        `${account} ${region} ${visible(trail)}: no digests from ${from} to ${to}: trail or validation was off`,
    ),
  );
  const listed = findings
    .slice(0, MOST_LISTED)
    .map(({ fault, file, why }) => `${fault}  ${visible(file)}: ${visible(why)}`);
  const more =
    findings.length > MOST_LISTED ? [`and ${findings.length - MOST_LISTED} more: --format json has all`] : [];
  return `${[...proven, ...section(gaps), ...section([...listed, ...more]), '', summary(findings)].join('\n')}\n`;
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function summary(findings: TrailVerification['findings']): string {
  if (findings.length === 0) return 'every file is as CloudTrail wrote it, and none is missing';
  const count = (fault: string) => findings.filter((one) => one.fault === fault).length;
  return `${count('changed')} changed, ${count('missing')} missing, ${count('unproven')} unproven`;
}
