-- A btree refuses values above 2.7 kB, and there are longer addresses, which are only ever looked up whole.
DROP INDEX "articles_uri";
CREATE INDEX "articles_uri" ON "articles" USING HASH ("uri");
DROP INDEX "articles_canonical_url";
CREATE INDEX "articles_canonical_url" ON "articles" USING HASH ("canonical_url");
