export {
  BASELINE_CONTEXT_KEY,
  BASELINE_DOCUMENT_FILE,
  BASELINE_DOCUMENT_VERSION,
  type BaselineDocument,
  type BaselineStackTemplate,
} from './baseline-document';
export { baselinesOf } from './baseline-mark';
export { HANDED_OVER, type HandedOverName, type HandedOverValue, isHandedOverName } from './handed-over';
export { parseBaselineDocument, readBaselineDocument } from './parse-baseline-document';
