import { fetchOverTls } from '../../../lib/live/payment-page/fetch-page';
import { issue } from '../../_fixtures/tls-servers/chains';
import { https, stopServers } from '../../_fixtures/tls-servers/servers';

/** Stand for the authorities that Node trusts: nobody here has the key of a real one. */
const mockRoots: string[] = [];
jest.mock('node:tls', () => ({
  ...jest.requireActual('node:tls'),
  get rootCertificates() {
    return mockRoots;
  },
}));

afterEach(stopServers);

test('an authority that is given is trusted beside those of Node, and not in their place', async () => {
  const [known, given, other] = await Promise.all(
    ['known.test', 'given.test', 'other.test'].map((name) => issue({ name })),
  );
  mockRoots.push(known?.pem ?? '');
  const bodyOf = async (issued = known, name = '') => {
    if (issued === undefined) return 'nothing';
    const { port } = await https(issued, (_request, response) => response.end(name));
    const options = {
      reach: 'any' as const,
      authorities: [given?.pem ?? ''],
      resolve: async () => ['127.0.0.1'],
    };
    return (await fetchOverTls(`https://${name}:${port}/`, options)).body.toString();
  };
  await expect(bodyOf(known, 'known.test')).resolves.toBe('known.test');
  await expect(bodyOf(given, 'given.test')).resolves.toBe('given.test');
  await expect(bodyOf(other, 'other.test')).rejects.toThrow('cannot be read (DEPTH_ZERO_SELF_SIGNED_CERT)');
});
