-- CreateEnum
CREATE TYPE "pub_status" AS ENUM ('USABLE', 'WITHHELD', 'CANCELED');

-- CreateEnum
CREATE TYPE "tag_type" AS ENUM ('SUBJECT', 'KEYWORD', 'PERSON', 'ORGANISATION', 'PLACE', 'OBJECT', 'GENRE');

-- CreateEnum
CREATE TYPE "creator" AS ENUM ('PUBLISHER', 'EDITOR', 'SYSTEM');

-- CreateEnum
CREATE TYPE "photo_role" AS ENUM ('LEAD', 'INLINE');

-- CreateEnum
CREATE TYPE "related_rel" AS ENUM ('RELATED', 'FEATURED', 'BACKGROUND', 'FOLLOW_UP', 'UPDATE_OF', 'COPY_OF');

-- CreateEnum
CREATE TYPE "related_origin" AS ENUM ('PUBLISHER', 'EDITOR', 'COMPUTED');

-- CreateEnum
CREATE TYPE "revision_kind" AS ENUM ('CREATED', 'UPDATED', 'CORRECTED', 'WITHDRAWN', 'RESTORED');

-- CreateEnum
CREATE TYPE "story_change_kind" AS ENUM ('PUBLISHED', 'UPDATED', 'CORRECTED', 'WITHDRAWN', 'RESTORED');

-- CreateEnum
CREATE TYPE "date_precision" AS ENUM ('YEAR', 'MONTH', 'DAY', 'MINUTE');

-- CreateEnum
CREATE TYPE "event_status" AS ENUM ('SCHEDULED', 'HAPPENED', 'POSTPONED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "ingest_outcome" AS ENUM ('CREATED', 'REVISED', 'UNCHANGED', 'DUPLICATE', 'REJECTED');

-- CreateTable
CREATE TABLE "sources" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "domain" TEXT,
    "homepage" TEXT,
    "language" TEXT,
    "time_zone" TEXT,
    "country" TEXT,

    CONSTRAINT "sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "articles" (
    "id" UUID NOT NULL,
    "uri" TEXT NOT NULL,
    "canonical_url" TEXT,
    "slug" TEXT NOT NULL,
    "source_id" UUID,
    "headline" TEXT NOT NULL,
    "headline_key" TEXT NOT NULL,
    "alternative_headline" TEXT,
    "abstract" TEXT,
    "byline" TEXT,
    "authors" TEXT[],
    "author_keys" TEXT[],
    "dateline" TEXT,
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "word_count" INTEGER NOT NULL,
    "language" TEXT,
    "date_published" TIMESTAMPTZ(3),
    "date_precision" "date_precision",
    "time_zone" TEXT,
    "first_created" TIMESTAMPTZ(3),
    "version_created" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "origin_version" BIGINT,
    "pub_status" "pub_status" NOT NULL,
    "embargoed_until" TIMESTAMPTZ(3),
    "announced" BOOLEAN NOT NULL,
    "urgency" INTEGER,
    "section" TEXT,
    "credit_text" TEXT,
    "copyright_notice" TEXT,
    "usage_terms" TEXT,
    "ed_note" TEXT,
    "is_accessible_for_free" BOOLEAN,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "ingested_at" TIMESTAMPTZ(3) NOT NULL,
    "content_hash" TEXT NOT NULL,
    "search" tsvector,

    CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_keys" (
    "key" TEXT NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "article_keys_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "revisions" (
    "article_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "revision_kind" NOT NULL,
    "note" TEXT,
    "changed_fields" TEXT[],
    "version_created" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "snapshot" JSONB NOT NULL,

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("article_id","version")
);

-- CreateTable
CREATE TABLE "tags" (
    "id" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "type" "tag_type" NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "scheme" TEXT,
    "term_code" TEXT,
    "same_as" TEXT[],
    "broader_id" UUID,
    "merged_into_id" UUID,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_shingles" (
    "hash" BIGINT NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "article_shingles_pkey" PRIMARY KEY ("hash","article_id")
);

-- CreateTable
CREATE TABLE "tag_aliases" (
    "tag_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "type" "tag_type" NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,

    CONSTRAINT "tag_aliases_pkey" PRIMARY KEY ("tag_id","key")
);

