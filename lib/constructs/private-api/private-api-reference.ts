import type { Construct } from 'constructs';
import { ApiBase, type IApi } from '../api';
import { DEFAULT_STAGE } from '../api/routes';
import { invalidProperty } from '../invalid-property';

/** A REST API that is reached from networks that it names, and nowhere else. */
export interface IPrivateApi extends IApi {
  /** The custom domain by which it is called; absent where it has none, or is not known. */
  readonly domainName?: string;
}

/** What identifies a private API that exists already. */
export interface PrivateApiAttributes {
  /** The id of the API, such as `a1b2c3d4e5`; it may be known at deployment only. */
  readonly restApiId: string;
  /** @default 'prod' */
  readonly stageName?: string;
  /**
   * Its name.
   *
   * @default - the metrics that API Gateway has of it cannot be used
   */
  readonly apiName?: string;
  /** @default - not known */
  readonly domainName?: string;
  /** @default - that of the stack */
  readonly account?: string;
  /** @default - that of the stack */
  readonly region?: string;
}

/** A private API that another stack or app defines. */
export class ImportedPrivateApi extends ApiBase implements IPrivateApi {
  readonly restApiId: string;
  readonly stageName: string;
  readonly domainName?: string;
  protected readonly apiName: string | undefined;
  protected override readonly place: { readonly account?: string; readonly region?: string };

  constructor(scope: Construct, id: string, attributes: PrivateApiAttributes) {
    super(scope, id);
    if (attributes.restApiId === '') {
      throw invalidProperty(
        this,
        "'restApiId' must not be empty, it is the first part of the API's execute-api name, name it",
      );
    }
    this.restApiId = attributes.restApiId;
    this.stageName = attributes.stageName ?? DEFAULT_STAGE;
    this.apiName = attributes.apiName;
    this.domainName = attributes.domainName;
    this.place = { account: attributes.account, region: attributes.region };
  }
}
