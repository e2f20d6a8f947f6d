-- AlterTable
ALTER TABLE "ingest_items" ADD COLUMN     "event_id" UUID,
ADD COLUMN     "photo_id" UUID,
ADD COLUMN     "tag_id" UUID;

-- CreateTable
CREATE TABLE "article_shingles" (
    "hash" BIGINT NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "article_shingles_pkey" PRIMARY KEY ("hash","article_id")
);

-- CreateIndex
CREATE INDEX "article_shingles_article" ON "article_shingles"("article_id");

-- CreateIndex
CREATE INDEX "articles_embargo" ON "articles"("announced", "embargoed_until");

-- AddForeignKey
ALTER TABLE "article_shingles" ADD CONSTRAINT "article_shingles_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_photo_id_fkey" FOREIGN KEY ("photo_id") REFERENCES "photos"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;
