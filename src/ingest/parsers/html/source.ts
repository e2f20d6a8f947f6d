import { getDomain } from 'tldts';
import type { StorySource } from '../../../stories/story.ts';
import { type Claim, claim } from './claim.ts';
import { oneLine } from './dom.ts';
import type { PageMetadata } from './metadata.ts';

/** The publisher as it writes itself, with its registrable domain; null where neither is known. */
export function findSource(metadata: PageMetadata, url: string | null): Claim<StorySource> | null {
  const domain = url === null ? null : getDomain(url);
  const names: [string | null | undefined, string, string][] = [
    [metadata.meta('og:site_name'), 'og', 'meta[property=og:site_name]'],
    [metadata.schema?.publisher, 'json-ld', 'publisher'],
    [metadata.meta('application-name'), 'meta', 'meta[name=application-name]'],
    [metadata.meta('dc.publisher'), 'meta', 'meta[name=dc.publisher]'],
    [titleTail(metadata.title), 'dom', 'title'],
  ];
  for (const [name, reader, place] of names) {
    if (name && name.length <= 80) return claim({ name, domain }, reader, place, 80);
  }
  return domain === null ? null : claim({ name: domain, domain }, 'url', 'url', 50);
}

function titleTail(title: string | null): string | null {
  const tail = title?.split(/\s+[|–—·»-]\s+/).at(-1);
  return tail && tail !== title && tail.length <= 40 ? oneLine(tail) : null;
}
