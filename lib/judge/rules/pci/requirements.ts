/**
 * Requirements that AWS's and prowler's mappings attach to one and the same kind of check (`reference/pci-dss-4-map.json`),
 * without those that are about something else, such as 1.5.1, devices of people, to a public database; and with 1.4.4,
 * stores that cannot be reached from untrusted networks, which the mappings leave out.
 */
export const EXPOSURE = ['1.3.1', '1.3.2', '1.4.2', '1.4.4', '10.3.2', 'A1.1.2', 'A1.1.3', 'A3.4.1'] as const;

/** Who may do what. */
export const ACCESS = [
  '7.2.1',
  '7.2.2',
  '7.2.5',
  '7.3.1',
  '7.3.2',
  '7.3.3',
  '8.2.7',
  '8.2.8',
  '8.3.4',
] as const;

/** Data, and credentials, that cannot be read where they are stored. */
export const AT_REST = ['3.5.1', '8.3.2'] as const;

/** What a record of every call is good for, requirement by requirement. */
export const EVERY_CALL = [
  '10.2.1',
  '10.2.1.1',
  '10.2.1.2',
  '10.2.1.3',
  '10.2.1.4',
  '10.2.1.5',
  '10.2.1.6',
  '10.2.1.7',
  '10.2.2',
] as const;

/** The record of who did what. */
export const AUDIT_LOG = [...EVERY_CALL, '10.3.1', 'A1.2.1'] as const;

/** The record of who asked for what, or connected. */
export const REQUEST_LOG = ['10.2.1', '10.2.1.1', '10.2.1.4', '10.2.2', 'A1.2.1'] as const;
