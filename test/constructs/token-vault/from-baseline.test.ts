import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Baseline, resolveConfiguration, TokenVault } from '../../../lib';
import shipped from '../../../secure-transmission.baseline.json';
import { TENANTS } from './support';

const folder = mkdtempSync(path.join(tmpdir(), 'vault-on-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('on the baseline, a vault runs in its network and tells its topic', () => {
  const baseline = new App({ outdir: path.join(folder, 'baseline') });
  Baseline.build(baseline, resolveConfiguration(shipped, 'baseline.json'));
  const file = path.join(baseline.synth().directory, 'baseline.json');
  expect(JSON.parse(readFileSync(file, 'utf8')).region).toBe('eu-west-1');

  const app = new App({
    context: { 'secure-transmission:baseline': file },
    outdir: path.join(folder, 'shop'),
  });
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  TokenVault.fromBaseline(stack, 'Vault', { tenants: TENANTS, owner: 'payments@shop.example' });
  const template = Template.fromStack(stack);
  const read = Object.values(template.findParameters('*')).map(({ Default }) =>
    String(Default).replace(/^.*Transmission\//, ''),
  );
  for (const name of ['network/vpc-id', 'network/private-subnet-ids', 'alarms/topic-arn'])
    expect(read).toContain(name);
  template.resourceCountIs('AWS::SNS::Topic', 0);
  for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
    expect(JSON.stringify(Properties.AlarmActions)).toContain('alarmstopicarn');
  }
});
