import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { instantText } from '../core/instant';
import { editSecurityTxt, parseSecurityTxt, problemText, writeSecurityTxt } from '../core/security-txt';
import { SECURITY_TXT_FILE, STATEMENT_FILE, type Statement } from '../core/statement';
import { judgeTogether } from '../judge/packs/together';
import { short } from '../judge/statement';
import { renderStatement, statementOf, whySecurityTxtIsStale, whyStatementIsStale } from '../proof/statement';
import { visible } from '../report/escape';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { givenNow, nowOf } from './clock';
import { configurationOf } from './configuration';
import { type Configured, configuredArguments } from './configured-arguments';
import { codeOf } from './given-file';
import type { Io } from './io';
import { packsOf } from './packs';
import { defaultExpiry, type SecurityTxtOptions, securityTxtOptions } from './security-txt-options';
import { loadTargets } from './targets';

/** Time in which an expiry is worth a note. */
const NOTICE = 30 * 86_400_000;

interface Files {
  /** The folder. */
  readonly path: string;
  /** As people know it. */
  readonly name: string;
  readonly statement: string | undefined;
  readonly securityTxt: string | undefined;
}

/** Writes the two documents, or looks whether those that lie there are stale. */
export function runStatement(given: Arguments, io: Io): number {
  const configured = configuredArguments(given, io);
  const { args } = configured;
  const now = nowOf(args, io);
  const options = securityTxtOptions(args, now);
  const files = readFiles(args.one('output') ?? 'trust', io);
  if (options.problems.length > 0) return refuse(options.problems, io);
  const { text, problems } = securityTxtOf(files, options, now);
  if (!args.has('check') && problems.length > 0) return refuse(problems, io);

  const statement = makeStatement(configured, io, now);
  if (statement === undefined) return 3;
  return args.has('check')
    ? check(files, statement, text, now, args, io)
    : write(files, statement, text, now, io);
}

/** One line for each mistake. */
function refuse(problems: readonly string[], io: Io): number {
  for (const problem of problems) io.err(`error: ${visible(problem, 1000)}\n`);
  return 2;
}

/** What is judged states itself; where something could not be judged at all, nothing is stated. */
function makeStatement(configured: Configured, io: Io, now: Date): Statement | undefined {
  const { args } = configured;
  const { tlsPolicies, settings, baseline } = configurationOf(configured, io);
  const packs = packsOf(args, settings);
  const [target] = loadTargets(args, io, baseline);
  if (target === undefined) return undefined;
  const judgements = judgeTogether(target.app, packs, { tlsPolicies, now });
  const findings = judgements.flatMap((each) => each.findings);
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length;
  if (failed > 0) {
    const remedy = `see secure-transmission check ${target.name}`;
    io.err(
      `error: ${visible(`${target.name}: ${failed} could not be judged at all, so that nothing is stated, ${remedy}`)}\n`,
    );
    return undefined;
  }
  // How data travels is the same to every pack.
  const [judgement] = judgements;
  if (judgement === undefined) return undefined;
  const given = givenNow(args);
  return statementOf(target.app, judgement, {
    tlsPolicies,
    ...(given === undefined ? {} : { asOf: instantText(given) }),
  });
}

/** What `security.txt` is to be, and what is wrong with that. */
function securityTxtOf(files: Files, { values }: SecurityTxtOptions, now: Date) {
  const where = `${files.name}/${SECURITY_TXT_FILE}`;
  if (files.securityTxt === undefined) {
    const text = writeSecurityTxt({ Expires: [defaultExpiry(now)], ...values });
    const remedy = 'write --contact mailto:security@example.com with an address of yours';
    const problems =
      values.Contact === undefined ? [`--contact: must be given, since there is no ${where}, ${remedy}`] : [];
    return { text, problems };
  }
  const text = editSecurityTxt(files.securityTxt, values, where);
  return {
    text,
    problems: parseSecurityTxt(text).problems.map((problem) => `${where}: ${problemText(problem)}`),
  };
}

function check(files: Files, statement: Statement, text: string, now: Date, args: Arguments, io: Io): number {
  const why = whyStatementIsStale(files.statement, statement);
  const stale = [
    ...(why === undefined ? [] : [`${STATEMENT_FILE} ${why}`]),
    ...whySecurityTxtIsStale(files.securityTxt, text, now).map((each) => `${SECURITY_TXT_FILE} ${each}`),
  ];
  for (const each of stale) io.out(`stale: ${visible(`${files.name}/${each}`, 1000)}\n`);
  if (stale.length === 0) {
    io.out(`current: ${visible(files.name)} (${short(statement.generatedFrom)})\n`);
    return 0;
  }
  const [target = ''] = args.operands;
  const command = `secure-transmission statement ${relativeTo(io.cwd, target)} --output ${files.name}`;
  io.out(`run ${visible(command)}, review what changed, and check it in\n`);
  return 1;
}

function write(files: Files, statement: Statement, text: string, now: Date, io: Io): number {
  makeFolder(files);
  const endpoints = statement.endpoints.reduce((sum, { count }) => sum + count, 0);
  const wrote = (file: string, before: string | undefined, after: string, about: string) => {
    if (before !== after) writeFile(files, file, after);
    io.out(`${visible(`${files.name}/${file}`)}: ${before === after ? 'unchanged' : 'written'}, ${about}\n`);
  };
  const many = endpoints === 1 ? '1 endpoint' : `${endpoints} endpoints`;
  wrote(
    STATEMENT_FILE,
    files.statement,
    renderStatement(statement),
    `${many} from the internet, ${short(statement.generatedFrom)}`,
  );
  const { expires } = parseSecurityTxt(text);
  const until = expires === undefined ? '' : instantText(expires);
  wrote(SECURITY_TXT_FILE, files.securityTxt, text, `expires ${until}`);
  if (expires !== undefined && expires.getTime() - now.getTime() < NOTICE) {
    const what = expires <= now ? 'expired' : 'expires soon';
    io.err(
      `note: ${visible(`${files.name}/${SECURITY_TXT_FILE}`)} ${what}, read it again and give --expires\n`,
    );
  }
  return 0;
}

function readFiles(given: string, io: Io): Files {
  const path = resolve(io.cwd, given);
  const name = relativeTo(io.cwd, given).replace(/\/+$/, '') || '.';
  return {
    path,
    name,
    statement: read(path, name, STATEMENT_FILE),
    securityTxt: read(path, name, SECURITY_TXT_FILE),
  };
}

function read(path: string, name: string, file: string): string | undefined {
  if (!existsSync(join(path, file))) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(readFileSync(join(path, file)));
  } catch (error) {
    const message = `cannot be read as UTF-8 (${codeOf(error)}), save it as UTF-8`;
    throw new TransmissionError('InvalidDocument', message, `${name}/${file}`, error);
  }
}

function makeFolder({ path, name }: Files): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw notWritable(name, error);
  }
}

function writeFile({ path, name }: Files, file: string, text: string): void {
  try {
    writeFileSync(join(path, file), text);
  } catch (error) {
    throw notWritable(`${name}/${file}`, error);
  }
}

function notWritable(name: string, error: unknown): TransmissionError {
  const message = `cannot be written (${codeOf(error)}), give a folder that you may write to`;
  return new TransmissionError('InvalidArgument', message, `--output ${name}`, error);
}
