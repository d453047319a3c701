import { ACMClient, DescribeCertificateCommand, paginateListCertificates } from '@aws-sdk/client-acm';
import { auditCertificates } from '../../lib/live/certificates';
import { NOW, served } from '../../test/_fixtures/acm/certificates';
import { serveAcm } from '../../test/_fixtures/acm/server';
import type { Figure } from '../figures';
import { functionFigures, ownProgram, ownServer } from './own-program';

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const CERTIFICATES = 2500;
/** How long an answer takes, in milliseconds: ACM in the same region takes longer. */
const DELAY = 10;

/** What one reading of all certificates took. */
interface Reading {
  readonly certificates: number;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/**
 * An audit of 2,500 certificates in four regions, by the real SDK from a server on loopback in another process, beside what
 * a script does: list, and describe one after the other. Without the pace that spares the quota of an account, which
 * would measure nothing but itself.
 */
export async function certificateFigures(): Promise<readonly Figure[]> {
  const server = await ownServer('acm-server');
  try {
    const env = {
      AWS_ENDPOINT_URL_ACM: server.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    const ours = JSON.parse(await ownProgram('acm-audit', env)) as Reading;
    const script = JSON.parse(await ownProgram('acm-script', env)) as Reading;
    for (const { certificates } of [ours, script]) {
      if (certificates !== CERTIFICATES)
        throw new Error(`read ${certificates} of ${CERTIFICATES} certificates`);
    }
    const what = `audit of ${CERTIFICATES} certificates in ${REGIONS.length} regions`;
    const rival = 'one after the other';
    return [
      {
        name: what,
        value: ours.milliseconds,
        unit: 'ms',
        rival,
        ratio: ours.milliseconds / script.milliseconds,
      },
      {
        name: `${what}, memory`,
        value: ours.megabytes,
        unit: 'MB',
        rival,
        ratio: ours.megabytes / script.megabytes,
      },
      ...functionFigures('certificate-audit'),
    ];
  } finally {
    server.stop();
  }
}

/** What `bench/live.ts` runs as processes of their own. */
export const CERTIFICATE_PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  'acm-server': async () => {
    const each = CERTIFICATES / REGIONS.length;
    const certificates = Object.fromEntries(
      REGIONS.map((region) => [
        region,
        Array.from({ length: each }, (_, i) => served(`c${i}`, { region, left: i % 198 })),
      ]),
    );
    const { url } = await serveAcm({ certificates, delay: DELAY });
    console.log(url);
  },
  'acm-audit': () =>
    measured(async () => {
      const perSecond = Number.POSITIVE_INFINITY;
      const audit = await auditCertificates({ regions: REGIONS, now: NOW, perSecond });
      return audit.certificates.filter(({ complete }) => complete).length;
    }),
  'acm-script': () =>
    measured(async () => {
      let count = 0;
      for (const region of REGIONS) {
        const client = new ACMClient({ region });
        for await (const page of paginateListCertificates(
          { client },
          { Includes: { keyTypes: ['EC_prime256v1'] } },
        )) {
          for (const { CertificateArn } of page.CertificateSummaryList ?? []) {
            await client.send(new DescribeCertificateCommand({ CertificateArn }));
            count += 1;
          }
        }
      }
      return count;
    }),
};

async function measured(read: () => Promise<number>): Promise<void> {
  const started = performance.now();
  const certificates = await read();
  const milliseconds = performance.now() - started;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ certificates, milliseconds, megabytes } satisfies Reading));
}
