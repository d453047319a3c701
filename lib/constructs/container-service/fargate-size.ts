import { Token } from 'aws-cdk-lib';

/** How much memory tasks may have with so many CPU units, in MiB: from, to, in steps of. */
type Memory = readonly [least: number, most: number, step: number];

/**
 * The sizes of tasks on Linux that AWS Fargate has. With 256 CPU units, 1536 MiB are not among them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const SIZES: ReadonlyMap<number, Memory> = new Map([
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16_384, 1024]],
  [4096, [8192, 30_720, 1024]],
  [8192, [16_384, 61_440, 4096]],
  [16_384, [32_768, 122_880, 8192]],
]);
const SMALLEST = 256;
const SMALLEST_MEMORY = [512, 1024, 2048];

/** What is wrong with the size of a task; nothing where it is not known. */
export function problemOfSize(cpu: number, memory: number): string | undefined {
  if (Token.isUnresolved(cpu) || Token.isUnresolved(memory)) return undefined;
  if (cpu === SMALLEST) {
    return SMALLEST_MEMORY.includes(memory)
      ? undefined
      : problemOfMemory(SMALLEST_MEMORY.join(', '), cpu, memory);
  }
  const size = SIZES.get(cpu);
  if (size === undefined) {
    const sizes = [SMALLEST, ...SIZES.keys()].join(', ');
    return `'cpu' must be one of ${sizes}, which AWS Fargate has, got ${cpu}, leave it out for 512`;
  }
  const [least, most, step] = size;
  if (memory >= least && memory <= most && (memory - least) % step === 0) return undefined;
  return problemOfMemory(`from ${least} to ${most} in steps of ${step}`, cpu, memory);
}

function problemOfMemory(must: string, cpu: number, memory: number): string {
  return `'memoryLimitMiB' must be ${must} with ${cpu} CPU units, got ${memory}, which AWS Fargate does not have, choose one of those`;
}
