-- kept by the database. Prisma knows no generated columns and takes what it is made of for a default.
ALTER TABLE "workflow" ADD COLUMN "name_key" TEXT GENERATED ALWAYS AS (lower("name")) STORED;

-- a search looks through the names of a workspace in this index alone: rows hold whole drafts
DROP INDEX "workflow_recent";
CREATE INDEX "workflow_recent" ON "workflow"("workspace_id", "updated_at" DESC, "id" DESC) INCLUDE ("name_key") WHERE (deleted_at is null);
