import type { PackRule } from '../../packs/pack';
import { type Cursor, resourcesIn } from '../../template';
import { placesAt } from '../places';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { personalDataAt } from './personal-data';
import { personalDataRow } from './row';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** Rules on personal data at the edge, with their levels. */
export const EDGE_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'PersonalDataIsNotCachedAtEdge',
    title: 'a distribution keeps no personal data at the edge',
    risk: 'Copies lie in the countries that viewers come from, and in the larger caches behind them: no price class keeps them within Europe, and an erasure does not reach them.',
    fix: 'Use the managed cache policy CachingDisabled, or one with MaxTTL 0, for behaviours whose origin holds personal data (CachePolicyId). CDK: cachePolicy: CachePolicy.CACHING_DISABLED of the behaviour; the default is CACHING_OPTIMIZED.',
    references: { gdpr: ['44', '5(1)(e)', '25(2)'] },
    resourceTypes: [DISTRIBUTION],
    test: (properties) =>
      behavioursOf(properties).map((place) =>
        'why' in place ? unknown(place.at, place.why) : isNotCached(place),
      ),
  }),
  personalDataRow('warning', {
    id: 'PersonalDataIsNotProcessedAtEdge',
    title: 'no Lambda function at the edge gets personal data',
    risk: 'The function runs, and writes its log, in the region that is nearest to each viewer: on a journey to the other side of the world the data of a European is processed there.',
    fix: 'Leave LambdaFunctionAssociations out of behaviours whose origin holds personal data, and do it at the origin. CDK: no edgeLambdas in the behaviour.',
    references: { gdpr: ['44', '5(1)(f)'] },
    resourceTypes: [DISTRIBUTION],
    test: (properties) =>
      behavioursOf(properties).map((place) => {
        if ('why' in place) return NOT_APPLICABLE;
        const at = place.at('LambdaFunctionAssociations');
        const list = at.list();
        if (list.state === 'unresolved') return unknown(at, list.why);
        return list.state === 'given' && list.value.length > 0
          ? violation(at, `${list.value.length} at the edge`, 'left out')
          : COMPLIANT;
      }),
  }),
];

/** Behaviours that serve personal data: all of a distribution that says so, else those whose origin is a store of it. */
function behavioursOf(distribution: Cursor): ReturnType<typeof placesAt> {
  const config = distribution.at('DistributionConfig');
  const places = [...placesAt(config, 'DefaultCacheBehavior'), ...placesAt(config, 'CacheBehaviors.*')];
  if (personalDataAt(distribution) !== undefined) return places;
  const origins = config
    .at('Origins')
    .items()
    .filter((origin) => leadsToPersons(origin.at('DomainName')))
    .map((origin) => origin.at('Id').string());
  const ids = origins.flatMap((id) => (id.state === 'given' ? [id.value] : []));
  return places.filter((place) => {
    if ('why' in place) return ids.length > 0;
    const target = place.at('TargetOriginId').string();
    return target.state === 'given' && ids.includes(target.value);
  });
}

function leadsToPersons(domain: Cursor): boolean {
  const { world } = domain;
  return resourcesIn(domain.value()).some(
    (resource) => world.exists(resource) && personalDataAt(world.view(resource)) !== undefined,
  );
}

function isNotCached(behaviour: Cursor): Verdict {
  const at = behaviour.at('CachePolicyId');
  const want = 'CachingDisabled, or a policy with MaxTTL 0';
  // Settings of old stand in the behaviour itself.
  if (!at.isPresent) return lastsNoTime(behaviour.at('MaxTTL'), want);
  const policy = at.reference();
  if (policy?.type === 'AWS::CloudFront::CachePolicy') {
    return lastsNoTime(at.world.view(policy).at('CachePolicyConfig', 'MaxTTL'), want);
  }
  const id = at.string();
  if (id.state === 'unresolved') return unknown(at, id.why);
  return id.state === 'given' && id.value === CACHING_DISABLED
    ? COMPLIANT
    : violation(at, id.state === 'given' ? id.value : 'absent', want);
}

function lastsNoTime(at: Cursor, want: string): Verdict {
  const seconds = at.number();
  if (seconds.state === 'unresolved') return unknown(at, seconds.why);
  if (seconds.state === 'given' && seconds.value === 0) return COMPLIANT;
  return violation(at, seconds.state === 'given' ? `${seconds.value} seconds` : 'absent', want);
}
