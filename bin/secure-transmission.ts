import { main } from '../lib/cli/main';
import { exitOncePrinted, processIo } from '../lib/cli/process-io';

// Not process.exit: what was printed to a pipe may not have left yet.
const code = main(process.argv.slice(2), processIo());
if (typeof code === 'number') process.exitCode = code;
else {
  // What ends without an answer must not look like success.
  process.exitCode = 3;
  void code.then((given) => {
    process.exitCode = given;
    exitOncePrinted();
  });
}
