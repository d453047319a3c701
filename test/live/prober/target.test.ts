import { parseTarget, targetName } from '../../../lib/live/prober';

test.each([
  ['shop.example.com', 'shop.example.com', 443],
  ['Shop.Example.com.', 'shop.example.com', 443],
  ['shop.example.com:8443', 'shop.example.com', 8443],
  ['localhost:1', 'localhost', 1],
  ['192.0.2.7', '192.0.2.7', 443],
  ['192.0.2.7:65535', '192.0.2.7', 65535],
  ['[2001:db8::1]:8443', '2001:db8::1', 8443],
  ['[2001:DB8::1]', '2001:db8::1', 443],
  ['2001:db8::1', '2001:db8::1', 443],
  ['_internal.example.com', '_internal.example.com', 443],
  ['bücher.example', 'xn--bcher-kva.example', 443],
])('%s is %s at %d', (given, host, port) => expect(parseTarget(given)).toEqual({ host, port }));

test.each([
  '',
  ':443',
  'https://shop.example.com',
  'shop.example.com/path',
  'shop.example.com:0',
  'shop.example.com:65536',
  'shop.example.com:https',
  'shop.example.com:',
  'a b',
  '*.example.com',
  'user@shop.example.com',
  '[192.0.2.7]:1',
  '[2001:db8::1',
  'shop..example.com',
  '${Token[TOKEN.7]}',
  'a'.repeat(64),
  '-'.repeat(300),
  '999.1.2.3',
  '\u001b[2J',
])('%j is no host', (given) => {
  expect(() => parseTarget(given)).toThrow(
    /: is no host, it must be a host name or an address, with a port from 1 to 65535 perhaps, write such as/,
  );
});

test('a mistake is told in one short line', () => {
  let said = '';
  try {
    parseTarget(`\n${'x'.repeat(5000)}`);
  } catch (error) {
    said = String(error);
  }
  expect(said.length).toBeLessThan(350);
  expect(said).not.toContain('\n');
});

test.each([
  [{ host: 'shop.example.com', port: 443 }, 'shop.example.com:443'],
  [{ host: '2001:db8::1', port: 8443 }, '[2001:db8::1]:8443'],
])('%j is written as it is read', (target, name) => {
  expect(targetName(target)).toBe(name);
  expect(parseTarget(name)).toEqual(target);
});
