-- CreateEnum
CREATE TYPE "execution_tier" AS ENUM ('realtime', 'standard', 'heavy');

-- CreateTable
CREATE TABLE "active_execution" (
    "execution_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "status" "execution_status" NOT NULL DEFAULT 'queued',
    "tier" "execution_tier" NOT NULL DEFAULT 'standard',
    "priority" SMALLINT NOT NULL DEFAULT 1,
    "concurrency" INTEGER,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "pause_requested" BOOLEAN NOT NULL DEFAULT false,
    "wakes" INTEGER NOT NULL DEFAULT 0,
    "lease_owner" TEXT,
    "lease_token" BIGINT,
    "lease_expires_at" TIMESTAMPTZ(3),
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "parent_id" UUID,

    CONSTRAINT "active_execution_pkey" PRIMARY KEY ("execution_id")
);

-- CreateIndex
CREATE INDEX "active_execution_queue" ON "active_execution"("workspace_id", "workflow_id", "tier", "priority", "queued_at") WHERE (status = 'queued');

-- CreateIndex
CREATE INDEX "active_execution_running" ON "active_execution"("lease_owner") WHERE (status = 'running');

-- CreateIndex
CREATE INDEX "active_execution_waiting" ON "active_execution"("wake_at") WHERE (status = 'waiting');

-- CreateIndex
CREATE INDEX "active_execution_suspects" ON "active_execution"("queued_at") WHERE (crashes >= 2);

-- Its rows live for seconds and are updated twice: they must be vacuumed soon and by number, not by share of the table.
ALTER TABLE "active_execution" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000, autovacuum_vacuum_cost_delay = 0);

-- Executions that are under way move over.
INSERT INTO "active_execution" ("execution_id", "workspace_id", "workflow_id", "status", "queued_at", "started_at", "wake_at", "last_seq",
  "cancel_requested", "pause_requested", "lease_owner", "lease_token", "lease_expires_at", "crashes", "parent_id")
SELECT "id", "workspace_id", "workflow_id", "status", "queued_at", "started_at", "wake_at", "last_seq",
  "cancel_requested", "pause_requested", "lease_owner", "lease_token", "lease_expires_at", "crashes", "parent_id"
FROM "execution" WHERE "status" IN ('queued', 'running', 'waiting', 'paused');
UPDATE "execution" SET "status" = 'queued' WHERE "status" IN ('running', 'waiting', 'paused');

-- DropForeignKey
ALTER TABLE "execution" DROP CONSTRAINT "execution_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "journal_chunk" DROP CONSTRAINT "journal_chunk_execution_id_fkey";

-- DropIndex
DROP INDEX "execution_crashes_idx";

-- DropIndex
DROP INDEX "execution_lease_owner_idx";

-- AlterTable
ALTER TABLE "execution" DROP COLUMN "cancel_requested",
DROP COLUMN "crashes",
DROP COLUMN "last_seq",
DROP COLUMN "lease_expires_at",
DROP COLUMN "lease_owner",
DROP COLUMN "lease_token",
DROP COLUMN "pause_requested",
DROP COLUMN "wake_at",
ADD COLUMN     "handled_at" TIMESTAMPTZ(3),
ALTER COLUMN "trigger" SET DATA TYPE JSON,
ALTER COLUMN "error" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "journal_chunk" ALTER COLUMN "events" SET DATA TYPE JSON;

-- AlterTable
ALTER TABLE "workflow_version" ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "priority" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN     "tier" "execution_tier";

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "weight" SMALLINT NOT NULL DEFAULT 1;

-- What the queue needs to know of a version.
UPDATE "workflow_version" SET "concurrency" = ("content" -> 'settings' ->> 'concurrency')::int;
