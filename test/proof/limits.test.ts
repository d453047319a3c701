import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { isTransmissionError } from '../../lib';
import { REGION } from '../_fixtures/construct-samples/construct-sample';
import { TOO_MANY, UNSUPPORTED_PROFILES } from './limits/counts';
import { TOO_LONG } from './limits/lengths';
import { type Limit, NO_REGION } from './limits/limit';
import { NOT_LITERAL } from './limits/literals';
import { OTHER_REGIONS } from './limits/regions';

/** What a synthesis throws, at the latest when templates are written. */
function thrownBy({ region = REGION, build }: Limit): unknown {
  const app = new App({ context, analyticsReporting: false });
  const stack = new Stack(app, 'Stack', region === NO_REGION ? {} : { env: { region } });
  new CfnParameter(stack, 'Parameter');
  try {
    build(stack);
    app.synth();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

describe.each([
  ['longer than AWS takes it', TOO_LONG],
  ['more or less than AWS takes', TOO_MANY],
  ['a TLS profile that the service cannot keep', UNSUPPORTED_PROFILES],
  ['of another region', OTHER_REGIONS],
  ['not known when the template is made', NOT_LITERAL],
])('a synthesis says what is wrong with what is %s', (_, limits) => {
  test('there are such limits', () => expect(limits.length).toBeGreaterThan(0));

  test.each(limits.map((limit) => [limit.about, limit] as const))('%s', (_about, limit) => {
    const thrown = thrownBy(limit);
    expect(thrown).toMatchObject({ message: expect.stringContaining(limit.says) });
    expect(thrown).toMatchObject(limit.saidByCdk === undefined ? {} : { name: limit.saidByCdk });
    expect(isTransmissionError(thrown)).toBe(limit.saidByCdk === undefined);
  });
});
