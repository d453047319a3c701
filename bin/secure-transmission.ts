import { main } from '../lib/cli/main';
import { processIo } from '../lib/cli/process-io';

// Not process.exit: what was printed to a pipe may not have left yet.
process.exitCode = main(process.argv.slice(2), processIo());
