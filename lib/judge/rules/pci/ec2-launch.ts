import type { Cursor } from '../../template';

export const MACHINE = 'AWS::EC2::Instance';
export const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
export const LAUNCH_CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';

/** The launch template of an instance, as far as the templates show it. */
export type LaunchTemplate =
  | { readonly state: 'none' }
  | { readonly state: 'known'; readonly settings: Cursor }
  | { readonly state: 'hidden'; readonly at: Cursor; readonly why: string };

/** What a machine is started with: launch templates keep it one level down. */
export function settingsOf(properties: Cursor): Cursor {
  return properties.resource.type === LAUNCH_TEMPLATE ? properties.at('LaunchTemplateData') : properties;
}

/** The launch template that an instance names; anything else than an instance has none. */
export function launchTemplateOf(properties: Cursor): LaunchTemplate {
  const at = properties.at('LaunchTemplate');
  if (properties.resource.type !== MACHINE || !at.isPresent) return { state: 'none' };
  const { world } = properties;
  const named = at.at('LaunchTemplateName').string();
  const template =
    at.at('LaunchTemplateId').reference() ??
    world.app.resourcesOfType(LAUNCH_TEMPLATE).find((one) => {
      const name = world.view(one).at('LaunchTemplateName').string();
      return named.state === 'given' && name.state === 'given' && name.value === named.value;
    });
  if (template?.type === LAUNCH_TEMPLATE && world.exists(template)) {
    return { state: 'known', settings: settingsOf(world.view(template)) };
  }
  return { state: 'hidden', at, why: 'its launch template is not in the templates' };
}
