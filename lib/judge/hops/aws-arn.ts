import { concatenate, type Resource, Unresolved, type Value } from '../template';

/** The beginning of an ARN, in whatever partition it will be. */
export function arnOf(service: string): Value {
  const partition = new Unresolved('AWS::Partition is only known at deployment', 'AWS::Partition');
  return concatenate(['arn:', partition, ':', service]);
}

/** The region of a resource as ARNs have it. */
export function regionOf(resource: Resource): Value {
  return resource.template.region ?? new Unresolved('AWS::Region is only known at deployment', 'AWS::Region');
}

/** The account of a resource as ARNs have it. */
export function accountOf(resource: Resource): Value {
  return (
    resource.template.source.account ??
    new Unresolved('AWS::AccountId is only known at deployment', 'AWS::AccountId')
  );
}

/** The ARN of a resource that a service names `arn:aws:service:region:account:name`. */
export function regionalArn(resource: Resource, service: string, name: Value): Value {
  return concatenate([arnOf(service), ':', regionOf(resource), ':', accountOf(resource), ':', name]);
}
