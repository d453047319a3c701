import { VERSION } from '../../lib/core/version';
import { run } from './support';

const PROGRAM = `secure-transmission: checks CloudFormation templates for customer data that travels unprotected

Usage: secure-transmission <command> [options]

Commands:
  check [target...]                  judge a CDK app, what a synthesis wrote, or any CloudFormation template
  diff <base> <head>                 compare two states of an app: what is new, what is weaker, and what
                                     excuses it
  posture <target>                   print how data travels to, through and out of an app, endpoint by
                                     endpoint
  preflight <assembly>               tell what must be true before cdk deploy, and what it will do
  statement <target>                 write what the app publishes: transmission.json and security.txt
  certificates audit                 tell of every certificate in ACM whether it lasts, renews and is strong
  probe [host[:port]...]             ask servers which TLS they accept, and compare it with what the templates
                                     promise
  payment-page check <https-url...>  compare payment pages with what was approved for them (PCI DSS 11.6.1)
  trail verify <folder>              tell whether a copy of an audit trail is whole and unchanged, without
                                     asking AWS
  digest <assembly>                  print by what an assembly is known again, so that what was judged is what
                                     is deployed
  explain <rule>                     tell why a rule is there, how to satisfy it and what it refers to
  rules                              list the rules of packs with their levels

Options:
  -h, --help     print this
  -v, --version  print the version

Of its commands only certificates, probe and payment-page ask the network. It runs nothing but a CDK app that
it is given.
'secure-transmission <command> --help' tells more.
`;

const CHECK = `secure-transmission check: judge a CDK app, what a synthesis wrote, or any CloudFormation template

Usage: secure-transmission check [options] [target...]

Options:
      --pack NAME              transmission, pci-dss-401, gdpr (default: transmission); may be repeated
      --profile NAME           the kind of app, which decides about packs and levels (docs/profiles.md)
      --format FORMAT          text, json, sarif, github, summary, markdown, junit, gitlab (default: text);
                               may be repeated
      --output FILE            where the format before it goes (default: standard output); may be repeated
      --fail-on LEVEL          the lightest level that fails: fatal, error, warning, info (default: error)
      --parameters NAME=VALUE  the value of a parameter; Stack.NAME=VALUE for one stack; may be repeated
      --context NAME=VALUE     context for a CDK app, as for cdk synth; may be repeated
      --time-limit SECONDS     how long a CDK app may run (default: 600)
      --baseline FILE          the baseline.json that the app stands on: what it reads from SSM leads there
      --config FILE            settings in JSON or YAML (default: secure-transmission.config.json or .yaml)
      --waivers FILE           waivers in YAML, beside those that the templates carry
      --known FILE             old findings in JSON that do not count for 180 days (docs/known-findings.md)
      --update-known           write what is found now to the file of --known, as accepted
      --owner NAME             who answers for what --update-known adds
      --now DATE               the time of the check (default: SOURCE_DATE_EPOCH, else the clock)
      --category NAME          as sarif, what sets apart checks of the same target, such as the stage
  -q, --quiet                  as text, only the findings that fail the check; as sarif, only those that count
      --color                  colour text (default: on a terminal, unless NO_COLOR is set)
      --no-color               do not colour text
  -h, --help                   print this

Exit codes:
  0  nothing at or above the level of --fail-on
  1  findings at or above the level of --fail-on
  2  wrong use, configuration or input: nothing was checked
  3  something could not be checked, which is never a pass

Examples:
  secure-transmission check
  secure-transmission check cdk.out
  secure-transmission check "templates/**/*.yaml"
  secure-transmission check cdk.out --format text --format sarif --output report.sarif
  secure-transmission check cdk.out --format github --format summary --output summary.md
  secure-transmission check network.yaml --parameters Stage=production --fail-on warning
  secure-transmission check network.yaml --waivers waivers.yaml
  secure-transmission check cdk.out --known known.json --update-known --owner web-team
  secure-transmission check cdk.out --profile both --config settings.json
`;

const POSTURE = `secure-transmission posture: print how data travels to, through and out of an app, endpoint by endpoint

Usage: secure-transmission posture [options] <target>

Options:
      --pack NAME              transmission, pci-dss-401, gdpr (default: transmission); may be repeated
      --profile NAME           the kind of app, which decides about packs and levels (docs/profiles.md)
      --parameters NAME=VALUE  the value of a parameter; Stack.NAME=VALUE for one stack; may be repeated
      --baseline FILE          the baseline.json that the app stands on: what it reads from SSM leads there
      --config FILE            settings in JSON or YAML (default: secure-transmission.config.json or .yaml)
      --waivers FILE           waivers in YAML, beside those that the templates carry
      --color                  colour text (default: on a terminal, unless NO_COLOR is set)
      --no-color               do not colour text
  -h, --help                   print this

Examples:
  secure-transmission posture cdk.out
`;

const EXPLAIN = `secure-transmission explain: tell why a rule is there, how to satisfy it and what it refers to

Usage: secure-transmission explain [options] <rule>

Options:
      --pack NAME     transmission, pci-dss-401, gdpr (default: all); may be repeated
      --profile NAME  the kind of app, which decides about packs and levels (docs/profiles.md)
      --config FILE   settings in JSON or YAML (default: secure-transmission.config.json or .yaml)
  -h, --help          print this

Examples:
  secure-transmission explain ResourceCanBeJudged
  secure-transmission explain PciDss401Checks-KeyRotatesWithinAYear
`;

