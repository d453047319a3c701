/**
 * The part of JSON Schema that describes a configuration.
 *
 * `description` says what is allowed, in words that an error quotes; `title` says what it does, in words that
 * `docs/configuration.md` prints. An editor shows both.
 */
export interface ConfigurationSchema {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly title?: string;
  readonly description: string;
  readonly properties?: Readonly<Record<string, ConfigurationSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Omit<ConfigurationSchema, 'description'> & { readonly description?: string };
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean | readonly string[];
  readonly examples?: readonly (string | number | readonly (string | object)[])[];
}
