import type { Cursor } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';

/** What KMS does where `RotationPeriodInDays` is absent. */
const DEFAULT_PERIOD = 365;

/** KMS keys. */
export const kms: Connector = {
  service: 'kms',
  types: ['AWS::KMS::Key'],
  makes: ['key-rotation'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (!canRotate(view)) return [];
    const region = resource.template.region;
    return [{ fact: 'key-rotation', resource, period: periodOf(view), region, when: world.when }];
  },
};

/** KMS rotates symmetric encryption keys whose material it made itself. */
function canRotate(view: Cursor): boolean {
  const spec = view.at('KeySpec').string();
  const origin = view.at('Origin').string();
  return (
    (spec.state !== 'given' || spec.value === 'SYMMETRIC_DEFAULT') &&
    (origin.state !== 'given' || origin.value === 'AWS_KMS')
  );
}

function periodOf(view: Cursor): Observed<number | 'never'> {
  const enabled = view.at('EnableKeyRotation');
  const on = enabled.boolean();
  if (on.state === 'unresolved') return hidden(enabled, on.why);
  if (on.state === 'absent' || !on.value) return stated(enabled, 'never', { given: enabled.isPresent });
  const period = view.at('RotationPeriodInDays');
  return observe<number | 'never', number>(period, period.number(), { otherwise: DEFAULT_PERIOD });
}
