import type { PackRule } from '../packs/pack';
import { defineRule, hopRule } from './define';
import { isUnweakened } from './denials';
import { isEncrypted } from './predicates';
import type { Rule } from './rule';

/** Rules on event buses and API destinations, with their levels. */
export const EVENTBRIDGE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'EventBusPolicyIsUnweakened',
      title: 'where the policy of an event bus denies plaintext, it denies all of it',
      risk: 'The endpoints of EventBridge speak TLS only, so that no Deny is needed; one that has a hole is shown to auditors as a control and is none.',
      fix: 'Let the Deny in Statement hold for Principal "*", events:PutEvents and the bus, with Condition Bool aws:SecureTransport false and nothing else, or remove it. CDK: addToResourcePolicy on the EventBus with no further conditions.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-863'] },
      resourceTypes: ['AWS::Events::EventBus', 'AWS::Events::EventBusPolicy'],
      reads: 'plaintext-denial',
      hops: ['events.bus'],
      judge: isUnweakened('a Deny of events:PutEvents on the bus for aws:SecureTransport false alone'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiDestinationIsEncrypted',
      title: 'EventBridge reaches an API destination, and the endpoint that gives it tokens, encrypted',
      risk: 'Events, and the key or password of the connection with them, travel in clear to a party outside AWS.',
      fix: 'Begin InvocationEndpoint with https://, and AuthParameters.OAuthParameters.AuthorizationEndpoint of the AWS::Events::Connection too. CDK: endpoint of ApiDestination, authorizationEndpoint of Authorization.oauth().',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)', '28(1)'], cwe: ['CWE-319', 'CWE-523'] },
      resourceTypes: ['AWS::Events::ApiDestination', 'AWS::Events::Connection'],
      hops: ['events.api-destination'],
      judge: isEncrypted('an https:// URL'),
    }),
  },
];

/** Rules on event buses and API destinations. */
export const EVENTBRIDGE_RULES: readonly Rule[] = EVENTBRIDGE_PACK_ROWS.map(({ rule }) => rule);
