import type { Option } from './command';

/** Authorities beside those of Node. */
export const CA: Option = {
  name: 'ca',
  value: 'FILE',
  repeatable: true,
  about: 'certificates in PEM that are trusted too: those of a private authority',
};

/** Addresses that are no address of the internet. */
export const ALLOW_PRIVATE: Option = {
  name: 'allow-private',
  about: 'ask private, link-local and loopback addresses too, among which are the metadata of clouds',
};
