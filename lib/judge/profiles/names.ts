/** Names that the command line and settings take. Nothing heavy stands here, so that help is there at once. */

/** The packs. */
export const PACK_NAMES = ['transmission', 'pci-dss-401', 'gdpr'] as const;

/** The name of a pack on the command line and in profiles. */
export type PackName = (typeof PACK_NAMES)[number];

/** As their findings show them. */
export const PACK_TITLES: Readonly<Record<PackName, string>> = {
  transmission: 'TransmissionChecks',
  'pci-dss-401': 'PciDss401Checks',
  gdpr: 'GdprChecks',
};

/** The profiles. */
export const PROFILE_NAMES = [
  'pci',
  'gdpr',
  'both',
  'cardholder-data-environment',
  'public-site',
  'legacy-clients',
] as const;

/** The name of a profile. */
export type ProfileName = (typeof PROFILE_NAMES)[number];
