import { isPattern, parseWaivedRule, waivedRuleName } from '../../../lib/core/waivers';

test.each<[string, string | undefined, string]>([
  ['ListenerIsEncrypted', undefined, 'ListenerIsEncrypted'],
  ['TransmissionChecks-ListenerIsEncrypted', 'TransmissionChecks', 'ListenerIsEncrypted'],
  ['TransmissionChecks::TransmissionChecks-ListenerIsEncrypted', 'TransmissionChecks', 'ListenerIsEncrypted'],
  ['NIST.800.53.R5-S3BucketSSLRequestsOnly', 'NIST.800.53.R5', 'S3BucketSSLRequestsOnly'],
  ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions', 'IAM5[Resource::*]'],
  ['AwsSolutions::AwsSolutions-IAM5[Action::s3:*]', 'AwsSolutions', 'IAM5[Action::s3:*]'],
  ['My Pack::My Pack-Rule', 'My Pack', 'Rule'],
])('%s names a rule', (text, pack, id) => {
  expect(parseWaivedRule(text)).toEqual({ pack, id });
});

test.each(['', 'A::B', 'A::B-Rule', 'A::A-', '::A-B', 'Two words', 'TransmissionChecks-*', '[x]'])(
  '%j names none',
  (text) => {
    expect(parseWaivedRule(text)).toBeUndefined();
  },
);

test('a rule is printed as findings name it', () => {
  expect(waivedRuleName({ pack: 'AwsSolutions', id: 'S1' })).toBe('AwsSolutions-S1');
  expect(waivedRuleName({ pack: undefined, id: 'ListenerIsEncrypted' })).toBe('ListenerIsEncrypted');
});

test('a star stands for many names, except in what a finding of cdk-nag is called', () => {
  expect(['TransmissionChecks-*', 'Shop/*', 'List?ner'].map(isPattern)).toEqual([true, true, true]);
  expect(['AwsSolutions-IAM5[Resource::*]', 'Shop/Listener'].map(isPattern)).toEqual([false, false]);
});
