// benchmark
import { type Figure, print } from './figures';
import { CERTIFICATE_PROGRAMS, certificateFigures } from './live/certificates';

/**
 * What looks at what runs, each part beside a rival on the same work, with its function for Lambda.
 *
 * A part needs a server, or is measured as a process of its own: this file calls itself for that, by the name of a program.
 */
const PARTS: readonly (() => Promise<readonly Figure[]>)[] = [certificateFigures];
const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = { ...CERTIFICATE_PROGRAMS };

const program = PROGRAMS[process.argv[2] ?? ''];

async function main(): Promise<void> {
  if (program !== undefined) return program();
  const figures: Figure[] = [];
  for (const part of PARTS) figures.push(...(await part()));
  print(figures, process.argv.includes('--json'));
}

void main();
