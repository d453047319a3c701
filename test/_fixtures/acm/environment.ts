import { type AcmServer, type AcmWorld, serveAcm } from './server';

/** What the SDK reads: nothing of the machine that the tests run on. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI-never-printed',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Sets variables of the process, without which the SDK would look elsewhere, and puts them back. */
export function setEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}

/** Serves a world to whatever asks ACM in this process, while something is done. */
export async function withAcm<T>(
  world: AcmWorld,
  use: (server: AcmServer) => Promise<T>,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<T> {
  const server = await serveAcm(world);
  const reset = setEnvironment({
    ...ENVIRONMENT,
    AWS_PROFILE: undefined,
    AWS_REGION: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_ENDPOINT_URL: undefined,
    AWS_ENDPOINT_URL_ACM: server.url,
    ...more,
  });
  try {
    return await use(server);
  } finally {
    reset();
    await server.close();
  }
}
