// Proves that the start-up test sees CDK when something loads it.
import { App } from 'aws-cdk-lib';

export const make = () => new App();
