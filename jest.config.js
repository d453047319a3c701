// The CloudFormation validator inside aws-cdk-lib costs 3 s per process: off here, on in `npm start`.
process.env.CDK_VALIDATION ??= 'false';
process.env.CDK_DISABLE_CLI_TELEMETRY = 'true';
// One day for every test: what expires, such as the security.txt that is shipped, must not break them on another.
process.env.SOURCE_DATE_EPOCH ??= '1795305600';

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  randomize: true,
  // All cores: jest would leave one idle, which is half of them on the machines that CI has.
  maxWorkers: '100%',
  // A busy machine is not a failure; a test that needs longer says so itself.
  testTimeout: 30_000,
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
  // The samples import the package by its name, as their readers will.
  moduleNameMapper: {
    '^cdk-secure-transmission$': '<rootDir>/lib/index.ts',
    '^cdk-secure-transmission/judge$': '<rootDir>/lib/judge/index.ts',
    '^cdk-secure-transmission/target$': '<rootDir>/lib/target/index.ts',
  },
  // These are modules of ECMAScript only, which jest does not load as they are.
  transformIgnorePatterns: ['/node_modules/(?!(parse5|entities)/)'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
