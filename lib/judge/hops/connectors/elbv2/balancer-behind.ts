import { type Cursor, type Resource, resourcesIn } from '../../../template';
import type { Hop } from '../../fact';
import { LISTENER, LOAD_BALANCER, referred, TARGET_GROUP } from './types';

/**
 * The Application Load Balancer that ends what a Network Load Balancer passes through, where all of it goes to
 * listeners of one in this app: they are judged themselves.
 */
export function balancerBehind(listener: Cursor): Pick<Hop, 'endsAt'> {
  const { world } = listener;
  const groups = resourcesIn(listener.at('DefaultActions').value()).filter(
    ({ type }) => type === TARGET_GROUP,
  );
  const behind = groups.map((group) => balancerOf(world.view(group)));
  const [endsAt] = behind;
  return endsAt === undefined || behind.includes(undefined) ? {} : { endsAt };
}

function balancerOf(group: Cursor): Resource | undefined {
  const type = group.at('TargetType').string();
  const targets = group.at('Targets').items();
  const [target] = targets;
  // A group of this type has one target.
  if (type.state !== 'given' || type.value !== 'alb' || target === undefined) return undefined;
  const balancer = referred(target.at('Id'), LOAD_BALANCER);
  const own = target.at('Port');
  const port = (own.isPresent ? own : group.at('Port')).string();
  if (balancer === undefined || port.state !== 'given') return undefined;
  const isServed = group.world.app
    .referring(balancer, LISTENER, 'LoadBalancerArn')
    .filter((listener) => group.world.exists(listener))
    .map((listener) => group.world.view(listener))
    .some(
      (view) =>
        referred(view.at('LoadBalancerArn'), LOAD_BALANCER) === balancer &&
        isText(view.at('Port'), port.value),
    );
  return isServed ? balancer : undefined;
}

function isText(place: Cursor, wanted: string): boolean {
  const reading = place.string();
  return reading.state === 'given' && reading.value === wanted;
}
