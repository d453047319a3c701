import type { TlsVersion } from '../../../core/tls';
import type { Cursor } from '../../template';
import { hidden, type Observed, stated } from '../observed';

/** Protocols of a custom policy, oldest first; one that is not listed is off. */
const PROTOCOL_ATTRIBUTES: readonly (readonly [string, TlsVersion])[] = [
  ['Protocol-SSLv2', 'SSLv3'],
  ['Protocol-SSLv3', 'SSLv3'],
  ['Protocol-TLSv1', 'TLSv1.0'],
  ['Protocol-TLSv1.1', 'TLSv1.1'],
  ['Protocol-TLSv1.2', 'TLSv1.2'],
];

/** The oldest protocol that is on. */
export function customFloor(attributes: Cursor, values: ReadonlyMap<string, Cursor>): Observed<TlsVersion> {
  for (const [name, version] of PROTOCOL_ATTRIBUTES) {
    const place = values.get(name);
    const on = place?.boolean();
    if (place === undefined || on === undefined) continue;
    if (on.state === 'unresolved') return hidden(place, on.why);
    if (on.state === 'given' && on.value) return { ...stated(place, version, { given: true }), got: name };
  }
  return hidden(attributes, 'it names neither a predefined policy nor a protocol');
}

/** Attributes that name no cipher suite. */
const NO_CIPHER = /^(Protocol-|Server-Defined-Cipher-Order$)/;

/** Keys that end with the connection, by names of OpenSSL. Those of ADH do too, and anybody may have the other. */
const EPHEMERAL = /^(ECDHE|DHE|EDH)-/;

/** Whether all cipher suites that are on have forward secrecy; one that is not listed is off. */
export function customForwardSecrecy(
  attributes: Cursor,
  values: ReadonlyMap<string, Cursor>,
): Observed<boolean> {
  const suites = [...values].filter(([name]) => !NO_CIPHER.test(name));
  let last: Cursor | undefined;
  for (const [name, place] of suites) {
    const on = place.boolean();
    if (on.state === 'unresolved') return hidden(place, on.why);
    if (on.state !== 'given' || !on.value) continue;
    if (!EPHEMERAL.test(name)) return { ...stated(place, false, { given: true }), got: name };
    last = place;
  }
  return last === undefined
    ? hidden(attributes, 'it lists no cipher suite')
    : stated(last, true, { given: true });
}
