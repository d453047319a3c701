export { propertyRow } from './property-row';
export {
  isPropertyRule,
  type PropertyRule,
  type PropertyRuleRow,
  type PropertyTest,
  propertyFacts,
  propertyRule,
} from './property-rule';
export { isPointedAt, type Pointing, pointingAt } from './relation';
export { eachAllowed, elementsOf, POLICY_HOLDERS, patternOf, type StatementFault } from './statements';
export {
  allOf,
  anyOf,
  decided,
  each,
  type IfAbsent,
  isAbsent,
  isAtLeast,
  isAtMost,
  isFalse,
  isGiven,
  isNoneOf,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  unknown,
  violation,
} from './tests';
