/** What a short line that belongs to the page and not to the story announces. */
export type Label =
  | 'RELATED'
  | 'FEATURED'
  | 'TRENDING'
  | 'READ_MORE'
  | 'ADVERTISEMENT'
  | 'NEWSLETTER'
  | 'COOKIES'
  | 'COPYRIGHT'
  | 'TAGS'
  | 'SHARE'
  | 'COMMENTS'
  | 'BIO';

/** Whole lines, compared in lower case without the colon or dash at the end. */
const WHOLE_LINES: Partial<Record<Label, RegExp>> = {
  RELATED:
    /^(?:(?:related|more) (?:stories|story|articles?|news|posts?|content|links?|coverage|topics|reading|videos?)|related|see also|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)(?: (?:this|these))?|more (?:on|about) this(?: (?:story|topic))?|(?:read|also read|see) (?:also|more|next)|also (?:read|on|see)|read (?:also|more|next)|up next|explore further|(?:related )?links|what to read next|você (?:também )?pode gostar|artículos? relacionados?|noticias relacionadas|relacionad[oa]s|te puede interesar|lea también|leia (?:também|mais)|(?:matérias|notícias|artigos|posts?) relacionad[oa]s|veja (?:também|mais)|articles? (?:liés|similaires|connexes)|sur le même (?:sujet|thème)|(?:à )?lire aussi|à lire également|à voir aussi|mehr zum thema|zum thema|lesen sie auch|auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|verwandte (?:artikel|themen|beiträge)|ähnliche (?:artikel|beiträge)|leggi anche|articoli (?:correlati|simili)|potrebbe(?:ro)? interessarti(?: anche)?|lees (?:ook|meer)|gerelateerd(?:e artikelen)?|meer over dit onderwerp|baca juga|artikel terkait|berita terkait|läs (?:också|även|mer)|les også|læs også|lue myös|czytaj (?:też|także|również)|zobacz (?:też|także|również)|přečtěte si (?:také|i)|читайте также|по теме|читайте також|関連記事|関連リンク|あわせて読みたい|관련 ?기사|관련 ?뉴스|相关(?:新闻|阅读|文章)|相關(?:新聞|閱讀|文章))$/u,
  FEATURED:
    /^(?:featured(?: (?:stories|articles?|posts?|content|video))?|editor'?s'? (?:picks?|choice)|don'?t miss|must[- ]reads?|top stories|highlights|destacad[oa]s|destaques|à la une|empfehlungen(?: der redaktion)?|in evidenza|primo piano|uitgelicht|注目(?:記事)?|编辑推荐)$/u,
  TRENDING:
    /^(?:trending(?: (?:now|stories|topics|news|articles))?|most (?:read|popular|viewed|shared|commented)(?: (?:stories|articles|news|posts))?|(?:popular|recent|latest)(?: (?:posts?|stories|articles|news|videos|comments|headlines))?|latest (?:from|in) .{2,40}|more from .{2,40}|más (?:leídas?|leídos?|vistas?|vistos?)|lo más (?:leído|visto)|últimas notícias|mais (?:lidas|lidos|vistas)|les plus lus|le plus lu|meist ?gelesen(?:e artikel)?|più letti|meest gelezen|terpopuler|mest läst|mest lest|самое читаемое|популярное|アクセスランキング|人気記事|많이 본 (?:기사|뉴스)|热门(?:文章|新闻)?)$/u,
  TAGS: /^(?:(?:related |article |story )?(?:tags?|topics|keywords|categories|labels)|filed under|tagged(?: (?:as|with|in))?|posted in|in this (?:story|article)|more on this topic|etiquetas|temas|palavras[- ]chave|assuntos|mots[- ]clés|schlagw(?:orte|örter)|themen|argomenti|trefwoorden|タグ|태그|标签)$/u,
  BIO: /^(?:about (?:the )?(?:author|writer|contributor)s?|(?:meet )?the author|author(?: bio)?|written by|sobre (?:o autor|a autora|el autor|la autora)|über (?:den autor|die autorin)|à propos de l'auteur|sull'autore|over de auteur|tentang penulis)$/u,
  READ_MORE:
    /^(?:caption|close|back to gallery|video|photos?|gallery|play|pause|copied|read later|loading|enlarge(?: image)?|replay|embed|(?:continue|keep) reading(?: the main story| below)?|read (?:the )?(?:full|original|whole) (?:story|article)|story continues(?: below)?(?: (?:this )?(?:ad(?:vertisement)?|video|image))?|article continues(?: below)?(?: (?:ad(?:vertisement)?|video))?|weiterlesen|lire la suite|seguir leyendo|continue lendo|continua a leggere|lees verder|続きを読む|더 ?보기|show (?:more|all)|load more|view all(?: .{0,20})?|see all(?: .{0,20})?|view more|click (?:here )?to (?:read|see|view|expand|enlarge)(?: .{1,30})?|skip (?:to|past) .{2,40}|(?:back|return|jump) to (?:the )?top|(?:previous|next)(?: (?:post|article|story|page|entry))?)$/u,
  ADVERTISEMENT:
    /^(?:advertis(?:e)?ment|advertising|adverts?|ad(?:s)?(?: feedback)?|sponsored(?: (?:content|links?|post))?|promoted(?: (?:content|links?))?|from our (?:partners|sponsors)|around the web|paid (?:content|post)|publicidad|publicidade|publicité|anzeige|werbung|pubblicità|advertentie|reklam[ae]?|annons(?:e)?|annonse|iklan|реклама|広告|スポンサーリンク|pr|광고|广告|廣告|continua após a publicidade|スポンサードリンク)$/u,
  SHARE:
    /^(?:share(?: (?:this|on|via|with|it))?(?: .{1,30})?|(?:click|tap) to share.*|print(?: (?:this )?(?:article|page|story))?|e-?mail(?: (?:this|to a friend).*)?|tweet(?: this)?|like this|like|pin(?: it)?|facebook|twitter|whatsapp|linkedin|reddit|pinterest|tumblr|telegram|flipboard|google\+|messenger|copy (?:the )?link|follow (?:us|me|@?\w+)(?: on .{2,40})?|compart(?:ir|ilhar|ilhe|e)(?: .{1,30})?|partager(?: .{1,30})?|teilen(?: .{1,30})?|condividi(?: .{1,30})?|delen(?: .{1,30})?|bagikan|dela|del|поделиться|シェア(?:する)?|ツイート|공유(?:하기)?|分享)$/u,
  COMMENTS:
    /^(?:(?:\d[\d,.]* |no |view (?:all )?|show |leave (?:a |your )?|post (?:a |your )?|add (?:a |your )?|write (?:a |your )?|your |join the |read (?:all )?|hide |facebook |user |reader )?(?:comments?|repl(?:y|ies)|conversation|responses?|thoughts? on .*)(?: \(?\d+\)?| (?:are )?closed| below| on .*| section| policy)?|\d+ (?:comments?|responses|replies|thoughts) (?:on|to) .*|cancel reply|discussion|leave a reply.*|comentarios?(?: \(?\d+\)?)?|deja (?:un comentario|una respuesta).*|deixe (?:um comentário|uma resposta|seu comentário).*|(?:\d+ )?comentários?|laisser un commentaire.*|(?:\d+ )?commentaires?|(?:\d+ )?kommentare?|kommentar schreiben|schreibe einen kommentar.*|(?:\d+ )?commenti|lascia un commento.*|(?:\d+ )?reacties?|geef een reactie.*|komentar|tinggalkan balasan.*|комментарии|コメント(?:を残す|する)?|댓글(?: ?\d+)?(?:쓰기)?|评论)$/u,
  NEWSLETTER:
    /^(?:(?:sign up|subscribe)(?: (?:now|here|today|to|for) ?.{0,80})?|(?:our |the |daily |weekly |free )*newsletters?(?: sign[- ]?up)?|get (?:the|our) .{0,40}newsletters?|e-?mail address|your e-?mail(?: address)?)$/u,
};

