/** The list of well-known organisations in `data/organisations.txt`. */
import { dataThings } from '../places.ts';

export interface Organisation {
  name: string;
  aliases: string[];
  wikidata: string | null;
  /** Those of its names that more often mean something else ("Apple", "Chelsea"). */
  ambiguous: Set<string>;
}

export function readOrganisations(): Organisation[] {
  return dataThings('organisations.txt').map((thing) => {
    const wikidata = thing.match(/ (Q\d+)$/)?.[1] ?? null;
    const written = (wikidata ? thing.slice(0, -wikidata.length - 1) : thing).split('=');
    const ambiguous = new Set(written.filter((name) => name.endsWith('?')).map((name) => name.slice(0, -1)));
    const [name = '', ...aliases] = written.map((each) => each.replace(/\?$/, ''));
    return { name, aliases, wikidata, ambiguous };
  });
}
