import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack, Stage } from 'aws-cdk-lib';

/** A host as it is deployed with the code of a probe. */
export interface DeployedHost {
  readonly host: string;
  readonly promised: unknown;
}

/** The hosts that the probes of an app were deployed with, in the order of their numbers. */
export function promiseOf(stack: Stack | undefined): readonly DeployedHost[] {
  const stage = stack && Stage.of(stack);
  if (stage === undefined) throw new TypeError('the configuration has no such stack');
  const { directory } = (stage as Stage).synth();
  return readdirSync(directory)
    .map((name) => join(directory, name, 'hosts.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as DeployedHost[])
    .sort((one, other) => other.length - one.length)
    .flatMap((hosts) => hosts.map(({ host, promised }) => ({ host, promised })));
}
