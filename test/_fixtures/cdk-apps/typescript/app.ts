import { App, Stack, aws_s3 as s3 } from 'aws-cdk-lib';

/** Long enough that no line of what is compiled is the line of the source. */
interface Named {
  readonly name: string;
}

class Files extends Stack {
  constructor(scope: App, { name }: Named) {
    super(scope, name);
    new s3.Bucket(this, 'Bucket');
  }
}

new Files(new App(), { name: 'Files' });
