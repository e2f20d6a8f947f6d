/** Agencies and picture houses as they sign, longest first where one contains the other. */
const AGENCIES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bAFP\b|\bAgence France-Presse\b/u, 'AFP'],
  [/\bReuters\b|\bREUTERS\b/u, 'Reuters'],
  [/\bAP\b|\b(?:The )?Associated Press\b/u, 'AP'],
  [/\bdpa\b/u, 'dpa'],
  [/\bEFE\b/u, 'EFE'],
  [/\bANSA\b/u, 'ANSA'],
  [/\bXinhua\b|新华社/u, 'Xinhua'],
  [/\bKyodo\b|共同通信|共同/u, 'Kyodo'],
  [/\bYonhap\b|연합뉴스/u, 'Yonhap'],
  [/\bPTI\b|\bPress Trust of India\b/u, 'PTI'],
  [/\bANI\b/u, 'ANI'],
  [/\bIANS\b/u, 'IANS'],
  [/\bUPI\b/u, 'UPI'],
  [/\bPA Media\b|\bPress Association\b/u, 'PA'],
  [/\bAAP\b/u, 'AAP'],
  [/\bTASS\b|\bТАСС\b/u, 'TASS'],
  [/\bRIA Novosti\b|РИА Новости/u, 'RIA Novosti'],
  [/\bAPA\b/u, 'APA'],
  [/\bKeystone-SDA\b/u, 'Keystone-SDA'],
  [/\bAntara\b|\bANTARA\b/u, 'Antara'],
  [/\bBernama\b|\bBERNAMA\b/u, 'Bernama'],
  [/\bBloomberg\b/u, 'Bloomberg'],
];

/** The agency a credit, byline or dateline names, in its usual short form; null where it names none. */
export function agencyIn(text: string): string | null {
  for (const [pattern, name] of AGENCIES) if (pattern.test(text)) return name;
  return null;
}

const HOUSE = `(?:AFP|Reuters|REUTERS|AP|AP Photo|AP Images?|Associated Press|The Associated Press|dpa|EFE|EPA|EPA-EFE|ANSA|LaPresse|Xinhua|Kyodo|Yonhap|PTI|ANI|IANS|UPI|AAP|TASS|Sputnik|APA|Keystone|Getty(?: Images)?|Shutterstock|iStock(?:photo)?|Alamy|Bloomberg|USA TODAY Sports|Imago|imago images|Picture[- ]Alliance|picture alliance|NASA|Flickr|Unsplash|Pixabay|Pexels|Wikimedia(?: Commons)?|Creative Commons|Courtesy|PA Wire|PA Images|PA Media|Rex Features|REX|WireImage|Zuma|ZUMA Press|Anadolu(?: Agency)?|Bernama|Antara|ANTARA FOTO)`;
const CREDIT_WORD = `(?:file(?: photo)?|photo(?:graph)?s?|pictures?|images?|credits?|courtesy|foto|fotos|bild|bilder|imagem|imagen|crédits?|crédito|reprodução|divulgação|foto di|photo credit|image credit|photo by|image by|picture by|photograph by|photography|illustration|source|fuente|fonte|quelle|사진|写真|图)`;
const NAME = String.raw`[\p{Lu}\d@][^\n()|]{0,70}`;

/** A whole line or bracket that is a credit: "Photo: Jane Doe/Reuters", "REUTERS/Jane Doe", "Getty Images". */
const CREDIT_FORMS: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:${CREDIT_WORD})(?:\s+(?:by|courtesy(?: of)?|credit|via|from|de|di|von))?\s*[:：/|©-]\s*(?:by\s+)?(.{2,90})$`,
    'iu',
  ),
  /^(?:photos?|image|picture|illustration|foto)\s+(?:by|courtesy(?: of)?|credit|via|from|di|de|von)\s+(.{2,90})$/iu,
  new RegExp(String.raw`^((?:${HOUSE})(?:\s*(?:/|via|/\s*via|,|\||–|-)\s*${NAME})?)$`, 'u'),
  new RegExp(
    String.raw`^(${NAME}\s*(?:/|,|\||via|for|–|-)\s*(?:the )?(?:${HOUSE})(?:\s*(?:/|via)\s*${NAME})?(?:\s+file(?: photo)?)?)$`,
    'u',
  ),
  /^((?!About|View|Read|Print|Contact|Sign|Log)\p{Lu}\p{Ll}[\p{L}.'’-]*(?: \p{Lu}(?:\.|\p{Ll}[\p{L}.'’-]*)){1,3}\s?\/\s?\p{Lu}[\p{L}\d.&' -]{1,40})$/u,
  /^(.{0,60}\b(?:submitted|contributed|courtesy|handout|file|stock) (?:photo|image|picture)s?)$/iu,
  new RegExp(String.raw`^(?:©|\(c\))\s*(?:(?:19|20)\d\d\s+)?(${NAME})$`, 'iu'),
];

/** The credit a text as a whole is ("Photo: X/Reuters" → "X/Reuters"), or null. */
export function creditOf(text: string): string | null {
  if (text.length > 120) return null;
  const bare = text
    .replace(/^[([]\s*|\s*[)\]]\.?$/gu, '')
    .replace(/\.$/u, '')
    .trim();
  for (const form of CREDIT_FORMS) {
    const match = form.exec(bare);
    if (match?.[1] !== undefined) return match[1].replace(/^©\s*|\s*\/?\s*copyright\b.*$/giu, '').trim() || null;
  }
  return null;
}

/** A caption's text and the credit printed at its end, where one is: "… “peacekeepers”. AFP", "… (AP Photo/X)". */
export function splitCredit(text: string): { caption: string; credit: string } | null {
  if (text.length > 1200) return null;
  const bracket = /\s*[([]([^()[\]]{2,100})[)\]]\.?$/u.exec(text);
  if (bracket?.[1] !== undefined && bracket.index > 0) {
    const credit = creditOf(bracket[1]);
    if (credit !== null) return { caption: text.slice(0, bracket.index).trim(), credit };
  }
  const labelled =
    /^(.{15,}?)\s*(?:(?:photo |image |picture )?credit(?:\.{3}|:)|(?:photo|image|picture)(?::| by\b))\s*(\S.{2,80})$/iu.exec(
      text,
    );
  if (labelled?.[1] !== undefined && labelled[2] !== undefined)
    return { caption: labelled[1], credit: labelled[2].trim() };
  // After a sentence's end or a bar, at most a dozen words: tried from the last such place backwards.
  const places = [...text.matchAll(/(?<=[.!?…]["'”’»)]{0,2})\s+(?=\S)|\s+[|–—-]\s+|\s*[|]\s*/gu)].slice(-4).reverse();
  for (const place of places) {
    const rest = text.slice(place.index + place[0].length);
    if (rest.length > 100 || place.index === 0) continue;
    const credit = creditOf(rest);
    if (credit !== null) return { caption: text.slice(0, place.index).trim(), credit };
  }
  return null;
}
