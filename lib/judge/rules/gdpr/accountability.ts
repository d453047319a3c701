import { type DataDescription, FIELDS, isAboutPersons, missingFrom } from '../../../core/classification';
import { parseDayOrInstant } from '../../../core/instant';
import type { PackRule } from '../../packs/pack';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { holdingRow } from './row';

const DAY = 86_400_000;

/** Services that learn about persons from what they are given: of those an assessment is asked whatever the data (GDPR 35(3)(a)). */
const LEARNING =
  /^AWS::(SageMaker|Bedrock|BedrockAgentCore|Rekognition|Personalize|FraudDetector|Comprehend)::/;

/** Rules on what has to be shown about personal data, with their levels. */
export function accountabilityRows(parameters: GdprParameters): readonly PackRule[] {
  return [
    holdingRow('warning', {
      id: 'ProcessingRecordIsComplete',
      title: 'a store of personal data says what the record of processing has to say about it',
      risk: 'Nobody can tell whose data it is, why it is there and when it has to go: an authority asks for the record, and a breach has to be told within three days.',
      fix: 'Add the tags that are missing: data:categories, data:subjects, data:purposes, data:lawful-basis, data:retention-days and data:owner, and data:special-category-condition for special categories. CDK: DataClassification.of(construct).holdsPersonalData({ … }), which asks for all of them.',
      references: {
        gdpr: ['30(1)(a)', '30(1)(b)', '30(1)(c)', '30(1)(d)', '30(1)(f)', '5(2)', '6(1)', '9(2)'],
      },
      judge: ({ description: { value, path }, resource }) => {
        if (value === undefined || !isAboutPersons(value)) return NOT_APPLICABLE;
        const missing = missingFrom(value).map((field) => FIELDS.get(field) ?? field);
        if (missing.length === 0) return COMPLIANT;
        const got = `no ${missing.join(', ')}`;
        return { verdict: 'violation', resource, path, got, want: 'a complete record' };
      },
    }),
    holdingRow('info', {
      id: 'AccessHandlerIsNamed',
      title: 'a store of personal data says what hands a person the data about them',
      risk: 'Somebody asks what is known about them, and somebody else looks through databases by hand for a month, and forgets one.',
      fix: 'Name the function or workflow that reads the data of one person in the tag data:access-handler. CDK: accessHandler of DataClassification, the path of a construct or a name.',
      references: { gdpr: ['15(1)', '20(1)', '12(3)'] },
      judge: ({ description: { value, path }, resource }) => {
        if (value === undefined || !isAboutPersons(value)) return NOT_APPLICABLE;
        if (value.accessHandler !== undefined) return COMPLIANT;
        return {
          verdict: 'violation',
          resource,
          path,
          got: 'no access handler',
          want: 'data:access-handler',
        };
      },
    }),
    holdingRow('warning', {
      id: 'ImpactAssessmentIsCurrent',
      title: 'risky processing of personal data names an assessment of its impact, looked at within a year',
      risk: 'Data that can ruin a life is processed, and nobody has weighed what it does to persons: the law forbids to begin before that is done.',
      fix: `Name the assessment in the tag data:impact-assessment and the day on which it was last looked at in data:impact-assessment-reviewed, at most ${parameters.assessmentDays} days ago. CDK: impactAssessment and impactAssessmentReviewed of DataClassification.`,
      references: { gdpr: ['35(1)', '35(11)'] },
      judge: ({ description: { value, path }, resource }, { now }) => {
        if (value === undefined || !isAboutPersons(value)) return NOT_APPLICABLE;
        const asked =
          value.holds.some((held) => held === 'special-category-data' || held === 'criminal-offence-data') ||
          LEARNING.test(resource.type);
        if (!asked) return NOT_APPLICABLE;
        const verdict = assessment(value, parameters.assessmentDays, now);
        if (verdict === undefined) return COMPLIANT;
        return 'why' in verdict
          ? { verdict: 'unknown', resource, path, why: verdict.why }
          : { verdict: 'violation', resource, path, ...verdict };
      },
    }),
  ];
}

/** What is wrong with the assessment of a description. */
function assessment(
  { impactAssessment, impactAssessmentReviewed: reviewed }: DataDescription,
  days: number,
  now: Date | undefined,
): Pick<Extract<Verdict, { verdict: 'violation' }>, 'got' | 'want'> | { readonly why: string } | undefined {
  if (impactAssessment === undefined) return { got: 'no assessment', want: 'data:impact-assessment' };
  const day = reviewed === undefined ? undefined : parseDayOrInstant(reviewed);
  const want = `data:impact-assessment-reviewed of the last ${days} days`;
  if (reviewed === undefined || day === undefined) return { got: 'no day of review', want };
  if (now === undefined) return { why: 'when it is judged is not known' };
  const age = (now.getTime() - day.getTime()) / DAY;
  if (age < -1) return { got: `reviewed on ${reviewed}, which is yet to come`, want };
  return age > days + 1 ? { got: `reviewed on ${reviewed}`, want } : undefined;
}

/** Rules on what has to be shown about personal data, with their levels. */
export const ACCOUNTABILITY_ROWS = accountabilityRows(DEFAULT_GDPR_PARAMETERS);
