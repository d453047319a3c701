import path from 'node:path';
import { App, Lazy, Stack, Token } from 'aws-cdk-lib';
import { TlsDistribution, TlsOrigin } from '../../../lib/constructs/distribution';
import { WellKnownDocuments } from '../../../lib/constructs/trust-site';
import { judge } from '../../../lib/judge/judge';
import { loadAssembly } from '../../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App as RenderedApp } from '../../../lib/judge/template';
import { renderStatement, statementOf } from '../../../lib/proof/statement';
import { certificate, distribution } from '../../judge/statement/support';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, FLAGS, rendered, resourcesOf, stackIn } from '../support';
import { documentsFolder, SECURITY_TXT, statementText } from './support';

const FUNCTION = 'AWS::CloudFront::Function';

const define = (stack: Stack, directory = documentsFolder()) =>
  new WellKnownDocuments(stack, 'WellKnown', { directory });

function functionIn(stack: Stack) {
  const [resource] = Object.values(resourcesOf(stack, FUNCTION));
  return resource;
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('WellKnownDocuments %s', (_, flags) => {
  test('is one function of the newest runtime that is published', () => {
    const stack = stackIn('us-east-1', flags);
    define(stack);
    rendered(stack).resourceCountIs(FUNCTION, 1);
    rendered(stack).hasResourceProperties(FUNCTION, {
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
  });

  test('holds both documents, the statement without spaces', () => {
    const stack = stackIn('us-east-1', flags);
    define(stack);
    const code = functionIn(stack)?.Properties.FunctionCode;
    const [, literal = ''] = /^var documents = (.*);$/m.exec(code) ?? [];
    expect(JSON.parse(literal)).toEqual({
      '/.well-known/security.txt': { type: 'text/plain; charset=utf-8', text: SECURITY_TXT },
      '/.well-known/transmission.json': {
        type: 'application/json',
        text: JSON.stringify(JSON.parse(statementText())),
      },
    });
  });

  test('writes down what the judge compares, apart from reasons', () => {
    const stack = stackIn('us-east-1', flags);
    const { statementDigest, securityTxtExpires } = define(stack);
    expect(statementDigest).toBe(JSON.parse(statementText()).generatedFrom);
    expect(securityTxtExpires).toEqual(new Date('2027-06-30T00:00:00Z'));
    expect(functionIn(stack)?.Metadata).toMatchObject({
      SecureTransmissionPublished: { statementDigest, securityTxtExpires: '2027-06-30T00:00:00Z' },
    });
  });

  test('is attached to a behavior of a distribution', () => {
    const stack = stackIn('us-east-1', flags);
    const certificate = certificateIn(stack, 'edge', 'us-east-1');
    const origin = TlsOrigin.httpsHost('origin.example.com');
    const directory = documentsFolder();
    // #region behavior
    const documents = new WellKnownDocuments(stack, 'WellKnown', { directory });
    new TlsDistribution(stack, 'Edge', {
      certificate,
      domainNames: ['shop.example.com'],
      defaultBehavior: { origin },
      additionalBehaviors: {
        [WellKnownDocuments.PATH_PATTERN]: {
          origin,
          functionAssociations: [documents.functionAssociation],
        },
      },
    });
    // #endregion behavior
    const [edge] = Object.values(resourcesOf(stack, 'AWS::CloudFront::Distribution'));
    expect(edge?.Properties.DistributionConfig.CacheBehaviors).toMatchObject([
      {
        PathPattern: '/.well-known/*',
        FunctionAssociations: expect.arrayContaining([
          {
            EventType: 'viewer-request',
            FunctionARN: { 'Fn::GetAtt': [expect.stringMatching(/^WellKnown/), 'FunctionARN'] },
          },
        ]),
      },
    ]);
  });

  test('gives the same template at any time: no clock is read', () => {
    const templates = ['2000-01-01', '2100-01-01'].map((day) => {
      jest.useFakeTimers({
        now: new Date(day),
        doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'],
      });
      const stack = stackIn('us-east-1', flags);
      define(stack);
      const json = rendered(stack).toJSON();
      jest.useRealTimers();
      return json;
    });
    expect(templates[0]).toEqual(templates[1]);
  });
});

describe('a folder is refused', () => {
  const refused = (directory: string) => {
    const stack = stackIn('us-east-1');
    try {
      define(stack, directory);
    } catch (error) {
      return String(error).replace('TransmissionError: ', '').replaceAll(directory, 'trust');
    }
    return 'nothing';
  };
  const changed = (edit: (document: Record<string, unknown>) => object) =>
    JSON.stringify(edit(JSON.parse(statementText())));
  const RUN =
    "run 'secure-transmission statement cdk.out --output trust', for which an earlier synthesis will do";

  test.each<[string, () => string, string]>([
    [
      'without a statement',
      () => documentsFolder(null),
      `Stack/WellKnown: 'directory' must hold transmission.json and security.txt, got no ${path.join('trust', 'transmission.json')}, ${RUN}`,
    ],
    [
      'without security.txt',
      () => documentsFolder(undefined, null),
      `Stack/WellKnown: 'directory' must hold transmission.json and security.txt, got no ${path.join('trust', 'security.txt')}, ${RUN}`,
    ],
    [
      'with a statement that was changed by hand',
      () =>
        documentsFolder(
          changed((document) => ({ ...document, awsEndpoints: { total: 1, refusePlaintext: 1 } })),
        ),
      `Stack/WellKnown: 'directory' holds a transmission.json that was changed by hand, ${RUN}`,
    ],
    [
      'with a statement to which a person added what no digest covers',
      () => documentsFolder(changed((document) => ({ ...document, certified: 'PCI DSS Level 1' }))),
      `Stack/WellKnown: 'directory' holds a transmission.json that must hold nothing but $schema, version, generator, generatedFrom, asOf, endpoints, furtherHops, awsEndpoints, stores, notJudged, got "certified", ${RUN}`,
    ],
    [
      'with a statement of a later version',
      () => documentsFolder(changed((document) => ({ ...document, version: 2 }))),
      `Stack/WellKnown: 'directory' holds a transmission.json that must be of version 1, got a later one, upgrade this package, ${RUN}`,
    ],
    [
      'with a statement that is no JSON',
      () => documentsFolder('<html>'),
      `Stack/WellKnown: 'directory' holds a transmission.json that must be JSON, got something else, ${RUN}`,
    ],
    [
      'with security.txt that breaks RFC 9116',
      () => documentsFolder(undefined, 'Contact: me@example.com\n'),
      "Stack/WellKnown: 'directory' holds a security.txt that breaks RFC 9116 (and 1 more): 'Expires' must be given, got none, add it",
    ],
    [
      'with security.txt that is no UTF-8',
      () => documentsFolder(undefined, Buffer.from([0x23, 0xff, 0x0a])),
      `Stack/WellKnown: 'directory' must hold files of UTF-8, got ${path.join('trust', 'security.txt')}, save it as UTF-8`,
    ],
  ])('%s', (_, folder, message) => {
    expect(refused(folder())).toBe(message);
  });

  test('with documents that are larger than a function may be', () => {
    const long = `${SECURITY_TXT}${'# thanks\n'.repeat(900)}`;
    expect(refused(documentsFolder(undefined, long))).toMatch(
      /^Stack\/WellKnown: 'directory' must hold documents that fit into a CloudFront Function, which has 10240 bytes with its code, got \d{5} \(transmission\.json \d+, security\.txt \d+\), shorten security\.txt, or serve/,
    );
  });

  test('whose name is not known at synthesis', () => {
    expect(() => define(stackIn('us-east-1'), Lazy.string({ produce: () => 'trust' }))).toThrow(
      "'directory' must be a path that is known at synthesis, got an unresolved value, write it out",
    );
    expect(Token.isUnresolved('trust')).toBe(false);
  });
});

test('twenty endpoints that are alike, with ten names each, fit into a function', () => {
  const edges = Array.from({ length: 20 }, (_, i) => [
    `Edge${i}`,
    distribution({ Aliases: Array.from({ length: 10 }, (_, j) => `name-${i}-${j}.shop.example.com`) }),
  ]);
  const text = statementText({ Certificate: certificate('shop.example.com'), ...Object.fromEntries(edges) });
  expect(() => define(stackIn('us-east-1'), documentsFolder(text))).not.toThrow();
});

describe('what packs say of it', () => {
  const NOW = '1798761600'; // 2027-01-01

  const withClock = <T>(run: () => T): T => {
    const before = process.env.SOURCE_DATE_EPOCH;
    process.env.SOURCE_DATE_EPOCH = NOW;
    try {
      return run();
    } finally {
      if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
      else process.env.SOURCE_DATE_EPOCH = before;
    }
  };

  test('nothing, where the statement is that of the app', () => {
    const stack = new Stack(new App({ context: FLAGS }), 'Stack', { env: { region: 'us-east-1' } });
    define(stack, documentsFolder(statementText({})));
    expect(withClock(() => findingsOf(stack))).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('nothing of a distribution that serves it, once the statement was written again', () => {
    const appWith = (directory?: string) => {
      const app = new App({ context: FLAGS, analyticsReporting: false });
      const stack = new Stack(app, 'Shop', { env: { region: 'us-east-1' } });
      const origin = TlsOrigin.httpsHost('origin.example.com');
      const associations = directory === undefined ? [] : [define(stack, directory).functionAssociation];
      new TlsDistribution(stack, 'Edge', {
        certificate: certificateIn(stack, 'edge', 'us-east-1'),
        domainNames: ['shop.example.com'],
        defaultBehavior: { origin },
        additionalBehaviors: {
          [WellKnownDocuments.PATH_PATTERN]: { origin, functionAssociations: associations },
        },
      });
      return stack;
    };
    const statementAfter = (stack: Stack) => {
      const rendered = new RenderedApp(loadAssembly((stack.node.root as App).synth().directory));
      return renderStatement(statementOf(rendered, judge(rendered, TRANSMISSION_PACK)));
    };
    const first = statementAfter(appWith());
    expect(JSON.parse(first).endpoints).toMatchObject([{ hosts: ['shop.example.com'] }]);
    const again = statementAfter(appWith(documentsFolder(first)));
    expect(again).toBe(first);
    const findings = withClock(() => findingsOf(appWith(documentsFolder(again))));
    expect(findings.filter((line) => /Published|SecurityTxt/.test(line))).toEqual([]);
  });

  test('a warning, where it is that of another app', () => {
    const stack = new Stack(new App({ context: FLAGS }), 'Stack', { env: { region: 'us-east-1' } });
    define(stack);
    expect(withClock(() => findingsOf(stack))).toEqual([
      expect.stringMatching(
        /^warning TransmissionChecks-PublishedStatementIsCurrent WellKnown\w* Metadata\.SecureTransmissionPublished\.statementDigest$/,
      ),
    ]);
  });
});
