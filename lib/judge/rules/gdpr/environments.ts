import { DATA_STORE_TYPES } from '../../classification';
import type { PackRule } from '../../packs/pack';
import { type Cursor, tagsOf } from '../../template';
import { environmentNamed, environmentOf } from '../cardholder/environment-name';
import { placeOfHolding } from '../held';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { holdsAccountData, personalDataAt } from './personal-data';
import { personalDataRow } from './row';

const ENVIRONMENT_TAG = /^([a-z0-9-]+:)?(env|environment|stage)$/i;

/** Rules on environments, with their levels. */
export const ENVIRONMENT_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'TestEnvironmentHoldsNoPersonalData',
    title: 'an environment before production holds no data of persons but pseudonymised',
    risk: 'Test environments are open to more people, watched less, and written to by unfinished code: real data is used there for what nobody agreed to, and leaks from there.',
    fix: 'Fill test environments with made-up or pseudonymised data (data:classification pseudonymised-personal-data); the name of the stack, or the tag environment, says which is which. CDK: DataClassification of each store by Stage, and Tags.of(stage).add("environment", "test").',
    references: { gdpr: ['5(1)(b)', '25(1)', '32(1)(b)'] },
    resourceTypes: DATA_STORE_TYPES,
    test: (properties) => {
      const description = personalDataAt(properties);
      // Of account data, LiveCardNumbersStayInProduction asks.
      if (description === undefined || holdsAccountData(description)) return NOT_APPLICABLE;
      const kind = environmentTagged(properties) ?? environmentOf(properties.resource.template);
      if (kind !== 'pre-production') return kind === undefined ? NOT_APPLICABLE : COMPLIANT;
      const named = description.holds.filter(
        (held) => held !== 'pseudonymised-personal-data' && held !== 'payment-token',
      );
      if (named.length === 0) return COMPLIANT;
      const got = `${named.join(', ')} before production`;
      const want = 'made up or pseudonymised, or in production';
      return { verdict: 'violation', ...placeOfHolding(properties), got, want };
    },
  }),
];

/** What a tag says is nearer than the name of the stack. */
function environmentTagged(properties: Cursor): ReturnType<typeof environmentNamed> {
  const tags = tagsOf(properties);
  if (tags.state !== 'given') return undefined;
  const value = [...tags.value].find(([key]) => ENVIRONMENT_TAG.test(key))?.[1];
  return value === undefined ? undefined : environmentNamed(value);
}
