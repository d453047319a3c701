export { type ConfigRuleStanding, configRuleStandings, type StandingOfConfigRule } from './config-rules';
export { type ControlFigures, controlFigures, type RequirementFigures } from './figures';
export { coverageOf, type RequirementCoverage } from './requirements';
