import fc from 'fast-check';
import { visible } from '../../lib/report';
import { renderGithub, workflowCommand } from '../../lib/report/github';
import { isOpen } from '../../lib/report/report';
import { hostileReport, KNOWN, reportWith, SUPPRESSED, viewWith } from './views';

// The answers of issueCommand() of npm's @actions/core 3.0.1 to the same arguments.
test.each([
  [
    'error',
    {},
    'percent % cr \r lf \n colon : comma ,',
    '::error::percent %25 cr %0D lf %0A colon : comma ,',
  ],
  [
    'warning',
    { file: 'a,b:c%d\r\n.ts', line: '3', title: 'x::y' },
    '%0A::error::no',
    '::warning file=a%2Cb%3Ac%25d%0D%0A.ts,line=3,title=x%3A%3Ay::%250A::error::no',
  ],
  ['notice', { title: '%3A%2C' }, '::stop-commands::x', '::notice title=%253A%252C::::stop-commands::x'],
  ['error', {}, '%25 %0D', '::error::%2525 %250D'],
] as const)('%s %j %j is escaped as the toolkit does it', (command, properties, message, line) => {
  expect(workflowCommand(command, properties, message)).toBe(line);
});

test('a finding is an annotation on the line that caused it, with the proof and the repair', () => {
  const finding = viewWith({
    counterexample: 'a browser on port 80 is answered in clear',
    repair: { about: 'set Protocol to HTTPS', edits: [] },
  });
  expect(renderGithub(reportWith([finding]))).toBe(
    '::error file=lib/shop.ts,line=12,endLine=12,col=5,title=ListenerIsEncrypted%3A Shop/Listener::' +
      'a listener speaks TLS: Protocol is HTTP, but must be HTTPS' +
      '%0ASo: a browser on port 80 is answered in clear%0AFix: set Protocol to HTTPS' +
      '%0AAlso: cdk.out/Shop.template.json:8:5\n' +
      'secure-transmission: failed: 1 finding at level error or above; findings: 1 error\n',
  );
});

test.each([
  ['fatal', 'error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'notice'],
] as const)('level %s is %s', (level, command) => {
  expect(renderGithub(reportWith([viewWith({ level })]))).toMatch(new RegExp(`^::${command} file=`));
});

test.each(['../shop.ts', '/app/shop.ts', 'C:/app/shop.ts', '..'])(
  'a file outside of the checkout, %s, is told in the text, since GitHub has no line for it',
  (file) => {
    const text = renderGithub(reportWith([viewWith({ source: { file, line: 3 } })]));
    expect(text).toMatch(/^::error title=/);
    expect(text).toContain(`%0AAlso: ${file}:3`);
  },
);

test('what nobody has to act on is no annotation, and is counted in the log', () => {
  const report = reportWith([viewWith({ known: KNOWN }), viewWith({ suppressed: SUPPRESSED })], {
    notJudged: [{ template: 'Shop', why: 'a macro' }],
  });
  expect(renderGithub(report)).toBe(
    'secure-transmission: passed: nothing at level error or above; findings: none; 1 suppressed, 1 known; ' +
      'not judged: 1 part of templates\n',
  );
});

test('of each kind there are ten, the gravest, and the rest is counted', () => {
  const views = (['info', 'warning', 'error', 'fatal'] as const).flatMap((level) =>
    Array.from({ length: level === 'fatal' ? 3 : 12 }, () => viewWith({ level })),
  );
  const lines = renderGithub(reportWith(views)).split('\n');
  const of = (command: string) => lines.filter((line) => line.startsWith(`::${command} `));
  expect([of('error').length, of('warning').length, of('notice').length]).toEqual([10, 10, 10]);
  expect(lines.at(-3)).toBe(
    '::notice title=secure-transmission::10 further findings (5 error, 2 warning, 3 info) are not shown as ' +
      'annotations, since GitHub shows 10 of a kind for a step. All of them stand in the report of any other format.',
  );
});

interface Parsed {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const REGISTERED = ['error', 'warning', 'notice', 'add-mask', 'stop-commands', 'group', 'debug', 'add-path'];

/** How the runner reads a line: `::` after spaces, else `##[` anywhere (actions/runner, ActionCommand.cs). */
function parsed(line: string): Parsed | undefined {
  const [, info = '', data = ''] = /^\s*::((?:(?!::)[\s\S])*)::([\s\S]*)$/.exec(line) ?? [];
  const [command = '', ...rest] = info.split(' ');
  if (REGISTERED.includes(command)) {
    const pairs = rest
      .join(' ')
      .split(',')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))]);
    return { command, properties: Object.fromEntries(pairs), data: unescaped(data) };
  }
  const [, old = ''] = /##\[([^\]]*)\]/.exec(line) ?? [];
  return old === '' ? undefined : { command: `old ${old}`, properties: {}, data: '' };
}

function unescaped(text: string): string {
  return ['%0D\r', '%0A\n', '%3A:', '%2C,', '%25%'].reduce(
    (left, pair) => left.replaceAll(pair.slice(0, 3), pair.slice(3)),
    text,
  );
}

test('whatever a template holds, the runner reads our commands and no other', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const lines = renderGithub(report).split('\n').slice(0, -1);
      const commands = lines.map(parsed);
      expect(commands.at(-1)).toBeUndefined();
      for (const command of commands.slice(0, -1)) {
        expect(['error', 'warning', 'notice']).toContain(command?.command);
        for (const name of Object.keys(command?.properties ?? {})) {
          expect(['file', 'line', 'endLine', 'col', 'title']).toContain(name);
        }
        expect(command?.data.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(command?.data).toMatch(/\nFix: /);
      }
      // What stands there survives, or can be seen.
      const shown = commands.flatMap((command) => command?.data.split('\n')[0] ?? []);
      const open = report.targets.flatMap(({ findings }) => findings).filter(isOpen);
      expect(shown.sort()).toEqual(open.map(({ message }) => visible(message, 1000)).sort());
    }),
    { numRuns: 60 },
  );
});
