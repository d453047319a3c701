import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  NetworkLoadBalancer,
  NetworkTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** What constructs need that is not under proof: another stack, whose resources are not counted. */
export class Given {
  readonly #scope: Construct;
  readonly #region: string;
  readonly #made = new Map<string, Construct>();

  constructor(scope: Construct, region: string) {
    this.#scope = scope;
    this.#region = region;
  }

  get #stack(): Stack {
    const env = { account: '111122223333', region: this.#region };
    return this.#once('Given', (id) => new Stack(this.#scope, id, { env }));
  }

  get vpc(): IVpc {
    return this.#once('Vpc', (id) => new Vpc(this.#stack, id));
  }

  get bucket(): IBucket {
    return this.#once('Bucket', (id) => new Bucket(this.#stack, id));
  }

  get cluster(): Cluster {
    return this.#once('Cluster', (id) => new Cluster(this.#stack, id, { vpc: this.vpc }));
  }

  get certificate(): Certificate {
    return this.#once(
      'Certificate',
      (id) => new Certificate(this.#stack, id, { domainName: '*.example.com' }),
    );
  }

  get balancer(): ApplicationLoadBalancer {
    return this.#once('Balancer', (id) => new ApplicationLoadBalancer(this.#stack, id, { vpc: this.vpc }));
  }

  get networkBalancer(): NetworkLoadBalancer {
    return this.#once('NetworkBalancer', (id) => new NetworkLoadBalancer(this.#stack, id, { vpc: this.vpc }));
  }

  get networkTargets(): NetworkTargetGroup {
    const props = { vpc: this.vpc, port: 443 };
    return this.#once('NetworkTargets', (id) => new NetworkTargetGroup(this.#stack, id, props));
  }

  get handler(): LambdaFunction {
    return this.#once('Handler', (id) => functionOf(this.#stack, id));
  }

  get task(): FargateTaskDefinition {
    return this.#once('Task', (id) => {
      const task = new FargateTaskDefinition(this.#stack, id);
      task.addContainer('Web', {
        image: ContainerImage.fromRegistry('shop'),
        portMappings: [{ containerPort: 443 }],
      });
      return task;
    });
  }

  #once<T extends Construct>(id: string, make: (id: string) => T): T {
    const known = this.#made.get(id);
    if (known !== undefined) return known as T;
    const made = make(id);
    this.#made.set(id, made);
    return made;
  }
}

/** A function with what it cannot do without. */
export function functionOf(scope: Construct, id: string): LambdaFunction {
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
}
