import { isAboutPersons } from '../../../core/classification';
import { keepsData } from '../../classification';
import type { PackRule } from '../../packs/pack';
import type { Resource } from '../../template';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { holdingRow } from './row';
import { faultOfPlace } from './transfer';

/** Rules on where stores of personal data are. */
export function residencyRows(parameters: GdprParameters): readonly PackRule[] {
  return [
    holdingRow('warning', {
      id: 'PersonalDataStackNamesItsRegion',
      title: 'a stack that keeps personal data is bound to a region',
      risk: 'Whoever deploys it decides in which country the data lies, by the settings of a terminal: nobody can show that it never left the European Economic Area.',
      fix: 'Deploy the template to a region that is written down. CDK: env: { region } of the Stack, a literal; a stack without it goes wherever the credentials point.',
      references: { gdpr: ['44', '30(1)(e)'] },
      judge: ({ description: { value }, resource }) => {
        if (value === undefined || !isAboutPersons(value)) return NOT_APPLICABLE;
        if (resource.template.region !== undefined) return COMPLIANT;
        const why = `the stack is bound to no region, and ${resource.logicalId} keeps personal data`;
        return { verdict: 'unknown', resource: firstStore(resource), path: 'Properties', why };
      },
    }),
    holdingRow('warning', {
      id: 'PersonalDataRegionIsAllowed',
      title: 'personal data is kept where Chapter V of the GDPR allows it',
      risk: 'Data of persons lies where authorities and companies can get at it under other laws, without anything that protects it there: the transfer is unlawful, and an authority can end it over night.',
      fix: 'Deploy to a region within the European Economic Area, or say in the tag data:transfer-basis what allows the transfer. CDK: env: { region } of the Stack; transferBases of DataClassification.',
      references: { gdpr: ['44', '45(1)', '46(1)', '30(1)(e)'] },
      judge: ({ description: { value }, resource, region }, { now }) => {
        if (value === undefined || !isAboutPersons(value) || region === undefined) return NOT_APPLICABLE;
        const fault = faultOfPlace(region, value, parameters, now);
        if (fault === undefined) return COMPLIANT;
        const path = 'Properties';
        if ('why' in fault) return { verdict: 'unknown', resource, path, why: fault.why };
        return { verdict: 'violation', resource, path, got: `in ${region}`, ...fault };
      },
    }),
  ];
}

/** It is one fault of the stack, and so told once: at its first store. */
function firstStore(resource: Resource): Resource {
  return [...resource.template.resources.values()].find(({ type }) => keepsData(type)) ?? resource;
}

/** Rules on where stores of personal data are, with their levels. */
export const RESIDENCY_ROWS = residencyRows(DEFAULT_GDPR_PARAMETERS);
