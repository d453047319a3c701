import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EDGE_REGION } from '../constructs/edge-region';
import {
  BASELINE_DOCUMENT_FILE,
  BASELINE_DOCUMENT_VERSION,
  type BaselineDocument,
  type BaselineStackTemplate,
} from '../core/handover';
import { type TlsPolicy, tlsPolicySchema } from '../core/tls';
import { VERSION } from '../core/version';
import type { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration-file';

/** What the document tells. */
export interface HandoverDocumentProps {
  readonly configuration: BaselineConfiguration;
  readonly stacks: readonly BaselineStack[];
}

/**
 * Writes `baseline.json` beside the templates: what apps that stand on the baseline, and their judge, must know.
 *
 * It must be created after the stacks, whose templates it reads: a synthesis visits constructs in that order.
 */
export class HandoverDocument extends Construct {
  constructor(scope: Construct, id: string, props: HandoverDocumentProps) {
    super(scope, id);
    attachCustomSynthesis(this, {
      onSynthesize: ({ outdir }) => {
        const text = `${JSON.stringify(documentOf(props, outdir), undefined, 2)}\n`;
        writeFileSync(join(outdir, BASELINE_DOCUMENT_FILE), text);
      },
    });
  }
}

function documentOf({ configuration, stacks }: HandoverDocumentProps, outdir: string): BaselineDocument {
  const { name, region, account, tlsProfile, tlsPolicies, retentionDays, network } = configuration;
  const { domainName, subjectAlternativeNames, distribution } = configuration;
  return {
    version: BASELINE_DOCUMENT_VERSION,
    writtenBy: `cdk-secure-transmission ${VERSION}`,
    name,
    region,
    ...(distribution === undefined ? {} : { edgeRegion: EDGE_REGION }),
    ...(account === undefined ? {} : { account }),
    tlsProfile: tlsProfile.name,
    tlsPolicies: tlsPolicies.map(asConfigured),
    domainNames: [domainName, ...subjectAlternativeNames],
    retentionDays,
    availabilityZoneCount: network.availabilityZoneCount,
    privateSubnetsHaveEgress: network.natGateways > 0,
    parameters: Object.assign({}, ...stacks.map(({ handedOver }) => handedOver.parameters)),
    stacks: stacks.map((stack) => templateOf(stack, outdir, account)),
  };
}

/** As `tlsPolicies` of a configuration holds it, without what reading it has added. */
function asConfigured(policy: TlsPolicy): object {
  const known = Object.keys(tlsPolicySchema.properties);
  return Object.fromEntries(
    Object.entries(policy).filter(([key, value]) => known.includes(key) && value !== undefined),
  );
}

function templateOf(
  stack: BaselineStack,
  outdir: string,
  account: string | undefined,
): BaselineStackTemplate {
  const template = JSON.parse(readFileSync(join(outdir, stack.templateFile), 'utf8')) as Template;
  // What the deployment asks of a bootstrapped account is no concern of those who read this.
  const {
    Rules: _rules,
    Parameters: { BootstrapVersion: _version, ...Parameters } = {},
    ...sections
  } = template;
  return {
    name: stack.node.path,
    stackName: stack.stackName,
    region: stack.region,
    ...(account === undefined ? {} : { account }),
    template: {
      ...sections,
      ...(Object.keys(Parameters).length === 0 ? {} : { Parameters }),
      Resources: Object.fromEntries(
        Object.entries(template.Resources)
          .filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata')
          .map(([id, { Metadata: _metadata, ...resource }]) => [id, resource]),
      ),
    },
  };
}

interface Template {
  readonly Rules?: unknown;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Metadata?: unknown }>>;
}
