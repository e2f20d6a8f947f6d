import type { Context } from './builder.ts';

interface NodeId {
  typename: string;
  id: string;
}

/**
 * Which of these nodes the viewer may be told of. By its id everything could be fetched past the fields that hold it
 * back: a story under embargo (a withdrawn one says so itself, as in `article`), what is printed beside it, and the
 * ledger, which needs the scope WRITE.
 */
export async function visibleNodes(nodes: NodeId[], { db, viewer }: Context): Promise<boolean[]> {
  const idsOf = (typename: string) => nodes.filter((node) => node.typename === typename).map((node) => node.id);
  const [articles, related] = [idsOf('Article'), idsOf('Related')];
  const select = { id: true };
  const announced = await Promise.all([
    articles.length > 0 ? db.article.findMany({ select, where: { id: { in: articles }, announced: true } }) : [],
    related.length > 0
      ? db.related.findMany({ select, where: { id: { in: related }, article: { announced: true } } })
      : [],
  ]);
  const shown = new Set(announced.flat().map(({ id }) => id));
  return nodes.map(({ typename, id }) => {
    if (typename === 'Article' || typename === 'Related') return shown.has(id);
    return viewer.scopes.has('WRITE') || !(typename === 'IngestRun' || typename === 'IngestItem');
  });
}
