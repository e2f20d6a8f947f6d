import { emptyStory, type ParsedItem, type Parser } from '../../stories/story.ts';
import { findArticle } from './html/article.ts';
import { renderBlocks } from './html/blocks.ts';
import { parsePage } from './html/document.ts';

export const parseHtml: Parser = (input, context): ParsedItem[] => {
  const page = parsePage(input, context.url);
  const story = emptyStory('x');
  const root = findArticle(page.document);
  story.bodyText = root
    ? renderBlocks(root)
        .map((b) => b.text)
        .join('\n\n')
    : '';
  return [{ kind: 'STORY', story, provenance: {} }];
};
