import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { METRIC_NAMESPACE } from '../../core/embedded-metrics';
import type { ApiRoute, IApi } from '../api';
import { invalidProperty } from '../invalid-property';
import type { VaultFunction } from './privileges';
import { METRICS } from './runtime/host/meter';
import { isName } from './runtime/http/caller';
import type { VaultRight, VaultTenant } from './token-vault-props';
import { aliasOf, functionsOf, routesOf } from './vault-routes';

/** In whose name a principal calls. */
export interface VaultCaller {
  readonly tenant: string;
  /**
   * The name that the audit record has.
   *
   * @default - the grantee of the tenant that has the right, where there is one
   */
  readonly grantee?: string;
}

/** What may be revealed. */
export interface RevealOptions extends VaultCaller {
  /** `masked`: what is shown to who may not have the value. `full`: the value. */
  readonly view: 'masked' | 'full';
}

/** Whether it may also be told of tokens that values have already. */
export interface TokenizeOptions extends VaultCaller {
  /**
   * Whether it may ask for one token for the same value: the answer tells whether the value is there, so that its grantee
   * needs the right to look up too.
   *
   * @default false
   */
  readonly deduplicate?: boolean;
}

/** Tokens in place of data. */
export interface ITokenVault extends IConstruct {
  /** Its name, in derivations, encryption contexts and metrics. */
  readonly vaultName: string;

  /** Lets a principal create tokens for a tenant, and see none of what others created. */
  grantTokenize(grantee: iam.IGrantable, options: TokenizeOptions): iam.Grant;
  /** Lets a principal reveal a tenant's tokens in one view. */
  grantReveal(grantee: iam.IGrantable, options: RevealOptions): iam.Grant;
  /** Lets a principal find the tokens of values, which tells whether a value is there, and describe tokens. */
  grantLookup(grantee: iam.IGrantable, caller: VaultCaller): iam.Grant;
  /** Lets a principal erase and hold subjects, delete tokens, and verify receipts. */
  grantErase(grantee: iam.IGrantable, caller: VaultCaller): iam.Grant;

  /** A metric of the vault, such as `KeyErrors`. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** A metric of one caller, such as `Revealed`. */
  metricOfCaller(
    caller: Required<VaultCaller>,
    metricName: string,
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric;
  /** Items that a caller was given, in any view. */
  metricRevealed(caller: Required<VaultCaller>, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls that a key kept from being answered. */
  metricKeyErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Reveals of tokens that nobody has a reason to reveal. */
  metricCanaryRevealed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a vault that another stack or app defines. */
export interface TokenVaultAttributes {
  readonly vaultName: string;
  /** The API in front; this or `functionArns`. */
  readonly api?: IApi;
  /** The ARNs of its functions, without an alias. */
  readonly functionArns?: Readonly<Partial<Record<VaultFunction, string>>>;
  /**
   * Who may ask for what, as where the vault is defined.
   *
   * @default - not known: `grantee` must be said, and rights are not checked
   */
  readonly tenants?: Readonly<Record<string, VaultTenant>>;
}

/** What vaults have in common, whoever made them. */
export abstract class TokenVaultBase extends Construct implements ITokenVault {
  abstract readonly vaultName: string;
  protected abstract readonly tenants: Readonly<Record<string, VaultTenant>> | undefined;
  protected abstract readonly frontApi: IApi | undefined;

  grantTokenize(grantee: iam.IGrantable, { deduplicate = false, ...caller }: TokenizeOptions): iam.Grant {
    if (!deduplicate) return this.grant(grantee, caller, ['tokenize'], ['tokenize']);
    return this.grant(grantee, caller, ['tokenize'], ['tokenize', 'look-up'], ['lookUp', 'describe']);
  }

  grantReveal(grantee: iam.IGrantable, { view, ...caller }: RevealOptions): iam.Grant {
    const right: VaultRight = view === 'full' ? 'reveal-full' : 'reveal-masked';
    return this.grant(grantee, caller, [right], [right]);
  }

  grantLookup(grantee: iam.IGrantable, caller: VaultCaller): iam.Grant {
    return this.grant(grantee, caller, ['look-up'], ['look-up']);
  }

  grantErase(grantee: iam.IGrantable, caller: VaultCaller): iam.Grant {
    return this.grant(grantee, caller, ['erase'], ['erase']);
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { Vault: this.vaultName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricOfCaller(
    { tenant, grantee }: Required<VaultCaller>,
    metricName: string,
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    const dimensionsMap = { Vault: this.vaultName, Tenant: tenant, Grantee: grantee };
    return this.metric(metricName, { dimensionsMap, ...options });
  }

  metricRevealed(caller: Required<VaultCaller>, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricOfCaller(caller, METRICS.revealed, options);
  }

  metricKeyErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.keyErrors, options);
  }

  metricCanaryRevealed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(METRICS.canaryRevealed, options);
  }

  /** The ARN of an alias of a function. */
  protected abstract aliasArn(name: VaultFunction, alias: string): string;

  private grant(
    grantee: iam.IGrantable,
    caller: VaultCaller,
    granted: readonly VaultRight[],
    needed: readonly VaultRight[],
    without: readonly string[] = [],
  ): iam.Grant {
    const { tenant } = caller;
    const name = this.granteeOf(caller, needed);
    const api = this.frontApi;
    if (api !== undefined) {
      const routes = routesOf(without.length > 0 ? needed : granted, tenant, name, without);
      return api.grantInvoke(grantee, ...(routes as ApiRoute[]));
    }
    const resourceArns = functionsOf(granted).map((fn) => this.aliasArn(fn, aliasOf(tenant, name)));
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns });
  }

