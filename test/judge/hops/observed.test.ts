import { hidden, none, observe, stated } from '../../../lib/judge/hops/observed';
import { World } from '../../../lib/judge/template';
import { appOf } from '../support';

const app = appOf({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', Delays: { First: 5 } } },
});
const [queue] = app.resourcesOfType('AWS::SQS::Queue');
const view = () => {
  if (queue === undefined) throw new RangeError('the queue is gone');
  return new World(app).view(queue);
};
const shown = ({ path, got }: { readonly path: string; readonly got: string }) => [path, got];

describe('an aspect that no property decides', () => {
  test('stands at the properties as a whole, and shows none of them', () => {
    expect(shown(stated(view(), 'tls'))).toEqual(['Properties', 'absent']);
    expect(shown(none(view()))).toEqual(['Properties', 'absent']);
    expect(shown(hidden(view(), 'nobody says so', { given: false }))).toEqual(['Properties', 'unresolved']);
  });
});

describe('an aspect of a property', () => {
  test('has its path and its value', () => {
    const place = view().at('Delays', 'First');
    expect(shown(observe<number>(place, place.number(), { otherwise: 0 }))).toEqual([
      'Properties.Delays.First',
      '5',
    ]);
    expect(shown(stated(place, 'slow', { given: true }))).toEqual(['Properties.Delays.First', '5']);
  });

  test('that is absent is so', () => {
    const place = view().at('Delays', 'Second');
    expect(shown(observe<number>(place, place.number(), { otherwise: 0 }))).toEqual([
      'Properties.Delays.Second',
      'absent',
    ]);
  });

  test('stays what it is in a copy', () => {
    const place = view().at('QueueName');
    expect(shown({ ...stated(place, 'name', { given: true }) })).toEqual(['Properties.QueueName', 'orders']);
  });
});
