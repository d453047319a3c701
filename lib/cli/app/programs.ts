import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * Where commands find programs: where they do anyway, then in the packages of the app. `npx cdk synth` finds those too, and
 * nobody should have to call this one through `npx`.
 */
export function programPath(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  // Windows knows one name for it, however it is written.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [env[name] ?? '', ...binariesAbove(folder)].filter((each) => each !== '');
  return folders.length === 0 ? {} : { [name]: folders.join(delimiter) };
}

function binariesAbove(folder: string): readonly string[] {
  const here = join(folder, 'node_modules/.bin');
  const above = dirname(folder);
  return [...(existsSync(here) ? [here] : []), ...(above === folder ? [] : binariesAbove(above))];
}
