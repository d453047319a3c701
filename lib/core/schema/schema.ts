/**
 * The part of JSON Schema that describes what people write: a configuration or settings, in a file or as properties.
 *
 * `description` says what is allowed, in words that an error quotes; `title` says what it does, in words that pages print.
 * An editor shows both.
 */
export interface Schema {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly title?: string;
  readonly description: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  /** Entries that say nothing of themselves are described by their list. */
  readonly items?: Omit<Schema, 'description'> & { readonly description?: string };
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
