import { isJsonMap, type Json, type JsonMap } from '../template/rendered-app';
import { defined, isCall, type Made, mapAt, type PlaceRow, type SamResource, s3Address } from './made';

/** A function, its role, its URL, its alias, and the queues and topics that its results go to. */
export function writeFunction(of: SamResource, own: JsonMap, made: Made): void {
  const { properties } = of;
  const { Role: given, FunctionUrlConfig: url, AutoPublishAlias: alias } = properties;
  const role = `${of.id}Role`;
  const letters = mapAt(properties, 'DeadLetterQueue');
  made.add(
    of,
    of.id,
    'AWS::Lambda::Function',
    {
      ...own,
      Code: codeOf(properties),
      Role: given ?? { 'Fn::GetAtt': [role, 'Arn'] },
      ...(letters === undefined ? {} : { DeadLetterConfig: defined({ TargetArn: letters.TargetArn }) }),
    },
    [
      ['Code', codeProperty(properties)],
      ['TracingConfig.Mode', 'Tracing'],
      ['DeadLetterConfig', 'DeadLetterQueue'],
    ],
  );
  if (given === undefined) writeRole(of, made, role);
  const aliasId = alias === undefined ? undefined : `${of.id}Alias${isJsonMap(alias) ? '' : String(alias)}`;
  if (aliasId !== undefined) {
    made.add(of, aliasId, 'AWS::Lambda::Alias', { Name: alias, FunctionName: { Ref: of.id } });
  }
  if (url !== undefined) writeUrl(of, made, url, alias);
  writeInvokeConfig(of, made);
}

function writeUrl(of: SamResource, made: Made, url: Json, alias: Json | undefined): void {
  if (!isJsonMap(url) || isCall(url)) {
    made.say(of, 'its FunctionUrlConfig is not written out');
    return;
  }
  made.add(
    of,
    `${of.id}Url`,
    'AWS::Lambda::Url',
    { ...url, TargetFunctionArn: { Ref: of.id }, ...(alias === undefined ? {} : { Qualifier: alias }) },
    [['', 'FunctionUrlConfig']],
  );
}

function codeProperty({ InlineCode: inline, ImageUri: image }: JsonMap): string {
  return inline !== undefined ? 'InlineCode' : image !== undefined ? 'ImageUri' : 'CodeUri';
}

function codeOf(properties: JsonMap): Json | undefined {
  const { CodeUri: code, InlineCode: ZipFile, ImageUri, SourceKMSKeyArn } = properties;
  if (ZipFile !== undefined) return { ZipFile };
  if (ImageUri !== undefined) return { ImageUri };
  const address = s3Address(code);
  const place =
    address === undefined ? mapAt(properties, 'CodeUri') : { S3Bucket: address.bucket, S3Key: address.key };
  return { ...place, ...(SourceKMSKeyArn === undefined ? {} : { SourceKMSKeyArn }) };
}

/** What SAM's policy templates and managed policies allow is of no concern; documents that are written out are judged. */
function writeRole(of: SamResource, made: Made, id: string): void {
  const { Policies: given = [] } = of.properties;
  const list: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [given];
  const documents = list.flatMap((policy, i) =>
    isJsonMap(policy) && policy.Statement !== undefined
      ? [{ PolicyName: `${id}Policy${i}`, PolicyDocument: policy }]
      : [],
  );
  const trust = {
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Principal: { Service: ['lambda.amazonaws.com'] },
  };
  made.add(of, id, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
    ...(documents.length === 0 ? {} : { Policies: documents }),
  });
}

const DESTINATIONS: Readonly<Record<string, readonly [type: string, suffix: string]>> = {
  SQS: ['AWS::SQS::Queue', 'Queue'],
  SNS: ['AWS::SNS::Topic', 'Topic'],
};

/** A destination that is not named is made. */
function writeInvokeConfig(of: SamResource, made: Made): void {
  const { EventInvokeConfig: given } = of.properties;
  if (given === undefined) return;
  const configuration = mapAt(of.properties, 'EventInvokeConfig');
  if (configuration === undefined) {
    made.say(of, 'its EventInvokeConfig is not written out');
    return;
  }
  const id = `${of.id}EventInvokeConfig`;
  const asked = mapAt(configuration, 'DestinationConfig') ?? {};
  const destinations = Object.entries(asked).map(([when, one]): [string, Json | undefined] => {
    const { Destination: named, Type: type } = isJsonMap(one) ? one : {};
    if (named !== undefined) return [when, { Destination: named }];
    const [made_, suffix] = (typeof type === 'string' && DESTINATIONS[type]) || [];
    if (made_ === undefined || suffix === undefined) return [when, one];
    const places: readonly PlaceRow[] = [['', `EventInvokeConfig.DestinationConfig.${when}`]];
    made.add(of, `${id}${when}${suffix}`, made_, {}, places);
    return [
      when,
      {
        Destination:
          suffix === 'Topic' ? { Ref: `${id}${when}Topic` } : { 'Fn::GetAtt': [`${id}${when}Queue`, 'Arn'] },
      },
    ];
  });
  made.add(
    of,
    id,
    'AWS::Lambda::EventInvokeConfig',
    { ...configuration, FunctionName: { Ref: of.id }, DestinationConfig: Object.fromEntries(destinations) },
    [['', 'EventInvokeConfig']],
  );
}
