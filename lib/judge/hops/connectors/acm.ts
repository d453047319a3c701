import { type Cursor, type Resource, Text, type World } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';

/** AWS Certificate Manager: certificates that the templates ask for. */
export const acm: Connector = {
  service: 'acm',
  types: ['AWS::CertificateManager::Certificate'],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    const name = view.at('DomainName');
    const algorithm = view.at('KeyAlgorithm');
    const authority = view.at('CertificateAuthorityArn');
    const isPrivate = authority.isPresent;
    const logging = view.at('CertificateTransparencyLoggingPreference');
    const exported = view.at('CertificateExport');
    return [
      {
        fact: 'certificate',
        resource,
        domainName: observe<string>(name, name.string(), { otherwise: undefined }),
        validation: isPrivate
          ? stated(authority, 'private-ca' as const, { given: true })
          : validationOf(view.at('ValidationMethod')),
        keyAlgorithm: observe(algorithm, algorithm.string(), { otherwise: 'RSA_2048' }),
        // Private certificates are not logged, and whoever owns the authority may export them.
        transparencyLogging: isPrivate ? none(logging) : switchedBy(logging, true),
        exportable: isPrivate ? none(exported) : switchedBy(exported, false),
        wildcard: wildcardIn(name, view.at('SubjectAlternativeNames')),
        region: resource.template.region,
        when: world.when,
      },
    ];
  },
};

function validationOf(method: Cursor): Observed<'dns' | 'email'> {
  return observe(method, method.string(), {
    map: (name) => (name === 'DNS' ? 'dns' : name === 'EMAIL' ? 'email' : undefined),
    otherwise: 'email',
  });
}

function switchedBy(preference: Cursor, otherwise: boolean): Observed<boolean> {
  return observe(preference, preference.string(), {
    map: (state) => (state === 'ENABLED' ? true : state === 'DISABLED' ? false : undefined),
    otherwise,
  });
}

function wildcardIn(name: Cursor, alternatives: Cursor): Observed<boolean> {
  const list = alternatives.list();
  const names = [name, ...(list.state === 'given' ? list.value : [])];
  const wild = names.find((cursor) => beginsWithStar(cursor) === true);
  if (wild !== undefined) return stated(wild, true, { given: true });
  if (list.state === 'unresolved') return hidden(alternatives, list.why);
  const unsure = names.find((cursor) => beginsWithStar(cursor) === undefined);
  if (unsure !== undefined) {
    const text = unsure.string();
    return hidden(unsure, text.state === 'unresolved' ? text.why : 'it is not a name');
  }
  return stated(name, false, { given: true });
}

function beginsWithStar(cursor: Cursor): boolean | undefined {
  const value = cursor.value();
  if (value === undefined) return false;
  // Of a name made from parts, the first decides.
  const first = value instanceof Text ? value.parts[0] : value;
  return typeof first === 'string' ? first.startsWith('*.') : undefined;
}
