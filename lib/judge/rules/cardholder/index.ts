import type { PackRule } from '../../packs/pack';
import { AUDIT_STORE_ROWS } from './audit-store';
import { CARD_NUMBER_ROWS } from './card-numbers';
import { CERTIFICATE_ROWS } from './certificates';
import { CONTROL_FAILURE_ROWS } from './control-failures';
import { ENVIRONMENT_ACCESS_ROWS } from './environment-access';
import { ENVIRONMENT_ROWS } from './environments';
import { KEY_ROWS } from './keys';
import { LOG_CONTENT_ROWS } from './logs';
import { PAYMENT_PAGE_ROWS } from './payment-page';
import { SCOPE_ROWS } from './scope-rows';
import { SECRET_ROWS } from './secrets';
import { SENSITIVE_AUTHENTICATION_DATA_ROWS } from './sensitive-authentication-data';
import { USER_ROWS } from './users';
import { WEB_ACL_ROWS } from './web-acl';

/** Rules on account data and its environment that no other tool has, with their levels. */
export const CARDHOLDER_ROWS: readonly PackRule[] = [
  ...SENSITIVE_AUTHENTICATION_DATA_ROWS,
  ...CARD_NUMBER_ROWS,
  ...KEY_ROWS,
  ...SCOPE_ROWS,
  ...ENVIRONMENT_ACCESS_ROWS,
  ...ENVIRONMENT_ROWS,
  ...LOG_CONTENT_ROWS,
  ...AUDIT_STORE_ROWS,
  ...CONTROL_FAILURE_ROWS,
  ...SECRET_ROWS,
  ...USER_ROWS,
  ...WEB_ACL_ROWS,
  ...PAYMENT_PAGE_ROWS,
  ...CERTIFICATE_ROWS,
];