  /** Who calls, which the tenants must know. */
  private granteeOf({ tenant, grantee }: VaultCaller, needed: readonly VaultRight[]): string {
    if (!isName(tenant) || (grantee !== undefined && !isName(grantee))) {
      throw invalidProperty(
        this,
        "'tenant' and 'grantee' must be names of small letters, digits and hyphens, got others, correct them",
      );
    }
    if (this.tenants === undefined) {
      if (grantee !== undefined) return grantee;
      throw invalidProperty(
        this,
        "'grantee' must be said where 'tenants' of an imported vault are not known, name it",
      );
    }
    const known = this.tenants[tenant];
    if (known === undefined) {
      throw invalidProperty(
        this,
        `'tenant' must be one of ${Object.keys(this.tenants).join(', ')}, got ${JSON.stringify(tenant)}, add it to 'tenants'`,
      );
    }
    const able = Object.keys(known.grantees).filter((one) =>
      needed.every((right) => known.grantees[one]?.includes(right)),
    );
    const [only, ...others] = grantee === undefined ? able : able.filter((one) => one === grantee);
    if (only !== undefined && others.length === 0) return only;
    const who = grantee === undefined ? `one grantee of ${tenant}` : `the grantee ${grantee} of ${tenant}`;
    const got = only === undefined ? 'none' : [only, ...others].join(' and ');
    throw invalidProperty(
      this,
      `${who} must have ${needed.join(' and ')} among its rights, got ${got}, change 'tenants'${only === undefined ? '' : " or say 'grantee'"}`,
    );
  }
}

/** A vault that another stack or app defines. */
export class ImportedTokenVault extends TokenVaultBase {
  readonly vaultName: string;
  protected readonly tenants: Readonly<Record<string, VaultTenant>> | undefined;
  protected readonly frontApi: IApi | undefined;
  readonly #functionArns: Readonly<Partial<Record<VaultFunction, string>>>;

  constructor(scope: Construct, id: string, attributes: TokenVaultAttributes) {
    super(scope, id);
    const { vaultName, api, functionArns, tenants } = attributes;
    if ((api === undefined) === (functionArns === undefined)) {
      throw invalidProperty(
        this,
        "exactly one of 'api' and 'functionArns' must be set, since by one of them the vault is called, name it",
      );
    }
    this.vaultName = vaultName;
    this.frontApi = api;
    this.tenants = tenants;
    this.#functionArns = functionArns ?? {};
  }

  protected aliasArn(name: VaultFunction, alias: string): string {
    const arn = this.#functionArns[name];
    if (arn !== undefined) return `${arn}:${alias}`;
    throw invalidProperty(this, `'functionArns' must hold ${name} to grant it, got none, add its ARN`);
  }
}
