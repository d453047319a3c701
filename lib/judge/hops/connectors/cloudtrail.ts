import type { Cursor } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { type Observed, observe } from '../observed';

/** CloudTrail trails. */
export const cloudTrail: Connector = {
  service: 'cloudtrail',
  types: ['AWS::CloudTrail::Trail'],
  makes: ['audit-trail'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    return [
      {
        fact: 'audit-trail',
        resource,
        logging: switchOf(view.at('IsLogging')),
        everyRegion: switchOf(view.at('IsMultiRegionTrail')),
        region: resource.template.region,
        when: world.when,
      },
    ];
  },
};

/** Both are off where they are absent; `IsLogging` has to be given. */
function switchOf(place: Cursor): Observed<boolean> {
  return observe(place, place.boolean(), { otherwise: false });
}
