import type { Regulation, Requirement } from './requirement';

const PROCESS = 'a decision or process of the controller, which no template shows';
const CODE = 'what code does at run time, which no template shows';

/** `[provision, title in our words, what a template cannot show]`. No text of the law is copied. */
const ROWS: readonly (readonly [string, string, string?])[] = [
  ['5(1)(a)', 'data is processed lawfully, fairly and transparently', PROCESS],
  ['5(1)(b)', 'data is used for the purposes that it was collected for', CODE],
  ['5(1)(c)', 'no more data is processed than needed', CODE],
  ['5(1)(e)', 'data is kept no longer than needed'],
  ['5(1)(f)', 'data is protected against loss, change and disclosure'],
  ['5(2)', 'the controller can show all of this'],
  [
    '6(1)',
    'processing has a lawful basis',
    'whether the basis holds, people decide; that one is named is judged',
  ],
  [
    '9(2)',
    'processing of special categories has an exception',
    'whether the exception holds, people decide; that one is named is judged',
  ],
  ['12(3)', 'requests of people are answered in time', PROCESS],
  ['15(1)', 'people can see the data about them', CODE],
  [
    '17(1)',
    'data can be erased on request',
    'that it can be erased is judged; that it was, is not in a template',
  ],
  ['17(3)(b)', 'law may demand that data is kept', PROCESS],
  ['19', 'recipients are told of erasure', CODE],
  ['20(1)', 'people can take their data with them', CODE],
  ['24(1)', 'measures fit the risk, and are reviewed', PROCESS],
  ['25(1)', 'protection is built in'],
  ['25(2)', 'protection is the default'],
  ['28(1)', 'processors give guarantees', PROCESS],
  [
    '28(3)',
    'processors are bound by contract',
    'that one is named is judged; the contract is not in a template',
  ],
  ['30(1)(a)', 'the record names the controller'],
  ['30(1)(b)', 'the record names the purposes'],
  ['30(1)(c)', 'the record names subjects and categories of data'],
  ['30(1)(d)', 'the record names the recipients'],
  ['30(1)(e)', 'the record names transfers to third countries'],
  ['30(1)(f)', 'the record names the time limits for erasure'],
  [
    '30(1)(g)',
    'the record describes the measures',
    'the rules judge the measures themselves; the record in words is written by people',
  ],
  ['30(2)', 'processors keep a record', PROCESS],
  ['32(1)(a)', 'data is encrypted and pseudonymised where that fits the risk'],
  ['32(1)(b)', 'systems stay confidential, whole, available and resilient'],
  ['32(1)(c)', 'data can be restored in time', 'that it was tried, is not in a template'],
  ['32(1)(d)', 'measures are tested regularly'],
  ['32(4)', 'those with access act on instruction only', PROCESS],
  [
    '33(1)',
    'breaches are noticed and notified within 72 hours',
    'that somebody is told is judged; the notification is a process',
  ],
  [
    '33(3)(a)',
    'the notification says what happened, to whose data and how much of it',
    'that it can be found out is judged; what happened, logs tell afterwards',
  ],
  [
    '35(1)',
    'the impact of risky processing is assessed',
    'that an assessment is named is judged; what it says is not in a template',
  ],
  ['35(11)', 'the assessment is reviewed when the risk changes', PROCESS],
  ['44', 'transfers keep the level of protection', CODE],
  ['45(1)', 'transfers go to countries with an adequate level of protection', CODE],
  [
    '46(1)',
    'other transfers have safeguards',
    'that one is named is judged; the safeguard is not in a template',
  ],
];

/** The provisions of the GDPR that infrastructure as code can enforce or give evidence of. */
export const GDPR: Regulation = {
  name: 'GDPR',
  reference: 'gdpr',
  reviewed: '2026-11-22',
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  requirements: ROWS.map(
    ([id, title, remainder]): Requirement => ({
      id,
      title,
      ...(remainder === undefined ? {} : { remainder }),
    }),
  ),
};
