import { App, Stack, aws_s3 as s3 } from 'aws-cdk-lib';

const stack = new Stack(new App(), 'Files');
new s3.Bucket(stack, 'Bucket');
