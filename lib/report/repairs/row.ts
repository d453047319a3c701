import type { Finding } from '../../judge/judgement';
import type { Json, JsonMap, TemplatePath } from '../../judge/template';
import type { Change } from './change';

/** A finding, as repairs look at it. */
export interface Case {
  readonly finding: Finding;
  /** The whole template, as it is written. */
  readonly template: JsonMap;
  /** The resource that the finding stands on, as it is written. */
  readonly resource: JsonMap;
  /** What leads to it from the top of the template. */
  readonly place: TemplatePath;
  /** What leads to the property at fault. */
  readonly at: TemplatePath;
  /** That path as the finding tells it, without `Properties.`: `SslPolicy`. */
  readonly property: string;
}

/** A member of an enumeration of the CDK, which a file has to import. */
export interface Member {
  readonly enumeration: string;
  readonly member: string;
}

/** What a property of a construct is set to; of a map the properties that are named, and no others. */
export type PropValue = string | number | boolean | Member | { readonly [prop: string]: PropValue };

/** How one construct of the CDK is repaired. */
export interface ConstructRepair {
  /** The module of aws-cdk-lib, such as `aws-s3`. */
  readonly module: string;
  /** The names of classes with the same property, and of methods (with a dot before) that make the construct. */
  readonly made: readonly string[];
  /** What a method adds to the id that it is given. */
  readonly idSuffix?: string;
  readonly props: (found: Case) => Readonly<Record<string, PropValue>> | undefined;
  /** Properties beside which these would be refused. */
  readonly without?: readonly string[];
  /** Files of the module that declare what is written, by the names that must stand in them: older ones lack some. */
  readonly declared: Readonly<Record<string, readonly string[]>>;
}

/** What repairs the findings of one or more rules. */
export interface RepairRow {
  readonly rules: readonly string[];
  /** What the deployment does besides, which its reader must know before: `it replaces the group`. */
  readonly caution?: (found: Case) => string | undefined;
  /** What a template needs; `undefined` where the case is not one that is known to the letter. */
  readonly changes: (found: Case) => readonly Change[] | undefined;
  /** What an app of the CDK needs. L1 constructs need what templates do, and no row. */
  readonly constructs?: readonly ConstructRepair[];
}

/** Sets the property at fault, where its path ends with one of these names. */
export function setAt(values: Readonly<Record<string, Json>>): RepairRow['changes'] {
  return ({ at, property }) => {
    const [, value] =
      Object.entries(values).find(([end]) => property === end || property.endsWith(`.${end}`)) ?? [];
    return value === undefined ? undefined : [{ at, set: value }];
  };
}

/** Sets properties of the resource at fault. */
export function setOn(type: string, properties: JsonMap): RepairRow['changes'] {
  return ({ finding, place }) =>
    finding.resource.type === type ? [{ at: [...place, 'Properties'], set: properties }] : undefined;
}
