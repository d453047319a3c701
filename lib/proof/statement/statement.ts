import { STATEMENT_SCHEMA, STATEMENT_VERSION, type Statement } from '../../core/statement';
import { lookUpTlsPolicy, type TlsPolicy } from '../../core/tls';
import { VERSION } from '../../core/version';
import type { Judgement } from '../../judge/judgement';
import { digestOf, statedFacts } from '../../judge/statement';
import type { App } from '../../judge/template';

/** What a statement is told beside the app. */
export interface StatementOptions {
  /** TLS policies that the configuration adds to the catalogue. */
  readonly tlsPolicies?: readonly TlsPolicy[];
  /** When it is made, as RFC 3339 writes it. @default - it does not say, so that the same app gives the same bytes */
  readonly asOf?: string;
}

/** What is stated in public about an app that was judged. */
export function statementOf(
  app: App,
  judgement: Judgement,
  { tlsPolicies = [], asOf }: StatementOptions = {},
): Statement {
  const facts = statedFacts(app, judgement.facts, {
    lookUpTlsPolicy: (service, name) => lookUpTlsPolicy(service, name, tlsPolicies),
  });
  return {
    $schema: STATEMENT_SCHEMA,
    version: STATEMENT_VERSION,
    generator: { name: 'cdk-secure-transmission', version: VERSION, pack: judgement.pack },
    generatedFrom: digestOf(facts),
    ...(asOf === undefined ? {} : { asOf }),
    ...facts,
  };
}

/** The document as it is checked in: one fact a line, so that a review sees what changed. */
export function renderStatement(statement: Statement): string {
  return `${JSON.stringify(statement, undefined, 2)}\n`;
}
