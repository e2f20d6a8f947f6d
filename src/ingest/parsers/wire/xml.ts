/**
 * One hardened XML reader for every wire format: text → tree, with namespaces resolved and lines kept for
 * provenance. No DTD is read, no entity is declared or fetched, and depth, size and number of nodes are bounded.
 */
import { SaxesParser } from 'saxes';
import { ParseError } from '../../../stories/story.ts';

export interface XmlElement {
  /** Name without prefix. */
  local: string;
  /** Namespace URI, "" for none. Wires are careless with namespaces, so look-ups go by `local`. */
  uri: string;
  /** "{uri}local" for attributes with a prefix, the bare name for the others. */
  attributes: Record<string, string>;
  children: XmlNode[];
  parent: XmlElement | null;
  /** Line of the end of the start tag, from 1. */
  line: number;
}
export type XmlNode = XmlElement | string;

/** Bounds beyond which an input is refused. Characters, nodes, levels. */
const LIMITS = { characters: 32_000_000, nodes: 1_000_000, depth: 256 };

/** Latin-1 entity names of HTML in code order from U+00A0, which wires use without declaring them. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const PUNCTUATION = {
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  hellip: '…',
  euro: '€',
  trade: '™',
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
};
const HTML_ENTITIES: Record<string, string> = Object.assign(Object.create(null), {
  ...Object.fromEntries(LATIN_1.split(' ').map((name, index) => [name, String.fromCharCode(0xa0 + index)])),
  ...PUNCTUATION,
});

const XML_ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Characters XML 1.0 forbids, lone surrogates among them. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Removes the characters XML forbids (NUL and other controls, lone surrogates). */
export function dropForbiddenCharacters(text: string): string {
  return text.replace(FORBIDDEN, '');
}

/** Decodes the named entities above, XML's own and numeric references; what is unknown stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,8}));/giu, (reference, hex, decimal, name) => {
    if (name !== undefined) return XML_ENTITIES.get(name) ?? HTML_ENTITIES[name] ?? reference;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}

/**
 * Reads a whole XML document and returns its root.
 * @throws {@link ParseError} with the line and column where the input is no XML, or the bound it goes beyond.
 */
export function readXml(input: string): XmlElement {
  if (input.length > LIMITS.characters) {
    throw new ParseError('xml', `The XML is larger than ${LIMITS.characters} characters; split the message.`);
  }
  const text = dropForbiddenCharacters(input).replace(/^\s+/u, '');
  const parser = new SaxesParser({ xmlns: true });
  Object.assign(parser.ENTITIES, HTML_ENTITIES);
  let root: XmlElement | null = null;
  let open: XmlElement | null = null;
  let depth = 0;
  let nodes = 0;
  const fail = (message: string): never => {
    throw new ParseError(`line ${parser.line}, column ${parser.column}`, message);
  };
  const addText = (value: string) => {
    if (!open) return;
    const last = open.children.length - 1;
    if (typeof open.children[last] === 'string') open.children[last] += value;
    else open.children.push(value);
  };
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/iu.test(doctype)) fail('The document type declares entities of its own; remove the DOCTYPE.');
  });
  parser.on('opentag', (tag) => {
    if (++depth > LIMITS.depth) fail(`Elements are nested deeper than ${LIMITS.depth} levels; flatten the input.`);
    if (++nodes > LIMITS.nodes) fail(`The XML has more than ${LIMITS.nodes} elements; split the message.`);
    const attributes: Record<string, string> = Object.create(null);
    for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
      attributes[prefix ? `{${uri}}${local}` : local] = value;
    }
    const element: XmlElement = {
      local: tag.local,
      uri: tag.uri,
      attributes,
      children: [],
      parent: open,
      line: parser.line,
    };
    if (open) open.children.push(element);
    else root = element;
    open = element;
  });
  parser.on('closetag', () => {
    depth -= 1;
    open = open?.parent ?? null;
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('error', (error) => fail(`Not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.write(text).close();
  return root ?? fail('The XML has no element.');
}

/** Child elements, all or those with the local name. */
export function childrenOf(element: XmlElement | null | undefined, local?: string): XmlElement[] {
  const elements = (element?.children ?? []).filter((node): node is XmlElement => typeof node !== 'string');
  return local === undefined ? elements : elements.filter((child) => child.local === local);
}

/** The first element down a path of local names, or undefined. */
export function child(element: XmlElement | null | undefined, ...path: string[]): XmlElement | undefined {
  let found = element ?? undefined;
  for (const local of path) found = childrenOf(found, local)[0];
  return found;
}

/** All elements below, in document order, with one of the local names. */
export function descendants(element: XmlElement | null | undefined, ...locals: string[]): XmlElement[] {
  const wanted = new Set(locals);
  const found: XmlElement[] = [];
  const visit = (current: XmlElement) => {
    for (const below of childrenOf(current)) {
      if (wanted.has(below.local)) found.push(below);
      visit(below);
    }
  };
  if (element) visit(element);
  return found;
}

/** All text inside, as it stands. */
export function textOf(element: XmlElement | null | undefined): string {
  return (element?.children ?? []).map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
}

/** Where a person finds the element: "/newsItem/contentMeta/headline (line 12)". */
export function placeOf(element: XmlElement): string {
  const names: string[] = [];
  for (let current: XmlElement | null = element; current; current = current.parent) names.unshift(current.local);
  return `/${names.join('/')} (line ${element.line})`;
}

const XML_LANG = '{http://www.w3.org/XML/1998/namespace}lang';

/** The language an element states, or inherits. */
export function languageAt(element: XmlElement | null): string | null {
  for (let current = element; current; current = current.parent) {
    const language = current.attributes[XML_LANG];
    if (language) return language;
  }
  return null;
}
