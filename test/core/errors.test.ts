import { TransmissionError } from '../../lib/core/errors';

test('an error begins with its place, and tells its problem without it, so that another place can be put before it', () => {
  const error = new TransmissionError('InvalidArgument', 'is 0, it must be more, give 1', '--time-limit');
  expect(error.message).toBe('--time-limit: is 0, it must be more, give 1');
  expect(error.problem).toBe('is 0, it must be more, give 1');
});

test('an error without a place is its problem', () => {
  const error = new TransmissionError('RuleFailed', 'a rule threw');
  expect([error.message, error.problem]).toEqual(['a rule threw', 'a rule threw']);
});