const RULES = `secure-transmission rules: list the rules of packs with their levels

Usage: secure-transmission rules [options]

Options:
      --pack NAME     transmission, pci-dss-401, gdpr (default: transmission); may be repeated
      --profile NAME  the kind of app, which decides about packs and levels (docs/profiles.md)
      --config FILE   settings in JSON or YAML (default: secure-transmission.config.json or .yaml)
  -h, --help          print this

Examples:
  secure-transmission rules
  secure-transmission rules --pack pci-dss-401 --pack gdpr
  secure-transmission rules --profile public-site
`;

const STATEMENT = `secure-transmission statement: write what the app publishes: transmission.json and security.txt

Usage: secure-transmission statement [options] <target>

Options:
      --output FOLDER             where the two files lie (default: trust)
      --check                     write nothing, fail where what lies there is stale
      --contact URI               where holes are reported: mailto:, tel: or https://; may be repeated
      --expires DATE              when security.txt expires (default: in 180 days)
      --policy URI                how reports are handled; may be repeated
      --encryption URI            where the key for reports lies; may be repeated
      --canonical URI             where security.txt is served; may be repeated
      --preferred-languages TAGS  languages of reports, such as en,es
      --now DATE                  the time, which is then stated (default: as for check, not stated)
      --pack NAME                 transmission, pci-dss-401, gdpr (default: transmission); may be repeated
      --profile NAME              the kind of app, which decides about packs and levels (docs/profiles.md)
      --parameters NAME=VALUE     the value of a parameter; Stack.NAME=VALUE for one stack; may be repeated
      --baseline FILE             the baseline.json that the app stands on: what it reads from SSM leads there
      --config FILE               settings in JSON or YAML (default: secure-transmission.config.json or .yaml)
  -h, --help                      print this

Examples:
  secure-transmission statement cdk.out --contact mailto:security@example.com
  secure-transmission statement cdk.out --output trust --expires 2027-06-30
  secure-transmission statement cdk.out --check
`;

const PREFLIGHT = `secure-transmission preflight: tell what must be true before cdk deploy, and what it will do

Usage: secure-transmission preflight [options] <assembly>

Options:
      --config FILE            the configuration of the baseline that the assembly was made from
      --format FORMAT          text, json (default: text)
      --parameters NAME=VALUE  the value of a parameter; Stack.NAME=VALUE for one stack; may be repeated
      --baseline FILE          the baseline.json that the app stands on: what it reads from SSM leads there
      --now DATE               the time of the check (default: SOURCE_DATE_EPOCH, else the clock)
      --color                  colour text (default: on a terminal, unless NO_COLOR is set)
      --no-color               do not colour text
  -h, --help                   print this

Exit codes:
  0  ready: nothing that can be told from here blocks the deployment
  1  something blocks it
  2  wrong use, configuration or input: nothing was looked at
  3  something could not be judged, which is never ready

Examples:
  secure-transmission preflight cdk.out --config secure-transmission.baseline.json
  secure-transmission preflight cdk.out --parameters Shop.Stage=production --format json
`;

const CERTIFICATES = `secure-transmission certificates: tell of every certificate in ACM whether it lasts, renews and is strong

Usage: secure-transmission certificates [options] audit

Options:
      --region REGION          where to look; those of CloudFront lie in us-east-1 (default: AWS_REGION); may
                               be repeated
      --profile NAME           a profile of the AWS configuration (default: the SDK's chain of credentials)
      --assembly TARGET        a cdk.out or template, whose hosts their certificates must name
      --parameters NAME=VALUE  the value of a parameter; Stack.NAME=VALUE for one stack; may be repeated
      --format FORMAT          table, json, csv, the inventory of PCI DSS 4.2.1.1 (default: table); may be
                               repeated
      --output FILE            where the format before it goes (default: standard output); may be repeated
      --fail-on LEVEL          the lightest level that fails: error, warning, info (default: error)
      --time-limit SECONDS     how long it may take in all (default: 600)
      --now DATE               the time of the check (default: SOURCE_DATE_EPOCH, else the clock)
      --color                  colour text (default: on a terminal, unless NO_COLOR is set)
      --no-color               do not colour text
  -h, --help                   print this

Exit codes:
  0  nothing at or above the level of --fail-on
  1  findings at or above the level of --fail-on
  2  wrong use, configuration or input: nothing was looked at
  3  a region or a certificate could not be read; what was found elsewhere is printed

Examples:
  secure-transmission certificates audit --region eu-west-1 --region us-east-1 --profile production
  secure-transmission certificates audit --region eu-west-1 --assembly cdk.out --fail-on warning
  secure-transmission certificates audit --region eu-west-1 --format csv --output certificates.csv
`;

test.each([
  ['--help', PROGRAM],
  ['-h', PROGRAM],
  ['help', PROGRAM],
  ['check --help', CHECK],
  ['check cdk.out -h', CHECK],
  ['posture --help', POSTURE],
  ['preflight --help', PREFLIGHT],
  ['statement --help', STATEMENT],
  ['certificates --help', CERTIFICATES],
  ['explain --help', EXPLAIN],
  ['rules -h', RULES],
])('%s', (line, help) => {
  expect(run(line.split(' '))).toEqual({ code: 0, out: help, err: '' });
});

test.each(['--version', '-v'])('%s', (option) => {
  expect(run([option])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
});

test.each([PROGRAM, CHECK, POSTURE, STATEMENT, CERTIFICATES, EXPLAIN, RULES])(
  'no line of the help is wider than 110',
  (help) => {
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  },
);
