import { TABLE_DATA_ROWS } from '../../../../lib/judge/rules/pci/tables';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const AT = 'It.Properties.SSESpecification.SSEEnabled';

describe.each(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])('TableUsesKmsKey of %s', (type) => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a key of the account', { SSESpecification: { SSEEnabled: true } }, []],
    ['fails the default, a key of AWS', {}, [`info violation ${AT}: absent`]],
    [
      'fails what is switched off',
      { SSESpecification: { SSEEnabled: false } },
      [`info violation ${AT}: false`],
    ],
    ['cannot tell a parameter', { SSESpecification: { SSEEnabled: HIDDEN } }, [`info unknown ${AT}`]],
  ])('%s', (_, properties, expected) => {
    expect(says(TABLE_DATA_ROWS, 'TableUsesKmsKey', one(type, properties))).toEqual(expected);
  });
});
