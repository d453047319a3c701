import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

interface ResourceType {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly primaryIdentifier?: readonly string[];
}

/** The registry of CloudFormation's resource types, as the pinned CDK command line carries it. */
const FILE = path.resolve(__dirname, '../../node_modules/aws-cdk/db.json.gz');

let types: ReadonlyMap<string, ResourceType> | undefined;

function typeOf(name: string): ResourceType | undefined {
  types ??= read();
  return types.get(name);
}

function read(): ReadonlyMap<string, ResourceType> {
  const { schema } = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8')) as {
    readonly schema: { readonly resource: { readonly entities: Readonly<Record<string, ResourceType>> } };
  };
  return new Map(Object.values(schema.resource.entities).map((type) => [type.cloudFormationType, type]));
}

/** The properties that a template may give a resource of a type. */
export function propertiesOf(type: string): readonly string[] {
  return Object.keys(typeOf(type)?.properties ?? {});
}

/** What tells one resource of a type from another. */
export function primaryIdentifierOf(type: string): readonly string[] | undefined {
  return typeOf(type)?.primaryIdentifier;
}
