export { editSecurityTxt, type SecurityTxtValues, writeSecurityTxt } from './edit';
export { FIELD_RULES, type FieldRule, fieldRule } from './fields';
export {
  parseSecurityTxt,
  problemText,
  type SecurityTxt,
  type SecurityTxtField,
  type SecurityTxtProblem,
} from './parse';
