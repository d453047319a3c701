import { defaultTlsPolicyOf } from '../../../../core/tls';
import type { Cursor, Reading } from '../../../template';
import type { Party } from '../../fact';
import { hidden, type Observed, observe } from '../../observed';

/** What kind of endpoint an API or domain has; EDGE where nothing says. */
export function endpointTypesOf(at: Cursor): Reading<readonly string[]> {
  const list = at.at('EndpointConfiguration', 'Types').list();
  if (list.state !== 'given') return list;
  const types: string[] = [];
  for (const item of list.value) {
    const type = item.string();
    if (type.state === 'unresolved') return type;
    if (type.state === 'given') types.push(type.value.toUpperCase());
  }
  return types.length === 0 ? { state: 'absent' } : { state: 'given', value: types };
}

/** Who can reach it. */
export function clientsOf(types: Reading<readonly string[]>): Party {
  const isPrivate = types.state === 'given' && types.value.every((type) => type === 'PRIVATE');
  return isPrivate ? { what: 'vpc', name: 'clients in the VPC' } : { what: 'internet', name: 'the internet' };
}

/** The TLS policy, given or the default for the type of endpoint. */
export function tlsPolicyOf(policy: Cursor, types: Reading<readonly string[]>): Observed<string> {
  const reading = policy.string();
  if (reading.state === 'absent' && types.state === 'unresolved') {
    return hidden(policy, `it is absent, and its default depends on the type of endpoint: ${types.why}`);
  }
  const isPrivate = types.state === 'given' && types.value.every((type) => type === 'PRIVATE');
  const standard = defaultTlsPolicyOf('apigateway', isPrivate ? 'private-api' : undefined);
  return observe(policy, reading, { otherwise: standard?.name });
}
