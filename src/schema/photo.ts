import { builder } from './builder.ts';
import { localId } from './ids.ts';

builder.prismaObject('Rendition', {
  description: 'One size of a photo.',
  fields: (t) => ({
    name: t.exposeString('name', { description: '"original", "preview", "thumbnail" …, where the source names it.' }),
    href: t.field({
      type: 'URL',
      nullable: false,
      description: 'Where the picture is.',
      resolve: (rendition) => rendition.href,
    }),
    contentType: t.exposeString('contentType', { description: 'IANA media type.' }),
    width: t.exposeInt('width', { description: 'Pixels.' }),
    height: t.exposeInt('height', { description: 'Pixels.' }),
  }),
});

export const Photo = builder.prismaNode('Photo', {
  id: { field: 'id' },
  description: 'One picture, shared by the stories that use it (IPTC Photo Metadata).',
  fields: (t) => ({
    caption: t.exposeString('caption', { description: 'As its first story printed it.' }),
    altText: t.exposeString('altText', { description: 'Text for those who cannot see it.' }),
    creditText: t.exposeString('creditText', { description: 'Who is to be credited: "AFP".' }),
    creator: t.exposeString('creator', { description: 'Photographer.' }),
    copyrightNotice: t.exposeString('copyrightNotice', { description: 'As stated.' }),
    dateCreated: t.expose('dateCreated', { type: 'DateTime', description: 'When it was taken, UTC.' }),
    contentLocation: t.exposeString('contentLocation', { description: 'Where it was taken.' }),
    digitalSourceType: t.exposeString('digitalSourceType', {
      description: 'IPTC digital source type (photo, composite, made by a model …).',
    }),
    renditions: t.relation('renditions', {
      nullable: false,
      description: 'Its sizes as listed.',
      query: { orderBy: { position: 'asc' } },
    }),
  }),
});

builder.queryField('photo', (t) =>
  t.prismaField({
    type: 'Photo',
    nullable: true,
    description: 'One photo; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (query, _root, { id }, { db }) => db.photo.findUnique({ ...query, where: { id: localId(id, 'Photo') } }),
  }),
);
