export { BaselineKey } from './baseline-key';
export { BaselineReference } from './baseline-reference';
