import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');

/** What a program did. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** One app of this folder, as the pinned CDK command line deploys it and takes it down. */
export class Deployment {
  private readonly app: string;

  /**
   * @param name the name of the app's file
   * @param folder where the assembly is written
   */
  constructor(
    name: string,
    private readonly folder: string,
  ) {
    const bundle = path.join(ROOT, 'node_modules/.cache/cdk-secure-transmission', `integ-${name}.cjs`);
    const options = {
      absWorkingDir: ROOT,
      entryPoints: [path.join(__dirname, `${name}.ts`)],
      outfile: bundle,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    };
    const made = run(ROOT, '-e', `require('esbuild').buildSync(${JSON.stringify(options)})`);
    if (made.status !== 0) throw new Error(`${name}.ts cannot be bundled: ${made.output}`);
    // The command line takes quotes off that stand around the whole.
    this.app = `node ${JSON.stringify(bundle)}`;
  }

  /** Synthesises the app as `cdk deploy` does. */
  synth(): Run {
    return this.cdk('synth', '--quiet');
  }

  deploy(): Run {
    return this.cdk('deploy', '--all', '--require-approval', 'never', '--progress', 'events');
  }

  destroy(): Run {
    return this.cdk('destroy', '--all', '--force');
  }

  private cdk(...args: readonly string[]): Run {
    const output = path.join(this.folder, 'cdk.out');
    // In the folder of the project its cdk.json would speak too, which is about the baseline.
    return run(this.folder, CDK, ...args, '--app', this.app, '--output', output, '--no-notices');
  }
}

function run(cwd: string, ...args: readonly string[]): Run {
  const { CDK_OUTDIR: _, CDK_CONTEXT_JSON: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, NODE_ENV: '', JEST_WORKER_ID: '' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: `${stdout}${stderr}` };
}
