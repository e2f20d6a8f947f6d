/** NewsML-G2 identities and names: QCodes, URIs and literals; names in several languages and roles. */

import { type Concept, conceptOf, conceptOfQcode, conceptOfUri } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { child, childrenOf, languageAt, textOf, type XmlElement } from '../wire/xml.ts';

/** The code behind an attribute pair such as `qcode`/`uri` or `type`/`typeuri`, without its scheme: "person". */
export function codeOf(element: XmlElement | undefined, qcode = 'qcode', uri = 'uri'): string {
  const value = element?.attributes[qcode] ?? element?.attributes[uri] ?? '';
  return value.split(/[:/#]/u).at(-1)?.toLowerCase() ?? '';
}

/** Identity of a concept: its QCode, else its URI; `sameAs` children with web identities are added. Literals are local keys. */
export function identityOf(element: XmlElement): Concept {
  const { qcode, uri } = element.attributes;
  const concept = qcode ? conceptOfQcode(qcode) : uri ? conceptOfUri(uri) : conceptOf(null, null);
  const same = childrenOf(element, 'sameAs').flatMap(({ attributes }) => {
    if (attributes.uri) return conceptOfUri(attributes.uri).sameAs;
    return attributes.qcode ? conceptOfQcode(attributes.qcode).sameAs : [];
  });
  return { ...concept, sameAs: [...new Set([...concept.sameAs, ...same])] };
}

/** The name to print: in the item's language where there is one, never a mnemonic; else the literal if it is words. */
export function nameOf(element: XmlElement | undefined): string | null {
  if (!element) return null;
  const names = childrenOf(element, 'name').filter((name) => !/mnemonic|short|sort/iu.test(name.attributes.role ?? ''));
  const wanted = languageAt(element.parent)?.slice(0, 2);
  const inLanguage = names.find((name) => wanted !== undefined && languageAt(name)?.slice(0, 2) === wanted);
  return oneLine(textOf(inLanguage)) ?? oneLine(textOf(names[0] ?? child(element, 'name')));
}

/** The literal of an element whose literal is a name ("Thomson Reuters"), not a key. */
export function literalName(element: XmlElement | undefined): string | null {
  const literal = oneLine(element?.attributes.literal);
  return literal && /\p{L}/u.test(literal) && !/^no[- ]data/iu.test(literal) ? literal : null;
}

/** Names by language tag, for a concept's own record. */
export function namesByLanguage(element: XmlElement): Record<string, string> {
  const names: Record<string, string> = {};
  for (const name of childrenOf(element, 'name')) {
    const text = oneLine(textOf(name));
    const language = languageAt(name) ?? 'und';
    if (text && !Object.hasOwn(names, language)) names[language] = text;
  }
  return names;
}
