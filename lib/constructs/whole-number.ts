import { Token } from 'aws-cdk-lib';
import { invalidProperty, type Place } from './invalid-property';

/** Whether a number is whole, and lies within limits that may both be reached. */
export function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Refuses a number that is not whole or lies outside of its limits; one that is not known yet is taken. */
export function checkWholeNumber(
  place: Place,
  property: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Token.isUnresolved(value) || isWholeNumber(value, least, most)) return;
  throw invalidProperty(place, `'${property}' must be a whole number from ${least} to ${most}, got ${value}`);
}
