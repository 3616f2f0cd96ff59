-- CreateEnum
CREATE TYPE "circuit_state" AS ENUM ('closed', 'open', 'half_open');

-- AlterEnum
ALTER TYPE "execution_status" ADD VALUE 'timeout';

-- CreateTable
CREATE TABLE "circuit" (
    "workspace_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL DEFAULT '',
    "state" "circuit_state" NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "circuit_pkey" PRIMARY KEY ("workspace_id","host","credential_id")
);

-- CreateTable
CREATE TABLE "wait_call" (
    "execution_id" UUID NOT NULL,
    "node_id" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "data" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wait_call_pkey" PRIMARY KEY ("execution_id","node_id","run")
);


