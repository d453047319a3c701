export { whySecurityTxtIsStale, whyStatementIsStale } from './stale';
export { renderStatement, type StatementOptions, statementOf } from './statement';
