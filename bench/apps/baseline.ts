/** The shipped baseline with the packs that its argument names: `none`, `transmission` or `all`. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { TransmissionChecks } from '../../lib/checks';
import { Baseline, readConfiguration } from '../../lib/stacks';

const packs = process.argv[2] ?? 'all';
const app = new App({ autoSynth: false });
Baseline.build(app, readConfiguration('secure-transmission.baseline.json'));
if (packs !== 'none') Validations.of(app).addPlugins(new TransmissionChecks(app));
if (packs === 'all') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