-- CreateTable
CREATE TABLE "article_tags" (
    "article_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "rel" TEXT NOT NULL,
    "relevance" INTEGER,
    "confidence" INTEGER,
    "creator" "creator" NOT NULL,
    "position" INTEGER NOT NULL,
    "mentions" JSONB,

    CONSTRAINT "article_tags_pkey" PRIMARY KEY ("article_id","tag_id")
);

-- CreateTable
CREATE TABLE "photos" (
    "id" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "uri" TEXT,
    "caption" TEXT,
    "alt_text" TEXT,
    "credit_text" TEXT,
    "creator" TEXT,
    "copyright_notice" TEXT,
    "date_created" TIMESTAMPTZ(3),
    "content_location" TEXT,
    "digital_source_type" TEXT,

    CONSTRAINT "photos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "renditions" (
    "photo_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT,
    "href" TEXT NOT NULL,
    "content_type" TEXT,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "renditions_pkey" PRIMARY KEY ("photo_id","position")
);

-- CreateTable
CREATE TABLE "article_photos" (
    "article_id" UUID NOT NULL,
    "photo_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "role" "photo_role" NOT NULL,
    "caption" TEXT,

    CONSTRAINT "article_photos_pkey" PRIMARY KEY ("article_id","photo_id")
);

-- CreateTable
CREATE TABLE "related" (
    "id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "related_id" UUID,
    "title" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "url" TEXT,
    "url_key" TEXT,
    "uri" TEXT,
    "rel" "related_rel" NOT NULL,
    "position" INTEGER NOT NULL,
    "origin" "related_origin" NOT NULL,
    "score" DOUBLE PRECISION,
    "reasons" JSONB,

    CONSTRAINT "related_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "uri" TEXT,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT,
    "event_status" "event_status" NOT NULL,
    "start_date" TIMESTAMPTZ(3),
    "start_precision" "date_precision",
    "end_date" TIMESTAMPTZ(3),
    "end_precision" "date_precision",
    "location_name" TEXT,
    "location_id" UUID,
    "super_event_id" UUID,
    "merged_into_id" UUID,
    "creator" "creator" NOT NULL,
    "confidence" INTEGER,
    "independent_source_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_participants" (
    "event_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "event_participants_pkey" PRIMARY KEY ("event_id","tag_id")
);

-- CreateTable
CREATE TABLE "event_articles" (
    "event_id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "creator" "creator" NOT NULL,
    "confidence" INTEGER,
    "evidence" JSONB,

    CONSTRAINT "event_articles_pkey" PRIMARY KEY ("event_id","article_id")
);

-- CreateTable
CREATE TABLE "story_log" (
    "seq" BIGINT NOT NULL,
    "article_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "story_change_kind" NOT NULL,
    "changed_fields" TEXT[],
    "note" TEXT,
    "facts" JSONB NOT NULL,
    "facts_before" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "story_log_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "log_head" (
    "id" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "log_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_runs" (
    "id" UUID NOT NULL,
    "api_key_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ingest_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest_items" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "outcome" "ingest_outcome" NOT NULL,
    "format" TEXT NOT NULL,
    "url" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "article_id" UUID,
    "version" INTEGER,
    "photo_id" UUID,
    "event_id" UUID,
    "tag_id" UUID,
    "idempotency_key" TEXT,
    "input_hash" TEXT NOT NULL,
    "errors" JSONB NOT NULL,
    "provenance" JSONB NOT NULL,

    CONSTRAINT "ingest_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sources_name_key_key" ON "sources"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "sources_domain_key" ON "sources"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "articles_slug_key" ON "articles"("slug");

-- CreateIndex
CREATE INDEX "articles_uri" ON "articles" USING HASH ("uri");

-- CreateIndex
CREATE INDEX "articles_embargo" ON "articles"("announced", "embargoed_until");

-- CreateIndex
CREATE INDEX "articles_listed" ON "articles"("listed_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "articles_ingested" ON "articles"("ingested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "articles_source" ON "articles"("source_id", "listed_at" DESC);

-- CreateIndex
CREATE INDEX "articles_canonical_url" ON "articles" USING HASH ("canonical_url");

-- CreateIndex
CREATE INDEX "articles_headline_key" ON "articles" USING HASH ("headline_key");

-- CreateIndex
CREATE INDEX "articles_author_keys" ON "articles" USING GIN ("author_keys");

-- CreateIndex
CREATE INDEX "articles_search" ON "articles" USING GIN ("search");

-- CreateIndex
CREATE INDEX "article_keys_article" ON "article_keys"("article_id");

-- CreateIndex
CREATE UNIQUE INDEX "tags_identity_key" ON "tags"("identity");

-- CreateIndex
CREATE UNIQUE INDEX "tags_slug_key" ON "tags"("slug");

-- CreateIndex
CREATE INDEX "tags_broader" ON "tags"("broader_id");

-- CreateIndex
CREATE INDEX "tags_merged_into" ON "tags"("merged_into_id");

-- CreateIndex
CREATE INDEX "article_shingles_article" ON "article_shingles"("article_id");

-- CreateIndex
CREATE INDEX "tag_aliases_key" ON "tag_aliases"("key", "type");

-- CreateIndex
CREATE INDEX "article_tags_tag" ON "article_tags"("tag_id", "article_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "photos_identity_key" ON "photos"("identity");

-- CreateIndex
CREATE INDEX "article_photos_photo" ON "article_photos"("photo_id");

-- CreateIndex
CREATE INDEX "related_article" ON "related"("article_id", "position");

-- CreateIndex
CREATE INDEX "related_related" ON "related"("related_id");

-- CreateIndex
CREATE INDEX "related_title_key" ON "related" USING HASH ("title_key");

-- CreateIndex
CREATE INDEX "related_url_key" ON "related" USING HASH ("url_key");

-- CreateIndex
CREATE INDEX "related_uri" ON "related" USING HASH ("uri");

-- CreateIndex
CREATE UNIQUE INDEX "events_uri_key" ON "events"("uri");

-- CreateIndex
CREATE UNIQUE INDEX "events_slug_key" ON "events"("slug");

-- CreateIndex
CREATE INDEX "events_start" ON "events"("start_date" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "events_created" ON "events"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "events_super" ON "events"("super_event_id");

-- CreateIndex
CREATE INDEX "event_participants_tag" ON "event_participants"("tag_id");

-- CreateIndex
CREATE INDEX "event_articles_article" ON "event_articles"("article_id");

-- CreateIndex
CREATE INDEX "story_log_article" ON "story_log"("article_id", "seq");

-- CreateIndex
CREATE INDEX "story_log_at" ON "story_log"("at");

-- CreateIndex
CREATE INDEX "ingest_runs_started" ON "ingest_runs"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ingest_items_run" ON "ingest_items"("run_id", "position", "part");

-- CreateIndex
CREATE INDEX "ingest_items_article" ON "ingest_items"("article_id");

-- CreateIndex
CREATE UNIQUE INDEX "ingest_items_idempotency_key_part_key" ON "ingest_items"("idempotency_key", "part");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_keys" ADD CONSTRAINT "article_keys_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_broader_id_fkey" FOREIGN KEY ("broader_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tags" ADD CONSTRAINT "tags_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_shingles" ADD CONSTRAINT "article_shingles_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag_aliases" ADD CONSTRAINT "tag_aliases_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_tags" ADD CONSTRAINT "article_tags_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_tags" ADD CONSTRAINT "article_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_photo_id_fkey" FOREIGN KEY ("photo_id") REFERENCES "photos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_photos" ADD CONSTRAINT "article_photos_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_photos" ADD CONSTRAINT "article_photos_photo_id_fkey" FOREIGN KEY ("photo_id") REFERENCES "photos"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "related" ADD CONSTRAINT "related_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "related" ADD CONSTRAINT "related_related_id_fkey" FOREIGN KEY ("related_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_super_event_id_fkey" FOREIGN KEY ("super_event_id") REFERENCES "events"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "events"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_participants" ADD CONSTRAINT "event_participants_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_articles" ADD CONSTRAINT "event_articles_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_articles" ADD CONSTRAINT "event_articles_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_log" ADD CONSTRAINT "story_log_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_runs" ADD CONSTRAINT "ingest_runs_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "ingest_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_photo_id_fkey" FOREIGN KEY ("photo_id") REFERENCES "photos"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_items" ADD CONSTRAINT "ingest_items_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The log's only row: the writer takes sequence numbers from it as the last statement of its transaction (src/log/append.ts).
INSERT INTO "log_head" ("id", "epoch", "seq") VALUES (1, substr(replace(gen_random_uuid()::text, '-', ''), 1, 8), 0);
