import { attribute, childrenOf, type XmlElement } from '../xml-element.ts';

/** The ODS code of an organisation (root …19.1) or a site (…19.2) in a CDA document. */
export function odsOf(organisation: XmlElement | undefined): string | undefined {
  const code = childrenOf(organisation, 'id')
    .filter((id) => /^2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.19\.[12]$/.test(attribute(id, 'root') ?? ''))
    .map((id) => attribute(id, 'extension'))
    .find((value) => value !== undefined);
  return code !== undefined && /^[A-Z\d]{3,12}$/.test(code) ? code : undefined;
}
