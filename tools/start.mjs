/**
 * `npm start`: install if needed, build if needed, synthesise and judge the baseline.
 *
 * The app runs in a Node process of its own and without the CDK command line, which would start it a second
 * time and cost a second more. `--timings` prints what each step took; all other arguments go to the app.
 */
import { build } from './build.mjs';
import { quietEnvironment, run, seconds, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

/** Frames: CDK's own patterns nest deeper than the ten that V8 keeps, and a finding then has no line. */
const APP = ['--enable-source-maps', '--stack-trace-limit=60', 'dist/bin/start.js'];

await start(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--timings');
  const started = performance.now();
  await installIfNeeded();
  const installed = performance.now() - started;
  const built = await build();
  const app = await run(process.execPath, [...APP, ...args], { output: 'inherit', env: quietEnvironment() });
  if (process.argv.includes('--timings')) {
    const steps = {
      install: installed,
      build: built.milliseconds,
      app: app.milliseconds,
      all: performance.now() - started,
    };
    for (const [name, milliseconds] of Object.entries(steps)) {
      console.error(`${name.padEnd(8)}${seconds(milliseconds)}`);
    }
  }
  return app.code;
});
