import sanitizeHtml from 'sanitize-html';
import type { Block } from './blocks.ts';
import type { PageElement } from './dom.ts';

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags:
    'p h2 h3 h4 ul ol li blockquote a em strong table thead tbody tfoot tr th td caption br sub sup code pre'.split(
      ' ',
    ),
  allowedAttributes: { a: ['href'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], ol: ['start'] },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  transformTags: { b: 'strong', i: 'em', h1: 'h2', h5: 'h4', h6: 'h4', div: 'p', center: 'p', section: 'p' },
  exclusiveFilter: (frame) =>
    /^(?:p|h[234]|li|ul|ol|blockquote|a|em|strong)$/.test(frame.tag) && frame.text.trim() === '',
};

/** The body's blocks as sanitised HTML: what the filter dropped is taken out of `root` first, which it consumes. */
export function renderBodyHtml(root: PageElement, all: readonly Block[], kept: readonly Block[]): string {
  const keptBlocks = new Set(kept);
  for (const block of all) {
    if (keptBlocks.has(block)) continue;
    for (const node of block.nodes) node.textContent = '';
  }
  return sanitizeHtml(root.innerHTML, ALLOWED)
    .replace(/(?:<p>\s*)+<(p|h[234]|ul|ol|blockquote|table)>/g, '<$1>')
    .replace(/<\/(p|h[234]|ul|ol|blockquote|table)>(?:\s*<\/p>)+/g, '</$1>')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
