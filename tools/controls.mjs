/** `npm run -s controls`: prints what the packs cover as one JSON object, counted from the rules themselves. */
import { start } from './commands.mjs';
import { loadTypeScript } from './run-typescript.mjs';

await start(async () => {
  const { controlFigures } = await loadTypeScript('lib/judge/controls/index.ts');
  if (typeof controlFigures !== 'function')
    throw new TypeError('lib/judge/controls exports no controlFigures');
  console.log(JSON.stringify(controlFigures(), undefined, 2));
  return 0;
});
