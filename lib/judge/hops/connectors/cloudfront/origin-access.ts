import { type Cursor, Unresolved } from '../../../template';
import { hidden, type Observed, stated } from '../../observed';

export const ORIGIN_ACCESS_CONTROL = 'AWS::CloudFront::OriginAccessControl';

/**
 * How an origin tells CloudFront from everyone else: origin access control, the older identity, or not at all.
 *
 * The place is always `OriginAccessControlId`, since that is what a reader sets.
 */
export function originAccessOf(origin: Cursor): Observed<'control' | 'identity' | 'none'> {
  const id = origin.at('OriginAccessControlId');
  const control = id.value();
  if (control !== undefined && control !== '') return controlBehind(id);
  const nested = origin.at('S3OriginConfig', 'OriginAccessIdentity');
  const identity = (nested.isPresent ? nested : origin.at('OriginAccessIdentity')).value();
  if (identity instanceof Unresolved) return hidden(id, identity.why);
  return stated(id, identity === undefined || identity === '' ? 'none' : 'identity');
}

function controlBehind(id: Cursor): Observed<'control' | 'identity' | 'none'> {
  const resource = id.reference();
  if (resource?.type === ORIGIN_ACCESS_CONTROL) {
    const signing = id.world.view(resource).at('OriginAccessControlConfig', 'SigningBehavior');
    const reading = signing.string();
    if (reading.state === 'unresolved') return hidden(signing, reading.why);
    // `never` turns the control off wherever it is used.
    const off = reading.state === 'given' && reading.value === 'never';
    return off ? stated(signing, 'none', { given: true }) : stated(id, 'control', { given: true });
  }
  const text = id.string();
  return text.state === 'unresolved' ? hidden(id, text.why) : stated(id, 'control', { given: true });
}
