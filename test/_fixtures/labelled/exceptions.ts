/** Where the judge is not what a label asks for, and why that stays for now: as short as the truth allows. */
export interface Exception {
  /** Area and file. */
  readonly template: string;
  /** `rule logicalId`. */
  readonly fault: string;
  /** `missed`: the label asks for it; `false alarm`: the label does not. */
  readonly kind: 'missed' | 'false alarm';
  readonly why: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    template: 'caches-warehouses-streams/memcached-plain.yaml',
    fault: 'StoreIsEncrypted Cache',
    kind: 'false alarm',
    why: 'what Memcached holds never reaches a disk, so that there is nothing at rest to encrypt; we call every cache that encrypts nothing unencrypted',
  },
];
