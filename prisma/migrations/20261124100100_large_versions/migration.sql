-- Agencies count versions by time stamps, too: 20240301123000.
ALTER TABLE "articles" ALTER COLUMN "origin_version" TYPE BIGINT;
