import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { watchedAccount } from '../../examples/watched-account';
import { GdprChecks, PciDss401Checks } from '../../lib';
import { type Drilled, drill, recordings } from '../_fixtures/drill';
import { ACCOUNT_RECORDINGS } from '../_fixtures/drill/recordings/account-alarms';
import { FINDING_RECORDINGS } from '../_fixtures/drill/recordings/findings';
import { findingsOf } from '../constructs/judged';
import { FLAGS } from '../constructs/support';

const example = () =>
  watchedAccount(new App({ context: FLAGS }), (stack) =>
    dynamodb.Table.fromTableName(stack, 'Vault', 'vault'),
  );

test('the account of the documentation is watched: every alarm and rule is fired by what was recorded', () => {
  const template = Template.fromStack(example()).toJSON() as Drilled;
  const { silent, unused } = drill({ Audit: template }, recordings(ACCOUNT_RECORDINGS, FINDING_RECORDINGS));
  expect({ silent, unused }).toEqual({ silent: [], unused: [] });
});

test('no pack finds a call that nobody hears of, or objects that nobody records', () => {
  const stack = example();
  expect(findingsOf(stack)).toEqual([]);
  const rules = [new PciDss401Checks(), new GdprChecks()].flatMap((pack) =>
    pack.validateScope(stack).violations.map(({ ruleName }) => ruleName.replace(/^.*-/, '')),
  );
  for (const rule of [
    'TrailRecordsObjectAccess',
    'TrailEventsRaiseAlarms',
    'ControlFailureRaisesAlarm',
    'DetectorFindingsReachSomebody',
  ]) {
    expect(rules).not.toContain(rule);
  }
});
