import type { KeyRing } from '../key-ring';
import type { Principal } from '../principals';
import type { RequestFields } from '../request-fields';

/** One request, of somebody who is known. */
export interface Call {
  readonly ring: KeyRing;
  readonly principal: Principal;
  readonly fields: RequestFields;
}

/** Answers a request, with bytes as base64 in the fields of the answer. */
export type Operation = (call: Call) => object;
