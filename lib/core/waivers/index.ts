export { daysLeft, isDay, latestDay, NOTICE_DAYS, STRICT_DAYS } from './expiry';
export { REQUIRED_FIELDS, SCOPE_FIELDS, WAIVER_FIELDS, type WaiverField } from './fields';
export { isSamePerson, type ParsedWaiver, parseWaiver } from './parse-waiver';
export { missingTerms } from './terms';
export { isPattern, parseWaivedRule, waivedRuleName } from './waived-rule';
export type { WaivedRule, Waiver, WaiverProblem, WaiverScope, WaiverText } from './waiver';
