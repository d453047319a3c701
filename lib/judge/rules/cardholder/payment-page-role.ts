import { PAYMENT_PAGE_ROLES, PAYMENT_PAGE_TAG, type PaymentPageRole } from '../../../core/classification';
import { type Cursor, tagsOf } from '../../template';

/** What a resource says of itself: the role, what stands there, and why it is not known. */
interface SaidRole {
  readonly role: PaymentPageRole | undefined;
  readonly got: string | undefined;
  readonly why: string | undefined;
}

/** What a resource says it has to do with payment pages. */
export function roleOf(view: Cursor): SaidRole {
  const tags = tagsOf(view);
  if (tags.state === 'unresolved') return { role: undefined, got: undefined, why: tags.why };
  if (tags.state === 'absent' || !tags.value.has(PAYMENT_PAGE_TAG)) {
    return { role: undefined, got: undefined, why: undefined };
  }
  const got = tags.value.get(PAYMENT_PAGE_TAG);
  const why = got === undefined ? `the value of the tag ${PAYMENT_PAGE_TAG} is not known` : undefined;
  const role =
    got !== undefined && Object.hasOwn(PAYMENT_PAGE_ROLES, got) ? (got as PaymentPageRole) : undefined;
  return { role, got, why };
}
