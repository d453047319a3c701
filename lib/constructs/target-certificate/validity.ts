import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MOST_TARGET_CERTIFICATE_DAYS, TARGET_CERTIFICATE_DAYS } from '../../target/environment';
import { invalidProperty } from '../invalid-property';

/** The validity of a certificate in whole days. */
export function daysOfValidity(scope: IConstruct, validity = Duration.days(TARGET_CERTIFICATE_DAYS)): number {
  const days = validity.isUnresolved() ? Number.NaN : validity.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1 && days <= MOST_TARGET_CERTIFICATE_DAYS) return days;
  const got = Number.isNaN(days) ? 'an unresolved value' : `${days} days`;
  throw invalidProperty(
    scope,
    `'validity' must be whole days, from 1 to ${MOST_TARGET_CERTIFICATE_DAYS}, got ${got}, leave it out for ${TARGET_CERTIFICATE_DAYS}`,
  );
}
