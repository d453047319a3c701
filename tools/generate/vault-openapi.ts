import { openApiDocument } from '../../lib/constructs/token-vault/runtime/http/open-api';

export const page = 'docs/vault-openapi.json';

/** The API of a vault: made of the table that its functions answer by. */
export function render(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}
