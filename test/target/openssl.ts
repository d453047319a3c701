import { spawnSync } from 'node:child_process';

/** The version of the openssl program of this machine; `undefined` where it has none. */
export const OPENSSL = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout?.trim() || undefined;

/** A test that needs the openssl program: its title says so where it is skipped. */
export function testWithOpenssl(title: string, body: jest.ProvidesCallback): void {
  if (OPENSSL === undefined) test.skip(`${title} (skipped: this machine has no openssl program)`, body);
  else test(title, body);
}

/** Runs openssl, and hands back what it printed. */
export function openssl(arguments_: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync('openssl', arguments_, {
    input,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, output: `${stdout}${stderr}` };
}
