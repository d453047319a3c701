/**
 * The part of JSON Schema that describes what people write: settings, in a file or as properties.
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
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | readonly string[];
  readonly examples?: readonly (string | number | readonly string[])[];
}
