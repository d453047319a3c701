import type { Cursor, Resource, World } from '../template';
import { type Observed, observe } from './observed';

const CONTROL = 'AWS::EC2::VPCEncryptionControl';

/** What VPC Encryption Control does with traffic that is not encrypted. */
export type EncryptionMode = 'monitor' | 'enforce';

/** The mode of a network, by a control of its own or by the one within it; `undefined` where it has none. */
export function encryptionModeOf(network: Resource, world: World): Observed<EncryptionMode> | undefined {
  const controls = world.app
    .referring(network, CONTROL, 'VpcId')
    .filter((one) => world.exists(one) && world.view(one).at('VpcId').reference() === network)
    .map((one) => modeAt(world.view(one).at('Mode')));
  const within = world.view(network).at('VpcEncryptionControl');
  const modes = within.isPresent ? [...controls, modeAt(within.at('Mode'))] : controls;
  // A network has one control: of several, the strictest counts, since it refuses most.
  return (
    modes.find(({ value }) => value === 'enforce') ??
    modes.find(({ unknown }) => unknown !== undefined) ??
    modes[0]
  );
}

/** The mode at its place; both kinds of control need one. */
export function modeAt(place: Cursor): Observed<EncryptionMode> {
  return observe(place, place.string(), {
    map: (mode) => (mode === 'enforce' || mode === 'monitor' ? mode : undefined),
    otherwise: 'monitor',
  });
}
