-- CreateTable
CREATE TABLE "event_detachments" (
    "event_id" UUID NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "event_detachments_pkey" PRIMARY KEY ("article_id","event_id")
);

-- CreateTable
CREATE TABLE "unrelated" (
    "article_id" UUID NOT NULL,
    "related_id" UUID NOT NULL,

    CONSTRAINT "unrelated_pkey" PRIMARY KEY ("article_id","related_id")
);

-- CreateTable
CREATE TABLE "term_counts" (
    "term" TEXT NOT NULL,
    "stories" INTEGER NOT NULL,

    CONSTRAINT "term_counts_pkey" PRIMARY KEY ("term")
);

-- CreateTable
CREATE TABLE "context_head" (
    "id" INTEGER NOT NULL,
    "stories" BIGINT NOT NULL,
    "placements" BIGINT NOT NULL,

    CONSTRAINT "context_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_states" (
    "event_id" UUID NOT NULL,
    "storyline" UUID NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "event_states_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "event_terms" (
    "event_id" UUID NOT NULL,
    "term" TEXT NOT NULL,
    "last_seen" BIGINT NOT NULL,

    CONSTRAINT "event_terms_pkey" PRIMARY KEY ("event_id","term")
);

-- CreateTable
CREATE TABLE "story_records" (
    "article_id" UUID NOT NULL,
    "event_id" UUID,
    "placement" BIGINT NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "story_records_pkey" PRIMARY KEY ("article_id")
);

-- CreateIndex
CREATE INDEX "event_detachments_event" ON "event_detachments"("event_id");

-- CreateIndex
CREATE INDEX "unrelated_related" ON "unrelated"("related_id");

-- CreateIndex
CREATE INDEX "event_states_storyline" ON "event_states"("storyline");

-- CreateIndex
CREATE INDEX "event_terms_term" ON "event_terms"("term", "last_seen" DESC, "event_id");

-- CreateIndex
CREATE INDEX "story_records_event" ON "story_records"("event_id", "placement" DESC);

-- AddForeignKey
ALTER TABLE "event_detachments" ADD CONSTRAINT "event_detachments_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_detachments" ADD CONSTRAINT "event_detachments_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unrelated" ADD CONSTRAINT "unrelated_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unrelated" ADD CONSTRAINT "unrelated_related_id_fkey" FOREIGN KEY ("related_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_states" ADD CONSTRAINT "event_states_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_records" ADD CONSTRAINT "story_records_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_records" ADD CONSTRAINT "story_records_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The counters' only row (src/context/term-table.ts).
INSERT INTO "context_head" ("id", "stories", "placements") VALUES (1, 0, 0);
-- Counts are updated with every story: room on each page keeps these updates out of the index.
ALTER TABLE "term_counts" SET (fillfactor = 70);
