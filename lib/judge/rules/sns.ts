import type { PackRule } from '../packs/pack';
import { defineRule, hopRule } from './define';
import { deniesPlaintext } from './denials';
import { isEncrypted, violation, wanted } from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Rule } from './rule';

const TOPIC = 'AWS::SNS::Topic';
const TOPIC_POLICY = 'AWS::SNS::TopicPolicy';
const TOPIC_INLINE_POLICY = 'AWS::SNS::TopicInlinePolicy';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

/** Rules on SNS topics and subscriptions, with their levels. */
export const SNS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'TopicDeniesPlaintext',
      title: 'the policy of a topic denies publishing without TLS',
      risk: 'The endpoints of SNS answer plain HTTP too: a publisher that uses it shows its messages to whoever is on the path. A key of KMS encrypts what is stored, not what travels.',
      fix: 'Add a statement to the PolicyDocument of its AWS::SNS::TopicPolicy: Effect Deny, Principal "*", Action sns:Publish, Resource the ARN of the topic, and Condition Bool aws:SecureTransport false and nothing else. CDK: enforceSSL: true on the Topic; left out there is none.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [TOPIC, TOPIC_POLICY, TOPIC_INLINE_POLICY],
      reads: 'plaintext-denial',
      hops: ['sns.topic'],
      judge: deniesPlaintext('a Deny of sns:Publish on the topic for aws:SecureTransport false alone'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'SubscriptionIsEncrypted',
      title: 'messages reach their subscribers encrypted',
      risk: 'SNS posts each message to the subscriber in clear: whoever is on the path reads it, and can confirm or cancel subscriptions.',
      fix: 'Set Protocol to https and Endpoint to an https:// URL. CDK: UrlSubscription("https://..."), which takes the protocol from the URL.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: [SUBSCRIPTION, TOPIC],
      hops: ['sns.subscription'],
      judge: wanted(isEncrypted('https, or the protocol of a subscriber within AWS'), [
        /\.Endpoint$/,
        'an address that begins with https://',
      ]),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'SubscriptionAvoidsMailAndSms',
      title: 'messages are not sent by e-mail or text message',
      risk: 'E-mail is encrypted only where the receiving server offers it, and text messages not at all: PCI DSS forbids account data there, and nobody can take the message back.',
      fix: 'Send what the message is about to a queue, a function or an https endpoint, and leave e-mail and SMS for alarms that hold no personal data. CDK: SqsSubscription or LambdaSubscription instead of EmailSubscription and SmsSubscription.',
      references: { pciDss: ['4.2.2'], gdpr: ['32(1)(a)', '25(2)'], cwe: ['CWE-319'] },
      resourceTypes: [SUBSCRIPTION, TOPIC],
      loosenings: ['unencryptedDelivery'],
      hops: ['sns.subscription'],
      judge: (hop) => {
        // A protocol that is hidden, SubscriptionIsEncrypted tells.
        if (hop.label === undefined) return NOT_APPLICABLE;
        if (!TO_PEOPLE.has(hop.label)) return COMPLIANT;
        const want = 'the protocol of a subscriber that is reached by TLS';
        return violation({ ...hop.protocol, got: hop.label }, want);
      },
    }),
  },
];

const TO_PEOPLE = new Set(['email', 'email-json', 'sms']);

/** Rules on SNS topics and subscriptions. */
export const SNS_RULES: readonly Rule[] = SNS_PACK_ROWS.map(({ rule }) => rule);
