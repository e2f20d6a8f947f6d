import type { Parser } from '../../stories/story.ts';
export const parsePageText: Parser = () => [];
