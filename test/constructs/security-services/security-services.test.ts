import { AnalyzerScope, SecurityServices } from '../../../lib/constructs/security-services';
import { rendered, resourcesOf, stackIn } from '../support';

const STANDARD = 'AWS::SecurityHub::Standard';

test('nothing is switched on that was not asked for: there can be one of each in an account', () => {
  const stack = stackIn('eu-west-1');
  new SecurityServices(stack, 'Services', { pciDssStandard: true });
  expect(Object.keys(rendered(stack).toJSON().Resources)).toHaveLength(1);
});

test('the standard is that for PCI DSS v4.0.1 in the partition and region of the stack', () => {
  const stack = stackIn('eu-west-1');
  new SecurityServices(stack, 'Services', { securityHub: true, pciDssStandard: true });
  rendered(stack).hasResource(STANDARD, {
    Properties: {
      StandardsArn: 'arn:aws:securityhub:eu-west-1::standards/pci-dss/v/4.0.1',
    },
    DependsOn: Object.keys(resourcesOf(stack, 'AWS::SecurityHub::Hub')),
  });
  rendered(stack).hasResourceProperties('AWS::SecurityHub::Hub', { EnableDefaultStandards: false });
});

test('each service is switched on by its property', () => {
  const stack = stackIn('eu-west-1');
  new SecurityServices(stack, 'Services', {
    guardDuty: true,
    macie: true,
    accessAnalyzer: AnalyzerScope.ORGANIZATION,
    securityHub: true,
  });
  rendered(stack).hasResourceProperties('AWS::GuardDuty::Detector', {
    Enable: true,
    FindingPublishingFrequency: 'FIFTEEN_MINUTES',
  });
  rendered(stack).hasResourceProperties('AWS::Macie::Session', { Status: 'ENABLED' });
  rendered(stack).hasResourceProperties('AWS::AccessAnalyzer::Analyzer', { Type: 'ORGANIZATION' });
  rendered(stack).resourceCountIs(STANDARD, 0);
});

test.each([{}, { guardDuty: false, securityHub: false }])(
  '%j switches nothing on, and is refused',
  (props) => {
    expect(() => new SecurityServices(stackIn('eu-west-1'), 'Services', props)).toThrow(
      'Stack/Services: at least one service must be switched on, leave this construct out',
    );
  },
);
