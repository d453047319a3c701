/** A law that this package does not know, as a pack of its rules. */
import { type App, Validations } from 'aws-cdk-lib';
import { JudgingPack } from 'cdk-secure-transmission';
import { EVERY_ROW, packOf, type Regulation } from 'cdk-secure-transmission/judge';

// #region regulation
/** What the technical standards of DORA ask of the systems of banks: Delegated Regulation (EU) 2024/1774. */
const DORA_RTS: Regulation = {
  name: 'DORA RTS',
  reviewed: '2026-11-22',
  sources: ['https://eur-lex.europa.eu/eli/reg_del/2024/1774/oj'],
  requirements: [
    { id: '6(2)(a)', title: 'data is encrypted where it rests' },
    { id: '7(1)', title: 'keys are managed through all of their life' },
    { id: '7(2)', title: 'keys are guarded against loss and misuse' },
    { id: '7(5)', title: 'certificates are renewed before they end' },
    { id: '12(2)(d)', title: 'logs are guarded against change, loss and readers' },
    { id: '14(1)', title: 'data is guarded while it travels', remainder: 'people check that it is' },
  ],
  rules: {
    '6(2)(a)': ['StoreIsEncrypted', 'VolumeIsEncrypted', 'StreamIsEncrypted'],
    '7(1)': ['KeyRotatesWithinAYear'],
    '7(2)': ['DecryptionIsGrantedPerKey'],
    '7(5)': ['CertificateIsValidatedByDns', 'ListenerCertificateIsManaged'],
    '12(2)(d)': ['TrailFilesAreValidated', 'TrailHasOwnKey', 'LogGroupHasOwnKey'],
    '14(1)': ['ListenerIsEncrypted', 'TargetGroupIsEncrypted', 'BucketDeniesPlaintext'],
  },
};

export const DORA_PACK = packOf('DoraChecks', DORA_RTS, EVERY_ROW);

export class DoraChecks extends JudgingPack {
  constructor(scope: App) {
    super(DORA_PACK, scope);
  }
}
// #endregion regulation

/** Registers it beside the packs of this package. */
export function register(app: App): void {
  // #region register
  Validations.of(app).addPlugins(new DoraChecks(app));
  // #endregion register
}
