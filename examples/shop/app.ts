import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GdprChecks, PciDss401Checks, TransmissionChecks } from 'cdk-secure-transmission';
import { buildShop } from './shop';

const app = new App();
buildShop(app);
Validations.of(app).addPlugins(
  new TransmissionChecks(app),
  new PciDss401Checks(app),
  new GdprChecks(app),
  new AwsSolutionsChecks(app),
);
app.synth();
