-- DropIndex
DROP INDEX "articles_uri_key";

-- DropIndex
DROP INDEX "tags_scheme_term_code_key";

-- AlterTable
ALTER TABLE "related" ADD COLUMN     "url_key" TEXT;

-- AlterTable
ALTER TABLE "tags" ADD COLUMN     "identity" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "article_keys" (
    "key" TEXT NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "article_keys_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "article_keys_article" ON "article_keys"("article_id");

-- CreateIndex
CREATE INDEX "articles_uri" ON "articles"("uri");

-- CreateIndex
CREATE INDEX "related_title_key" ON "related" USING HASH ("title_key");

-- CreateIndex
CREATE INDEX "related_url_key" ON "related" USING HASH ("url_key");

-- CreateIndex
CREATE INDEX "related_uri" ON "related" USING HASH ("uri");

-- CreateIndex
CREATE UNIQUE INDEX "tags_identity_key" ON "tags"("identity");

-- AddForeignKey
ALTER TABLE "article_keys" ADD CONSTRAINT "article_keys_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The log's only row: the writer takes sequence numbers from it as the last statement of its transaction (src/log/append.ts).
INSERT INTO "log_head" ("id", "epoch", "seq") VALUES (1, substr(replace(gen_random_uuid()::text, '-', ''), 1, 8), 0);
