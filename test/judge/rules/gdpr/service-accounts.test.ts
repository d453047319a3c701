import { RegionInfo } from 'aws-cdk-lib/region-info';
import { SERVICE_ACCOUNTS } from '../../../../lib/judge/rules/gdpr/service-accounts';

test('the accounts of Elastic Load Balancing are those that aws-cdk-lib knows', () => {
  const known = RegionInfo.regions.flatMap(({ elbv2Account }) => elbv2Account ?? []);
  expect([...SERVICE_ACCOUNTS].sort()).toEqual([...new Set(known)].sort());
});