/** Longer lines known by how they begin or by what they say; only lines under 300 characters are tried. */
const STARTS: ReadonlyArray<readonly [Label, RegExp]> = [
  [
    'TAGS',
    /^(?:tags?|topics?|keywords?|filed under|file under|posted (?:in|under)|tagged(?: (?:as|with|under|in))?|labels?|categor(?:y|ies)|more on|etiquetas?|temas|palavras[- ]chave|assuntos?|mots[- ]clés|étiquettes|thèmes|schlagw(?:ort|orte|örter)|themen|stichw(?:ort|orte|örter)|argomenti|parole chiave|trefwoorden|ämnen|emner|теги|タグ|キーワード|태그|标签|標籤|关键词)\s*[:：-]\s*\S/u,
  ],
  [
    'COPYRIGHT',
    /^(?:©|\(c\) (?:copyright|\d{4})|copyright\b|all rights reserved|todos los derechos reservados|todos os direitos reservados|tous droits réservés|alle rechte vorbehalten|tutti i diritti riservati|alle rechten voorbehouden|(?:this|the) material (?:may not|is protected)|this article (?:was )?(?:originally )?appeared|저작권|ⓒ|<저작권)/u,
  ],
  [
    'COOKIES',
    /^(?:(?:we|this (?:web)?site|our (?:web)?site|our partners|by (?:continuing|using|clicking|browsing)).{0,120}\bcookies?\b|.{0,60}cookie (?:policy|settings|consent|preferences)|(?:wir|diese (?:web)?seite) (?:verwende|nutz).{0,60}cookies|utilizamos cookies|(?:usamos|este s?ite (?:usa|utiliza)) cookies|nous utilisons (?:des|les) cookies|questo sito (?:usa|utilizza).{0,20}cookie|(?:wij|we|deze (?:web)?site) gebruik.{0,40}cookies)/u,
  ],
  [
    'NEWSLETTER',
    /^(?:(?:sign up|subscribe|register) (?:to|for|now|here|today|and)\b|your subscription (?:has|could)|by (?:providing|entering|submitting|signing|subscribing|clicking|registering)\b|get (?:our|the) (?:latest|best|daily|top|free|most)\b.{0,120}\b(?:inbox|newsletter|email)|.{0,80}(?:delivered|sent|straight|directly) (?:directly |straight |right )?to your (?:inbox|e-?mail)|(?:already|not) a? ?(?:member|subscriber|registered)|thank(?:s| you) for (?:signing|subscribing)|please (?:try again|enter a valid)|suscríbe(?:te|se)|assine (?:a|nossa|o)|abonnez-vous|inscrivez-vous|jetzt (?:abonnieren|anmelden)|newsletter (?:abonnieren|bestellen)|iscriviti|schrijf je in|meld je aan|invalid email|enter your e-?mail)/u,
  ],
  [
    'RELATED',
    /^(?:(?:related|also|read more|read also|also read|see also|read next|more|must[- ]read|don'?t miss|watch|recommended|background|previously|click here for more|lee(?:r)? (?:también|más)|lea también|leia (?:também|mais)|(?:veja|confira) (?:também|mais)|saiba mais|(?:à )?lire aussi|lesen sie auch|mehr dazu|mehr zum thema|leggi anche|lees ook|baca juga|läs (?:också|även|mer)|les også|читайте также|関連記事|관련 ?기사)\s*[:：>»|]|(?:read more about|click here to (?:read|see|watch)|(?:read|see|watch|listen to) the (?:full|rest|whole|original)))/u,
  ],
];

/** "About Jane Doe" above an author's biography, "About Us" above the site's own. */
const ABOUT_SOMEONE = /^(?:About|Sobre|Über|À propos de|Acerca de) (?:\p{Lu}[\p{L}.'’-]+\s?){1,3}$/u;

/** A row of share buttons: little but names of networks. */
const SHARE_LINKS =
  /^(?:\S+ ){0,2}(?:(?:facebook|twitter|whatsapp|linkedin|google ?\+|pinterest|pint|reddit|telegram|e-?mail|print|tumblr|line|x)[ ,|·]*){2,}(?:\S+ ?){0,2}$/iu;

/** The label a line bears, or null where it is (or may be) part of the story. */
export function labelOf(text: string): Label | null {
  if (text.length > 300) return null;
  if (ABOUT_SOMEONE.test(text)) return 'BIO';
  if (SHARE_LINKS.test(text)) return 'SHARE';
  const lower = text.toLowerCase().replace(/[\u2018\u2019]/gu, "'");
  for (const [label, pattern] of STARTS) if (pattern.test(lower)) return label;
  if (lower.length > 100) return null;
  const bare = lower.replace(/^[\s▸►▶»>|•+*#-]+|[\s:：.…!▸►▶»>|•+*#-]+$/gu, '');
  for (const label of Object.keys(WHOLE_LINES) as Label[]) if (WHOLE_LINES[label]?.test(bare)) return label;
  return null;
}

/** Labels under which a list of titles may stand. */
export function headsTitles(label: Label | null): label is 'RELATED' | 'FEATURED' | 'TRENDING' {
  return label === 'RELATED' || label === 'FEATURED' || label === 'TRENDING';
}
