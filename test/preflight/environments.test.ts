import { deployersOf, environmentsOf } from '../../lib/preflight/environments';
import { deployed } from './support';

const PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const at = (version: number, parameter = PARAMETER) => ({ bootstrap: { version, parameter } });

describe('environments to bootstrap', () => {
  test('are told once each, with the highest version that a stack asks for', () => {
    const found = environmentsOf([
      deployed('A', { ...at(6), account: '111122223333' }),
      deployed('B', { ...at(21), account: '111122223333' }),
      deployed('C', { ...at(6), account: '111122223333', region: 'us-east-1' }),
    ]);
    expect(found.map(({ version, bootstrap }) => `${version} ${bootstrap}`)).toEqual([
      '21 cdk bootstrap aws://111122223333/eu-west-1',
      '6 cdk bootstrap aws://111122223333/us-east-1',
    ]);
    expect(found[0]?.check).toBe(
      `aws ssm get-parameter --name ${PARAMETER} --query Parameter.Value --output text --region eu-west-1`,
    );
  });

  test('leave words for what the app does not say', () => {
    const [found] = environmentsOf([deployed('A', { ...at(6), region: undefined })]);
    expect(found?.bootstrap).toBe('cdk bootstrap aws://ACCOUNT/REGION');
  });

  test('have the qualifier of the app', () => {
    const [found] = environmentsOf([deployed('A', at(6, '/cdk-bootstrap/team7/version'))]);
    expect(found?.bootstrap).toBe(
      'cdk bootstrap --qualifier team7 --toolkit-stack-name CDKToolkit-team7 aws://ACCOUNT/eu-west-1',
    );
  });

  test('are none where no stack asks for one', () => {
    expect(environmentsOf([deployed('A')])).toEqual([]);
  });

  test('cannot smuggle a command into those that people paste', () => {
    const [found] = environmentsOf([deployed('A', { ...at(6), region: 'x; rm -rf ~' })]);
    expect(found?.bootstrap).toBe("cdk bootstrap 'aws://ACCOUNT/x; rm -rf ~'");
    expect(found?.check).toMatch(/--region 'x; rm -rf ~'$/);
  });
});

test('who deploys assumes roles by their names, and what is made is counted by service', () => {
  const arn = (name: string) =>
    `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}-\${AWS::AccountId}`;
  const stacks = ['A', 'B'].map((name) =>
    deployed(name, { assumed: [arn('deploy')], execution: arn('exec') }),
  );
  expect(deployersOf(stacks, ['AWS::S3::Bucket', 'AWS::EC2::VPC', 'AWS::EC2::EIP', 'Custom::Thing'])).toEqual(
    {
      assumed: ['deploy-ACCOUNT'],
      execution: ['exec-ACCOUNT'],
      services: [
        { service: 'AWS::EC2', resources: 2 },
        { service: 'AWS::S3', resources: 1 },
        { service: 'Custom', resources: 1 },
      ],
    },
  );
});
