import { spawnSync } from 'node:child_process';

/** Whether a program is there, so that tests which need it can say that they were skipped. */
export function hasProgram(name: string, versionArgument = 'version'): boolean {
  return spawnSync(name, [versionArgument], { stdio: 'ignore', timeout: 20_000 }).error === undefined;
}
