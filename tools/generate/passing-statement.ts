import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App as CdkApp } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { PASSING_CODE } from '../../examples/passing';
import { judge } from '../../lib/judge/judge';
import { loadAssembly } from '../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { App } from '../../lib/judge/template';
import { renderStatement, statementOf } from '../../lib/proof/statement';
import { buildSample } from '../pages/samples';

/** The statement that the sample about it publishes: as `secure-transmission statement` writes it. */
export const page = 'examples/passing/trust/transmission.json';

/** States the app of the sample. What it says now is no part of that, so that one run makes it current. */
export function render(): string {
  const sample = PASSING_CODE.find(({ sample }) => sample === 'publicStatement');
  if (sample === undefined) throw new RangeError('there is no sample publicStatement');
  const outdir = mkdtempSync(path.join(tmpdir(), 'statement-'));
  try {
    const cdk = new CdkApp({ analyticsReporting: false, outdir, context });
    buildSample(cdk, sample, 'Stack');
    cdk.synth();
    const app = new App(loadAssembly(outdir));
    return renderStatement(statementOf(app, judge(app, TRANSMISSION_PACK)));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
