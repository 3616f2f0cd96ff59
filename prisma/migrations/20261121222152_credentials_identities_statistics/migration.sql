-- CreateEnum
CREATE TYPE "credential_sharing" AS ENUM ('workspace', 'chosen');

-- CreateEnum
CREATE TYPE "credential_access_kind" AS ENUM ('used', 'refused', 'tested', 'refreshed', 'connected');

-- AlterEnum
ALTER TYPE "trigger_type" ADD VALUE 'email';

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "blocked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "search_text" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "purge_at" TIMESTAMPTZ(3),
ADD COLUMN     "seats" INTEGER;

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_key" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "wrapped" TEXT NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data_key_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "allowed_hosts" TEXT[],
    "sharing" "credential_sharing" NOT NULL DEFAULT 'workspace',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "token_expires_at" TIMESTAMPTZ(3),
    "connected_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_member" (
    "credential_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "credential_member_pkey" PRIMARY KEY ("credential_id","user_id")
);

-- CreateTable
CREATE TABLE "credential_access" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "kind" "credential_access_kind" NOT NULL,
    "user_id" UUID,
    "execution_id" UUID,
    "workflow_id" UUID,
    "node_id" TEXT,
    "host" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_connect" (
    "id" UUID NOT NULL,
    "state_hash" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "verifier" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_connect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trigger_stat" (
    "trigger_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "repeated" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "last_refusal" TEXT,
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "trigger_stat_pkey" PRIMARY KEY ("trigger_id","day")
);

-- CreateTable
CREATE TABLE "idempotent_answer" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_provider_subject_key" ON "identity"("provider", "subject");

-- CreateIndex
CREATE INDEX "data_key_workspace_id_created_at_idx" ON "data_key"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "data_key_master_key_id_idx" ON "data_key"("master_key_id");

-- CreateIndex
CREATE INDEX "credential_workspace_id_name_idx" ON "credential"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "credential_data_key_id_idx" ON "credential"("data_key_id");

-- CreateIndex
CREATE INDEX "credential_token_expires_at_idx" ON "credential"("token_expires_at");

-- CreateIndex
CREATE INDEX "credential_expires_at_idx" ON "credential"("expires_at");

-- CreateIndex
CREATE INDEX "credential_member_user_id_idx" ON "credential_member"("user_id");

-- CreateIndex
CREATE INDEX "credential_access_credential_id_at_id_idx" ON "credential_access"("credential_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "credential_access_at_idx" ON "credential_access"("at");

-- CreateIndex
CREATE UNIQUE INDEX "oauth_connect_state_hash_key" ON "oauth_connect"("state_hash");

-- CreateIndex
CREATE INDEX "oauth_connect_expires_at_idx" ON "oauth_connect"("expires_at");

-- CreateIndex
CREATE INDEX "idempotent_answer_expires_at_idx" ON "idempotent_answer"("expires_at");

-- CreateIndex
CREATE INDEX "workspace_purge_at_idx" ON "workspace"("purge_at");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_data_key_id_fkey" FOREIGN KEY ("data_key_id") REFERENCES "data_key"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "credential_member" ADD CONSTRAINT "credential_member_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credential"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_member" ADD CONSTRAINT "credential_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trigger_stat" ADD CONSTRAINT "trigger_stat_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Words of workflows, as they stand: people search for names in any language, so no stemming.
CREATE INDEX "workflow_search" ON "workflow" USING gin (to_tsvector('simple', "search_text"));
