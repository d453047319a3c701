import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { context } from '../../../cdk.json';
import type { Finding } from '../../../lib/judge/judgement';
import { loadAssembly } from '../../../lib/judge/load';
import { GDPR_PACK } from '../../../lib/judge/packs/gdpr';
import { PCI_DSS_401_PACK } from '../../../lib/judge/packs/pci-dss-401';
import { judgeTogether } from '../../../lib/judge/packs/together';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App as RenderedApp } from '../../../lib/judge/template';
import { Given } from './given';

/** What the three packs find in one stack. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** The rules that looked at something and found it right. */
  readonly compliant: ReadonlySet<string>;
}

const REGION = 'eu-west-1';
/** The flags of a new app; warnings of the CDK about its own constructs are not printed. */
const CONTEXT = {
  ...context,
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  // What `cdk synth` would look up.
  [`availability-zones:account=111122223333:region=${REGION}`]: ['a', 'b', 'c'].map(
    (zone) => `${REGION}${zone}`,
  ),
};
const NOW = new Date('2026-11-22T00:00:00Z');

/** Builds one stack under the flags of a new app, with another for what it needs, and judges the first. */
export function judgedStack(build: (stack: Stack, given: Given) => void): Judged {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-defaults-'));
  try {
    const app = new App({ outdir: folder, context: CONTEXT, analyticsReporting: false, treeMetadata: false });
    const stack = new Stack(app, 'It', { env: { account: '111122223333', region: REGION } });
    build(stack, new Given(app, REGION));
    app.synth();
    const inScope = ({ template }: Finding['resource']) => template.name.startsWith('It');
    const packs = [TRANSMISSION_PACK, PCI_DSS_401_PACK, GDPR_PACK];
    const judgements = judgeTogether(new RenderedApp(loadAssembly(folder)), packs, { inScope, now: NOW });
    return {
      findings: judgements.flatMap(({ findings }) => findings),
      compliant: new Set(
        judgements.flatMap(({ rules }) =>
          rules.filter(({ compliant }) => compliant > 0).map(({ rule }) => rule.id),
        ),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
