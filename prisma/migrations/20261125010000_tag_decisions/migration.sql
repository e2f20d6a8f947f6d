-- CreateTable
CREATE TABLE "tag_rejections" (
    "article_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tag_rejections_pkey" PRIMARY KEY ("article_id","tag_id")
);

-- CreateTable
CREATE TABLE "vocabulary_seeds" (
    "scheme" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "seeded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vocabulary_seeds_pkey" PRIMARY KEY ("scheme")
);

-- CreateTable
CREATE TABLE "rebuilds" (
    "name" TEXT NOT NULL,
    "position" UUID,
    "stories" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rebuilds_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "tag_rejections_tag" ON "tag_rejections"("tag_id");

-- AddForeignKey
ALTER TABLE "tag_rejections" ADD CONSTRAINT "tag_rejections_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag_rejections" ADD CONSTRAINT "tag_rejections_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE;
