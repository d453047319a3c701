import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Which resources CloudTrail records access to, of one type. */
interface DataEventsFacts {
  readonly type: string;
  readonly name: string;
  /** ARNs that a resource must have; absent for all of the type. */
  readonly equalTo?: readonly string[];
  /** What the ARN of a resource must begin with; absent for all of the type. */
  readonly startsWith?: readonly string[];
  readonly bucket?: s3.IBucket;
}

/**
 * Calls that read or write what is stored, or run a function, and not only what administers it. Each is charged.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export class DataEvents {
  /**
   * Reads and writes of objects in a bucket.
   *
   * @param prefix what their keys begin with; left out, every object
   */
  static objectsIn(bucket: s3.IBucket, prefix = ''): DataEvents {
    // The slash ends the name: without it, buckets whose names begin like this one would be recorded too.
    const arn = `${bucket.bucketArn}/${prefix}`;
    return new DataEvents({ ...OBJECTS, startsWith: [arn], bucket });
  }

  /** Reads and writes of objects in every bucket, those to come included, but for the buckets of the trail itself. */
  static everyObject(): DataEvents {
    return new DataEvents(OBJECTS);
  }

  /** Calls of functions. */
  static callsOf(...functions: lambda.IFunction[]): DataEvents {
    return new DataEvents({ ...CALLS, equalTo: functions.map(({ functionArn }) => functionArn) });
  }

  /** Calls of every function, those to come included. */
  static everyCall(): DataEvents {
    return new DataEvents(CALLS);
  }

  /** Reads and writes of items in tables, such as those of a vault. */
  static itemsIn(...tables: dynamodb.ITable[]): DataEvents {
    return new DataEvents({ ...ITEMS, equalTo: tables.map(({ tableArn }) => tableArn) });
  }

  /** Reads and writes of items in every table, those to come included. */
  static everyItem(): DataEvents {
    return new DataEvents(ITEMS);
  }

  /** What the console shows for it: `Objects in buckets`. */
  readonly name: string;
  /** The type of resource, as CloudTrail calls it: `AWS::S3::Object`. */
  readonly resourceType: string;
  /** ARNs that a resource must have; none where it may have any, or is found by how its ARN begins. */
  readonly equalTo: readonly string[];
  /** What the ARN of a resource must begin with; none where it may have any, or is found by all of it. */
  readonly startsWith: readonly string[];
  /** The bucket whose objects it is about; absent for all, and for other types. */
  readonly bucket?: s3.IBucket;
  /** Whether it is about every resource of its type. */
  readonly ofEvery: boolean;

  private constructor(facts: DataEventsFacts) {
    this.name = facts.name;
    this.resourceType = facts.type;
    this.equalTo = facts.equalTo ?? [];
    this.startsWith = facts.startsWith ?? [];
    this.bucket = facts.bucket;
    this.ofEvery = facts.equalTo === undefined && facts.startsWith === undefined;
  }
}

const OBJECTS = { type: 'AWS::S3::Object', name: 'Objects in buckets' };
const CALLS = { type: 'AWS::Lambda::Function', name: 'Calls of functions' };
const ITEMS = { type: 'AWS::DynamoDB::Table', name: 'Items in tables' };
