/** Where the apps of this folder stand, and who may reach them. */
export interface IntegEnvironment {
  readonly account: string;
  readonly region: string;
  /** A public zone of Route 53 in that account, delegated: certificates for names in it are issued. */
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** The addresses that the probe comes from, in CIDR notation: nobody else may connect. */
  readonly peer: string;
  /** Whether the app is deployed and taken down again, in place of being synthesised only. */
  readonly isDeployed: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

const PREFIX = 'SECURE_TRANSMISSION_INTEG_';

/** Names that exist in documentation only: nothing can be deployed with them. */
const NOWHERE: IntegEnvironment = {
  account: '111122223333',
  region: 'eu-west-1',
  zoneName: 'integ.example.com',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  peer: '192.0.2.1/32',
  isDeployed: false,
};

const NEEDED: readonly [name: string, shape: RegExp, example: string][] = [
  ['ACCOUNT', /^\d{12}$/, '111122223333'],
  ['ZONE', /^[a-z0-9.-]+=Z[A-Z0-9]+$/, 'integ.example.com=Z0123456789ABCDEFGHIJ'],
  ['PEER', /^[\d.]+\/\d+$/, '192.0.2.1/32'],
];

/** Whether an account was named. */
export function isConfigured(variables: Variables): boolean {
  return (variables[`${PREFIX}ACCOUNT`] ?? '') !== '';
}

/** What the environment variables name; without an account, a place that does not exist. */
export function integEnvironment(variables: Variables): IntegEnvironment {
  if (!isConfigured(variables)) return NOWHERE;
  for (const [name, shape, example] of NEEDED) {
    const value = variables[PREFIX + name] ?? '';
    if (!shape.test(value)) {
      throw new Error(`${PREFIX}${name} must be such as ${example}, got ${JSON.stringify(value)}, set it`);
    }
  }
  const [zoneName = '', hostedZoneId = ''] = (variables[`${PREFIX}ZONE`] ?? '').split('=');
  return {
    account: variables[`${PREFIX}ACCOUNT`] ?? '',
    region: variables[`${PREFIX}REGION`] || NOWHERE.region,
    zoneName,
    hostedZoneId,
    peer: variables[`${PREFIX}PEER`] ?? '',
    isDeployed: true,
  };
}
