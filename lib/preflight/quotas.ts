import type { App } from '../judge/template';
import type { Counted } from './quota-counts';
import { QUOTAS, type Quota } from './quota-table';
import type { Obstacle, QuotaUse, Section } from './report';
import { inRegion } from './shell';

/** From this share of a quota on, what an account has already is likely to matter. */
const NEAR = 0.8;

/** What the templates take of AWS's default quotas. What an account has already, only the account knows. */
export function quotasOf(app: App): Section<readonly QuotaUse[]> {
  const found = QUOTAS.flatMap((quota) =>
    quota
      .count(app)
      .filter(({ count }) => count > 0)
      .map((counted) => useOf(quota, counted)),
  );
  return { found, obstacles: found.flatMap(obstacleOf) };
}

function useOf({ quota, limit, adjustable, source, service }: Quota, counted: Counted): QuotaUse {
  const { region } = counted;
  const where = region === 'global' || region === 'any' ? undefined : region;
  const query = `--query "Quotas[?QuotaName=='${quota}'].Value" --output text`;
  return {
    quota,
    ...counted,
    limit,
    adjustable,
    source,
    ...(service === undefined
      ? {}
      : {
          check: `aws service-quotas list-service-quotas --service-code ${service} ${query}${inRegion(where)}`,
        }),
  };
}

/** Whether a use comes near its quota. */
export function isNear({ count, limit }: QuotaUse): boolean {
  return count >= limit * NEAR;
}

function obstacleOf(use: QuotaUse): readonly Obstacle[] {
  const { quota, region, of, count, limit, adjustable } = use;
  if (!isNear(use)) return [];
  const where = of ?? region;
  const isOver = count > limit;
  const raise = `have the quota raised${region === 'global' ? '' : ` in ${region}`} before (Service Quotas), or make fewer`;
  return [
    {
      // A quota that AWS may have raised is for the account to tell.
      level: isOver && !adjustable ? 'blocks' : 'warns',
      topic: 'quotas',
      where,
      message: `the templates make ${count} where the ${adjustable ? 'default' : 'fixed'} quota is ${limit}: ${quota}${isOver ? '' : ', and the account may have some already'}`,
      remedy: adjustable ? raise : 'make fewer: AWS does not raise it',
    },
  ];
}
