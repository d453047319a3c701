import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, IF, saysOf } from './support';

describe('AccessKeyIsNotIssued', () => {
  const says = (properties: JsonMap) =>
    saysOf('AccessKeyIsNotIssued', { It: { Type: 'AWS::IAM::AccessKey', Properties: properties } });

  test('fails a key that works, and passes one that does not', () => {
    expect(says({ UserName: 'a' })).toEqual(['warning violation It.Properties: an access key']);
    expect(says({ UserName: 'a', Status: 'Active' })).toEqual([
      'warning violation It.Properties: an access key',
    ]);
    expect(says({ UserName: 'a', Status: 'Inactive' })).toEqual([]);
    expect(says({ UserName: 'a', Status: IF('Inactive', 'Active') })).toEqual([
      'warning violation It.Properties: an access key (Stack.Stage = (any other value))',
    ]);
  });

  test('cannot tell a hidden state', () => {
    expect(says({ UserName: 'a', Status: HIDDEN })).toEqual(['warning unknown It.Properties.Status']);
  });
});

describe('UserHasNoConsolePassword', () => {
  const says = (properties: JsonMap) =>
    saysOf('UserHasNoConsolePassword', { It: { Type: 'AWS::IAM::User', Properties: properties } });

  test('fails a password, and does not show it', () => {
    expect(says({ LoginProfile: { Password: 'hunter22' } })).toEqual([
      'warning violation It.Properties.LoginProfile: given',
    ]);
    expect(says({ LoginProfile: HIDDEN })).toHaveLength(1);
  });

  test('passes a user without one', () => {
    expect(says({})).toEqual([]);
    expect(says({ LoginProfile: { Ref: 'AWS::NoValue' } })).toEqual([]);
  });
});
