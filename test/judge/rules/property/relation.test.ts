import { pointingAt } from '../../../../lib/judge/rules/property';
import { type Json, type JsonMap, World } from '../../../../lib/judge/template';
import { appOf, type TemplateParts } from '../../support';
import { HIDDEN } from '../pci/support';

const PARTS: TemplateParts = {
  Parameters: { Hidden: { Type: 'String' }, Stage: { Type: 'String' } },
  Conditions: {
    Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] },
    Test: { 'Fn::Not': [{ Condition: 'Production' }] },
  },
};

/** Which of the logs point at the network in production, which is the first world, and what is hidden. */
function pointing(logs: JsonMap): readonly string[] {
  const resources = { Net: { Type: 'AWS::EC2::VPC' }, ...logs };
  const app = appOf(resources, PARTS);
  const [net] = app.resourcesOfType('AWS::EC2::VPC');
  if (net === undefined) throw new RangeError('there is no network');
  const { found, hidden } = pointingAt(new World(app).view(net), 'AWS::EC2::FlowLog', 'ResourceId');
  const names = found.map(({ resource }) => resource.logicalId);
  return hidden === undefined ? names : [...names, `hidden ${hidden.resource.logicalId}.${hidden.path}`];
}

const log = (ResourceId: Json, more: JsonMap = {}): JsonMap => ({
  Log: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId }, ...more },
});

describe('what points at a resource', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['is found by reference', log({ Ref: 'Net' }), ['Log']],
    ['is found within an ARN', log({ 'Fn::Sub': 'arn:${AWS::Partition}:ec2:::vpc/${Net}' }), ['Log']],
    ['is not what points at another', log('vpc-1'), []],
    ['is not an ARN that the account completes', log({ 'Fn::Sub': '${AWS::AccountId}/vpc-1' }), []],
    ['may be what is hidden', log(HIDDEN), ['hidden Log.Properties.ResourceId']],
    [
      'may be what is hidden in part',
      log({ 'Fn::Sub': 'vpc/${Hidden}' }),
      ['hidden Log.Properties.ResourceId'],
    ],
    [
      'may be what a custom resource answers',
      { ...log({ 'Fn::GetAtt': ['Ask', 'Id'] }), Ask: { Type: 'Custom::Ask' } },
      ['hidden Log.Properties.ResourceId'],
    ],
    ['is not another resource', { ...log({ Ref: 'Subnet' }), Subnet: { Type: 'AWS::EC2::Subnet' } }, []],
    [
      'is not hidden where something else is found',
      { ...log({ Ref: 'Net' }), More: log(HIDDEN).Log },
      ['Log'],
    ],
    ['is there in the world that is looked at', log({ Ref: 'Net' }, { Condition: 'Production' }), ['Log']],
    ['is not what another world has', log({ Ref: 'Net' }, { Condition: 'Test' }), []],
    ['is not what it is in another world', log({ 'Fn::If': ['Test', { Ref: 'Net' }, 'vpc-1'] }), []],
  ])('%s', (_, logs, expected) => {
    expect(pointing(logs)).toEqual(expected);
  });
});
