import { main } from '../lib/cli/main';
import { processIo } from '../lib/cli/process-io';

// Not process.exit: what was printed to a pipe may not have left yet.
const code = main(process.argv.slice(2), processIo());
if (typeof code === 'number') process.exitCode = code;
else {
  // What ends without an answer must not look like success.
  process.exitCode = 3;
  void code.then((given) => {
    process.exitCode = given;
    // Behind all that was printed: what still waits for an answer, such as a resolver, is not waited for.
    process.stdout.write('', () => process.stderr.write('', () => process.exit()));
  });
}
