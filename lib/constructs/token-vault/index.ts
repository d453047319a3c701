export { VAULT_FUNCTIONS, type VaultFunction } from './privileges';
export type { TokenType } from './runtime/app/types';
export { TokenVault } from './token-vault';
export {
  type TokenVaultProps,
  VAULT_RIGHTS,
  type VaultCodeSigning,
  type VaultEndpoints,
  type VaultRight,
  type VaultTenant,
  type VaultThresholds,
} from './token-vault-props';
export type {
  ITokenVault,
  RevealOptions,
  TokenizeOptions,
  TokenVaultAttributes,
  VaultCaller,
} from './token-vault-reference';
