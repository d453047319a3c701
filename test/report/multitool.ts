import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What Microsoft's validator says about a file: `SARIF2012 note`, each kind once. */
export interface Verdict {
  readonly kinds: readonly string[];
  readonly messages: readonly string[];
}

/**
 * Has Microsoft's multitool look at a SARIF file. It exits 0 on errors, and says that it has succeeded where it could not
 * read the file at all: only what it writes counts.
 */
export function multitoolOn(text: string): Verdict {
  const folder = mkdtempSync(path.join(tmpdir(), 'multitool-'));
  try {
    const [file, output] = [path.join(folder, 'report.sarif'), path.join(folder, 'verdict.sarif')];
    writeFileSync(file, text);
    const args = ['validate', file, '--output', output, '--level', 'Error;Warning;Note'];
    const { error, stdout } = spawnSync(executable(), args, { encoding: 'utf8', timeout: 120_000 });
    if (error !== undefined) throw error;
    const { runs } = JSON.parse(readFileSync(output, 'utf8'));
    const results: Result[] = runs.flatMap((run: { results?: Result[] }) => run.results ?? []);
    const kinds = results.map(({ ruleId, level = 'warning' }) => `${ruleId} ${level}`);
    return { kinds: [...new Set(kinds)].sort(), messages: stdout.split('\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Result {
  readonly ruleId: string;
  readonly level?: string;
}

/** An installation without scripts may leave it without the right to run. */
function executable(): string {
  const file: string = require('@microsoft/sarif-multitool');
  const program = process.platform === 'win32' ? `${file}.exe` : file;
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
  return program;
}
