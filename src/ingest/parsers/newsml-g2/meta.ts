/** What every NewsML-G2 item says about itself: class, status, times, rights, notes, head lines. */
import type { ParseContext, Story, StorySource, StoryTime } from '../../../stories/story.ts';
import { domainOf, languageOf, wholeNumber } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { readWireTime } from '../wire/time.ts';
import { child, childrenOf, languageAt, textOf, type XmlElement } from '../wire/xml.ts';
import { codeOf, literalName, nameOf } from './names.ts';

/** Known provider codes (nprov) whose printed name is not the code in capitals. */
const PROVIDERS = new Map<string, string>([
  ['reuters', 'Reuters'],
  ['dpa', 'dpa'],
]);
/** Roles under which a description is a summary for readers. */
const SUMMARY_ROLE = /summary|abstract|intro|lead|standfirst|teaser/iu;

/** The kind of content (ninat): "text", "picture", "video" …; "" where not stated. */
export function itemClassOf(item: XmlElement): string {
  return codeOf(child(item, 'itemMeta', 'itemClass'));
}

/** One line of text of an element, or null. */
export function lineAt(parent: XmlElement | undefined, local: string): string | null {
  const found = childrenOf(parent, local).find((element) => oneLine(textOf(element)) !== null);
  return found ? oneLine(textOf(found)) : null;
}

export function timeAt(parent: XmlElement | undefined, local: string, context: ParseContext): StoryTime | null {
  return readWireTime(textOf(child(parent, local)), context);
}

/** pubStatus and kill signals; an `embargoed` element without a date means until further notice (G2 guide). */
export function statusOf(
  item: XmlElement,
  context: ParseContext,
): { pubStatus: Story['pubStatus']; embargoedUntil: Date | null } {
  const meta = child(item, 'itemMeta');
  const status = codeOf(child(meta, 'pubStatus'));
  const embargo = child(meta, 'embargoed');
  const embargoedUntil = embargo ? (timeAt(meta, 'embargoed', context)?.instant ?? null) : null;
  if (/^cancel/u.test(status) || signalsOf(item).some((signal) => /^kill/u.test(signal)))
    return { pubStatus: 'CANCELED', embargoedUntil };
  const withheld = status === 'withheld' || (embargo !== undefined && embargoedUntil === null);
  return { pubStatus: withheld ? 'WITHHELD' : 'USABLE', embargoedUntil };
}

/** Codes of the item's signals without their scheme: "update", "correction". */
export function signalsOf(item: XmlElement): string[] {
  return childrenOf(child(item, 'itemMeta'), 'signal').map((signal) => codeOf(signal));
}

/**
 * Provider as printed: its name; a mnemonic in capitals ("nprov:afp" → "AFP"); for a provider given as a domain
 * ("reuters.com") the credited party of that name, else the holder of the rights.
 */
export function sourceOf(item: XmlElement): StorySource | null {
  const provider = child(item, 'itemMeta', 'provider');
  const domain = domainOf(item.attributes.guid ?? null) ?? domainOf(provider?.attributes.uri ?? null);
  const name =
    nameOf(provider) ?? providerCode(provider) ?? providerLiteral(provider) ?? partyOf(item, provider) ?? domain;
  return name ? { name, domain } : null;
}

function providerCode(provider: XmlElement | undefined): string | null {
  const code = provider?.attributes.qcode?.split(':').at(-1);
  if (!code) return null;
  return PROVIDERS.get(code.toLowerCase()) ?? (code.length <= 5 ? code.toUpperCase() : code);
}

function providerLiteral(provider: XmlElement | undefined): string | null {
  const literal = literalName(provider);
  return literal && !/\.\w{2,}$/u.test(literal) ? literal : null;
}

function partyOf(item: XmlElement, provider: XmlElement | undefined): string | null {
  const meta = child(item, 'contentMeta');
  const holder = child(item, 'rightsInfo', 'copyrightHolder');
  const sources = childrenOf(meta, 'infoSource');
  const parties = [
    lineAt(meta, 'creditline'),
    ...[holder, ...sources].flatMap((party) => [nameOf(party), literalName(party)]),
  ];
  const label = literalName(provider)?.split('.').at(-2)?.toLowerCase();
  const named = parties.filter((party): party is string => party !== null);
  return (
    named.find((party) => party.toLowerCase() === label) ?? nameOf(holder) ?? literalName(holder) ?? named[0] ?? null
  );
}

/** The main headline, and the one with another role (sub-headline). */
export function headlinesOf(item: XmlElement): {
  main: string | null;
  other: string | null;
  element: XmlElement | undefined;
} {
  const headlines = childrenOf(child(item, 'contentMeta'), 'headline').filter((headline) => oneLine(textOf(headline)));
  const element =
    headlines.find((headline) => !headline.attributes.role || /main/iu.test(headline.attributes.role)) ?? headlines[0];
  const main = element ? oneLine(textOf(element)) : null;
  const other = headlines.map((headline) => oneLine(textOf(headline))).find((line) => line !== main) ?? null;
  return { main: main ?? lineAt(child(item, 'itemMeta'), 'title'), other, element };
}

/** A summary for readers. A text's "caption" counts where it says more than its headline. */
export function summaryOf(item: XmlElement, headline: string | null): string | null {
  const descriptions = childrenOf(child(item, 'contentMeta'), 'description');
  const found = descriptions.find((description) => {
    const text = oneLine(textOf(description));
    const role = description.attributes.role ?? description.attributes.roleuri ?? '';
    if (!text || text === headline) return false;
    if (role === '' || SUMMARY_ROLE.test(role)) return true;
    return /caption/iu.test(role) && text.length > 80 && !text.includes(headline ?? '\u0000');
  });
  return oneLine(textOf(found));
}

/** Editors' notes, each once; contact lists and closing lines are repeated inside others. */
export function notesOf(item: XmlElement): string[] {
  const notes = childrenOf(child(item, 'itemMeta'), 'edNote').flatMap((note) => oneLine(separated(note)) ?? []);
  return notes.filter(
    (note, index) => !notes.some((other, at) => at !== index && other.includes(note) && (other !== note || at < index)),
  );
}

export function languageOfItem(item: XmlElement): string | null {
  return languageOf(child(item, 'contentMeta', 'language')?.attributes.tag) ?? languageOf(languageAt(item));
}

/** Rights statements in the item's language (else the first). */
export function rightsOf(item: XmlElement, local: 'copyrightNotice' | 'usageTerms'): string | null {
  const statements = childrenOf(child(item, 'rightsInfo'), local).filter((statement) => oneLine(textOf(statement)));
  const language = languageOfItem(item)?.slice(0, 2);
  const chosen = statements.find((statement) => languageAt(statement)?.slice(0, 2) === language) ?? statements[0];
  return oneLine(textOf(chosen));
}

export function urgencyOf(item: XmlElement): number | null {
  return wholeNumber(oneLine(textOf(child(item, 'contentMeta', 'urgency'))), 1, 9);
}

/** Text with a space between elements, so that list items do not run together. */
function separated(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? node : ` ${separated(node)} `)).join('');
}
