import { isJsonObject } from './json-object';
import { JWT_ALGORITHMS, type JwtSettings } from './settings';

/** Settings that the function cannot start with: it admits nobody then. */
export class SettingsNotRead extends Error {
  constructor(readonly setting: string) {
    super(`the setting '${setting}' of the authorizer is not what its construct writes, deploy it again`);
    this.name = 'SettingsNotRead';
  }
}

/**
 * Reads what the construct wrote. Values that were not known at synthesis are looked at here first: an issuer that is no
 * https address or an audience that is empty stops the function.
 *
 * @throws SettingsNotRead
 */
export function readSettings(text: string): JwtSettings {
  const value = jsonOf(text);
  const settings = isJsonObject(value) ? (value as unknown as JwtSettings) : undefined;
  if (settings === undefined) throw new SettingsNotRead('all');
  const { issuer, jwksUri, audience, scopes, algorithms } = settings;
  const { clockToleranceSeconds, maxAgeSeconds = 1, maxTokenLength } = settings;
  const wrong = (
    [
      ['issuer', isHttps(issuer)],
      ['jwksUri', jwksUri === undefined || isHttps(jwksUri)],
      ['audience', areTexts(audience) && audience.length > 0],
      ['audienceClaim', ['aud', 'client_id'].includes(settings.audienceClaim)],
      ['scopes', areTexts(scopes)],
      ['algorithms', areTexts(algorithms) && algorithms.every((each) => JWT_ALGORITHMS.includes(each))],
      ['accessTokensOnly', typeof settings.accessTokensOnly === 'boolean'],
      ['certificateBound', typeof settings.certificateBound === 'boolean'],
      ['tokenUse', [undefined, 'access', 'id'].includes(settings.tokenUse)],
      ['clockToleranceSeconds', isNumber(clockToleranceSeconds) && clockToleranceSeconds <= 60],
      ['maxAgeSeconds', isNumber(maxAgeSeconds)],
      ['maxTokenLength', isNumber(maxTokenLength)],
    ] as const
  ).find(([, right]) => !right);
  if (wrong !== undefined) throw new SettingsNotRead(wrong[0]);
  return settings;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:';
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
