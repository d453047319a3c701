import type { Cursor } from '../../../template';
import type { Hop } from '../../fact';
import { hidden, type Observed, stated } from '../../observed';

export const FIELD_LEVEL_ENCRYPTION_CONFIG = 'AWS::CloudFront::FieldLevelEncryptionConfig';

type FieldEncryption = Observed<'always' | 'bypassable'>;

/** What happens to the fields that a behaviour encrypts; nothing where it encrypts none. */
export function fieldEncryptionOf(behaviour: Cursor): Pick<Hop, 'fieldEncryption'> {
  const id = behaviour.at('FieldLevelEncryptionId');
  const text = id.string();
  // CloudFront gives an empty id back where there is none.
  if (text.state === 'absent' || (text.state === 'given' && text.value === '')) return {};
  const config = id.reference();
  if (config?.type !== FIELD_LEVEL_ENCRYPTION_CONFIG) {
    return { fieldEncryption: hidden(id, 'the configuration is not in a template at hand') };
  }
  return { fieldEncryption: ofConfig(id, id.world.view(config)) };
}

/**
 * Whether a request gets through with its fields in clear, as far as the configuration lets it: with another content
 * type, with the name of a profile that does not exist (`?fle-profile=x`), or as a form without a profile.
 */
function ofConfig(id: Cursor, config: Cursor): FieldEncryption {
  const types = config.at('ContentTypeProfileConfig');
  const profiles = types.at('ContentTypeProfiles');
  const list = profiles.list();
  if (list.state === 'unresolved') return hidden(profiles, list.why);
  const items = list.state === 'given' ? list.value : [];
  const found = [
    ...[
      types.at('ForwardWhenContentTypeIsUnknown'),
      config.at('QueryArgProfileConfig', 'ForwardWhenQueryArgProfileIsUnknown'),
    ].map(forwards),
    // Without an item CloudFront makes one whose profile is empty.
    ...(items.length === 0 ? [stated(profiles, 'bypassable' as const)] : []),
    ...items.map((item) => encrypts(item.at('ProfileId'))),
  ];
  return (
    found.find(({ value }) => value === 'bypassable') ??
    found.find(({ unknown }) => unknown !== undefined) ??
    stated(id, 'always', { given: true })
  );
}

function forwards(property: Cursor): FieldEncryption {
  const reading = property.boolean();
  if (reading.state === 'unresolved') return hidden(property, reading.why);
  const isOn = reading.state === 'given' && reading.value;
  return stated(property, isOn ? 'bypassable' : 'always', { given: property.isPresent });
}

function encrypts(profile: Cursor): FieldEncryption {
  const reading = profile.string();
  const isEmpty = reading.state === 'absent' || (reading.state === 'given' && reading.value === '');
  return stated(profile, isEmpty ? 'bypassable' : 'always', { given: profile.isPresent });
}
