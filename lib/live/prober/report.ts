import type { CertificateTold } from './certificate';
import type { HstsTold, PlaintextTold, SecurityTxtTold } from './http';
import type { StapleStatus } from './ocsp-staple';
import type { HostPromise } from './promise';
import type { Protocols } from './protocols';

/** Something about a host that is not as it should be. */
export interface ProbeFinding {
  /** A statement of the good state, such as `RefusesOldVersions`; stable. */
  readonly id: string;
  readonly level: 'error' | 'warning' | 'info';
  /** It is not what was promised. */
  readonly isDrift: boolean;
  readonly message: string;
}

/** What was told about a certificate. */
export interface CertificateReport extends CertificateTold {
  /** What the server says of its revocation; absent where it staples nothing, or was not heard. */
  readonly staple?: StapleStatus;
}

/** What a browser is told. */
export interface WebReport {
  /** The status of `/`; absent where no answer in HTTP came. */
  readonly status?: number;
  readonly hsts?: HstsTold | 'none';
  /** Which headers are there that tell a browser what it must not do, and which are not. */
  readonly headers?: { readonly sent: readonly string[]; readonly missing: readonly string[] };
  readonly securityTxt?: SecurityTxtTold;
  /** Why nothing is known. */
  readonly detail?: string;
}

/** All that is known about a host. */
export interface HostReport {
  /** `host:port`. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  /** The one that was connected to; absent where none was. */
  readonly address?: string;
  /** Others that the name leads to, which were not asked. */
  readonly otherAddresses: readonly string[];
  readonly protocols?: Omit<Protocols, 'certificates' | 'asksForCertificate'>;
  readonly forwardSecrecy?: 'always' | 'not-always' | 'cannot tell';
  readonly clientCertificates?: 'asked for' | 'not asked for' | 'cannot tell';
  readonly certificate?: CertificateReport;
  readonly plaintext?: PlaintextTold;
  readonly web?: WebReport;
  readonly promised?: HostPromise;
  readonly findings: readonly ProbeFinding[];
  /** What could not be told: never a pass. */
  readonly unknown: readonly string[];
}
