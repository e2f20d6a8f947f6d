/** What is publicly known about a big publisher or agency and a page's text does not say. */
export interface KnownSource {
  /** As the publisher writes itself. */
  name: string;
  /** Registrable domain, lower case. */
  domain: string;
  /** IANA zone the newsroom's clocks show; null for agencies and worldwide desks that print zones or differ by edition. */
  timeZone: string | null;
  /** ISO 3166-1 alpha-2; decides whether 3/4/2022 is in March or in April. */
  country: string;
  /** BCP 47. */
  language: string;
}

/** name, domain, zone, country, language; a publisher's other titles and domains are further rows. */
const ROWS: ReadonlyArray<readonly [string, string, string | null, string, string]> = [
  ['AFP', 'afp.com', null, 'FR', 'fr'],
  ['Associated Press', 'apnews.com', 'America/New_York', 'US', 'en'],
  ['Reuters', 'reuters.com', null, 'GB', 'en'],
  ['dpa', 'dpa.com', 'Europe/Berlin', 'DE', 'de'],
  ['EFE', 'efe.com', 'Europe/Madrid', 'ES', 'es'],
  ['ANSA', 'ansa.it', 'Europe/Rome', 'IT', 'it'],
  ['Kyodo News', 'kyodonews.net', 'Asia/Tokyo', 'JP', 'en'],
  ['Yonhap News Agency', 'yna.co.kr', 'Asia/Seoul', 'KR', 'ko'],
  ['Xinhua', 'xinhuanet.com', 'Asia/Shanghai', 'CN', 'zh'],
  ['Press Trust of India', 'ptinews.com', 'Asia/Kolkata', 'IN', 'en'],
  ['BBC News', 'bbc.co.uk', 'Europe/London', 'GB', 'en'],
  ['BBC News', 'bbc.com', 'Europe/London', 'GB', 'en'],
  ['The Guardian', 'theguardian.com', 'Europe/London', 'GB', 'en'],
  ['The Independent', 'independent.co.uk', 'Europe/London', 'GB', 'en'],
  ['The Telegraph', 'telegraph.co.uk', 'Europe/London', 'GB', 'en'],
  ['Mail Online', 'dailymail.co.uk', 'Europe/London', 'GB', 'en'],
  ['Sky News', 'sky.com', 'Europe/London', 'GB', 'en'],
  ['Financial Times', 'ft.com', 'Europe/London', 'GB', 'en'],
  ['The Irish Times', 'irishtimes.com', 'Europe/Dublin', 'IE', 'en'],
  ['The New York Times', 'nytimes.com', 'America/New_York', 'US', 'en'],
  ['The Washington Post', 'washingtonpost.com', 'America/New_York', 'US', 'en'],
  ['The Wall Street Journal', 'wsj.com', 'America/New_York', 'US', 'en'],
  ['Los Angeles Times', 'latimes.com', 'America/Los_Angeles', 'US', 'en'],
  ['Chicago Tribune', 'chicagotribune.com', 'America/Chicago', 'US', 'en'],
  ['USA TODAY', 'usatoday.com', 'America/New_York', 'US', 'en'],
  ['CNN', 'cnn.com', 'America/New_York', 'US', 'en'],
  ['Fox News', 'foxnews.com', 'America/New_York', 'US', 'en'],
  ['NBC News', 'nbcnews.com', 'America/New_York', 'US', 'en'],
  ['CBS News', 'cbsnews.com', 'America/New_York', 'US', 'en'],
  ['ABC News', 'go.com', 'America/New_York', 'US', 'en'],
  ['NPR', 'npr.org', 'America/New_York', 'US', 'en'],
  ['Bloomberg', 'bloomberg.com', 'America/New_York', 'US', 'en'],
  ['CNBC', 'cnbc.com', 'America/New_York', 'US', 'en'],
  ['New York Post', 'nypost.com', 'America/New_York', 'US', 'en'],
  ['Newsweek', 'newsweek.com', 'America/New_York', 'US', 'en'],
  ['TIME', 'time.com', 'America/New_York', 'US', 'en'],
  ['Politico', 'politico.com', 'America/New_York', 'US', 'en'],
  ['CBC News', 'cbc.ca', 'America/Toronto', 'CA', 'en'],
  ['The Globe and Mail', 'theglobeandmail.com', 'America/Toronto', 'CA', 'en'],
  ['ABC News (Australia)', 'abc.net.au', 'Australia/Sydney', 'AU', 'en'],
  ['The Sydney Morning Herald', 'smh.com.au', 'Australia/Sydney', 'AU', 'en'],
  ['The New Zealand Herald', 'nzherald.co.nz', 'Pacific/Auckland', 'NZ', 'en'],
  ['RNZ', 'rnz.co.nz', 'Pacific/Auckland', 'NZ', 'en'],
  ['INQUIRER.net', 'inquirer.net', 'Asia/Manila', 'PH', 'en'],
  ['Rappler', 'rappler.com', 'Asia/Manila', 'PH', 'en'],
  ['Philstar', 'philstar.com', 'Asia/Manila', 'PH', 'en'],
  ['The Straits Times', 'straitstimes.com', 'Asia/Singapore', 'SG', 'en'],
  ['Channel NewsAsia', 'channelnewsasia.com', 'Asia/Singapore', 'SG', 'en'],
  ['South China Morning Post', 'scmp.com', 'Asia/Hong_Kong', 'HK', 'en'],
  ['The Japan Times', 'japantimes.co.jp', 'Asia/Tokyo', 'JP', 'en'],
  ['The Times of India', 'indiatimes.com', 'Asia/Kolkata', 'IN', 'en'],
  ['The Hindu', 'thehindu.com', 'Asia/Kolkata', 'IN', 'en'],
  ['Hindustan Times', 'hindustantimes.com', 'Asia/Kolkata', 'IN', 'en'],
  ['NDTV', 'ndtv.com', 'Asia/Kolkata', 'IN', 'en'],
  ['Dawn', 'dawn.com', 'Asia/Karachi', 'PK', 'en'],
  ['Al Jazeera', 'aljazeera.com', null, 'QA', 'en'],
  ['Haaretz', 'haaretz.com', 'Asia/Jerusalem', 'IL', 'en'],
  ['Kompas', 'kompas.com', 'Asia/Jakarta', 'ID', 'id'],
  ['News24', 'news24.com', 'Africa/Johannesburg', 'ZA', 'en'],
  ['Le Monde', 'lemonde.fr', 'Europe/Paris', 'FR', 'fr'],
  ['Le Figaro', 'lefigaro.fr', 'Europe/Paris', 'FR', 'fr'],
  ['Libération', 'liberation.fr', 'Europe/Paris', 'FR', 'fr'],
  ['franceinfo', 'francetvinfo.fr', 'Europe/Paris', 'FR', 'fr'],
  ['DER SPIEGEL', 'spiegel.de', 'Europe/Berlin', 'DE', 'de'],
  ['ZEIT ONLINE', 'zeit.de', 'Europe/Berlin', 'DE', 'de'],
  ['FAZ.NET', 'faz.net', 'Europe/Berlin', 'DE', 'de'],
  ['Süddeutsche Zeitung', 'sueddeutsche.de', 'Europe/Berlin', 'DE', 'de'],
  ['tagesschau.de', 'tagesschau.de', 'Europe/Berlin', 'DE', 'de'],
  ['Neue Zürcher Zeitung', 'nzz.ch', 'Europe/Zurich', 'CH', 'de'],
  ['ORF', 'orf.at', 'Europe/Vienna', 'AT', 'de'],
  ['El País', 'elpais.com', 'Europe/Madrid', 'ES', 'es'],
  ['EL MUNDO', 'elmundo.es', 'Europe/Madrid', 'ES', 'es'],
  ['Clarín', 'clarin.com', 'America/Argentina/Buenos_Aires', 'AR', 'es'],
  ['El Universal', 'eluniversal.com.mx', 'America/Mexico_City', 'MX', 'es'],
  ['Corriere della Sera', 'corriere.it', 'Europe/Rome', 'IT', 'it'],
  ['la Repubblica', 'repubblica.it', 'Europe/Rome', 'IT', 'it'],
  ['UOL', 'uol.com.br', 'America/Sao_Paulo', 'BR', 'pt-BR'],
  ['Globo', 'globo.com', 'America/Sao_Paulo', 'BR', 'pt-BR'],
  ['Público', 'publico.pt', 'Europe/Lisbon', 'PT', 'pt-PT'],
  ['NOS', 'nos.nl', 'Europe/Amsterdam', 'NL', 'nl'],
  ['de Volkskrant', 'volkskrant.nl', 'Europe/Amsterdam', 'NL', 'nl'],
  ['NRK', 'nrk.no', 'Europe/Oslo', 'NO', 'nb'],
  ['Dagens Nyheter', 'dn.se', 'Europe/Stockholm', 'SE', 'sv'],
  ['朝日新聞', 'asahi.com', 'Asia/Tokyo', 'JP', 'ja'],
  ['NHK', 'nhk.or.jp', 'Asia/Tokyo', 'JP', 'ja'],
];

/** The big publishers and agencies, for zone, country and language only; nothing here is a rule about a page. */
export const KNOWN_SOURCES: readonly KnownSource[] = ROWS.map(([name, domain, timeZone, country, language]) => ({
  name,
  domain,
  timeZone,
  country,
  language,
}));

const byDomain = new Map(KNOWN_SOURCES.map((source) => [source.domain, source]));
const byName = new Map([...KNOWN_SOURCES].reverse().map((source) => [nameKey(source.name), source]));

/** The publisher behind a registrable domain ("inquirer.net"), or null. */
export function knownSourceByDomain(domain: string): KnownSource | null {
  return byDomain.get(domain.toLowerCase()) ?? null;
}

/** The publisher that writes itself so, whatever the case and a leading "The"; or null. */
export function knownSourceByName(name: string): KnownSource | null {
  return byName.get(nameKey(name)) ?? null;
}

function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^the\s+/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
