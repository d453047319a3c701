import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { Baseline, readConfiguration } from '../../lib';
import { CONSTRUCT_SAMPLES } from '../_fixtures/construct-samples';
import { sampleApp } from '../_fixtures/construct-samples/synthesise';
import { type Drilled, drill, type Recordings, recordings } from '../_fixtures/drill';
import { ACCOUNT_RECORDINGS } from '../_fixtures/drill/recordings/account-alarms';
import { FINDING_RECORDINGS } from '../_fixtures/drill/recordings/findings';
import { KEY_AND_CERTIFICATE_RECORDINGS } from '../_fixtures/drill/recordings/keys-and-certificates';
import { MEASURES } from '../_fixtures/drill/recordings/measures';
import { VAULT_RECORDINGS } from '../_fixtures/drill/recordings/token-vaults';

const ALL = recordings(ACCOUNT_RECORDINGS, FINDING_RECORDINGS, KEY_AND_CERTIFICATE_RECORDINGS, MEASURES);

const folder = mkdtempSync(path.join(tmpdir(), 'drill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function templatesOf(app: App): Readonly<Record<string, Drilled>> {
  const stacks = app.synth().stacksRecursively;
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template as Drilled]));
}

test('every alarm and rule of the baseline, as it is shipped, is fired by what was recorded, and by no near-miss', () => {
  const app = new App({ context, analyticsReporting: false, outdir: path.join(folder, 'baseline') });
  Baseline.build(app, readConfiguration('secure-transmission.baseline.json'));
  const { silent, falseAlarms } = drill(templatesOf(app), ALL);
  expect({ silent, falseAlarms }).toEqual({ silent: [], falseAlarms: [] });
});

/** What samples ask for that nobody else has: names of their own, and higher thresholds. */
const OF_SAMPLES: Recordings = {
  events: [{ name: 'a payment', event: { source: 'shop.payments', 'detail-type': 'PaymentSettled' } }],
  entries: [{ name: 'many refused calls', entry: { errorCode: 'AccessDenied' }, times: 50 }],
  metrics: [{ name: 'a vault', namespace: 'Example', metricName: 'Refused', fires: [0, 10], quiet: [10, 9] }],
};

test('every alarm and rule that a construct makes is fired, and nothing was recorded for none', () => {
  const { app } = sampleApp(CONSTRUCT_SAMPLES, { outdir: path.join(folder, 'samples') });
  const { silent, unused } = drill(templatesOf(app), recordings(ALL, VAULT_RECORDINGS, OF_SAMPLES));
  expect({ silent, unused }).toEqual({ silent: [], unused: [] });
});
