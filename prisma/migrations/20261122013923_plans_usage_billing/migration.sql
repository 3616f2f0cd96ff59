-- AlterTable
ALTER TABLE "member" ADD COLUMN     "reduced_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "paused_by" TEXT;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "overage_cap" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "plan_concurrency" INTEGER,
ADD COLUMN     "plan_override" TEXT,
ADD COLUMN     "seats_override" INTEGER,
ADD COLUMN     "usage_anchor" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "subscription" (
    "workspace_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "subscription_id" TEXT,
    "plan" TEXT,
    "interval" TEXT,
    "status" TEXT,
    "current_period_start" TIMESTAMPTZ(3),
    "current_period_end" TIMESTAMPTZ(3),
    "billing_anchor" TIMESTAMPTZ(3),
    "trial_ends_at" TIMESTAMPTZ(3),
    "trial_used_at" TIMESTAMPTZ(3),
    "cancel_at" TIMESTAMPTZ(3),
    "past_due_since" TIMESTAMPTZ(3),
    "metered" BOOLEAN NOT NULL DEFAULT false,
    "synced_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "stripe_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "customer_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_period" (
    "workspace_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "included" INTEGER,
    "credit" INTEGER NOT NULL DEFAULT 0,
    "overage" INTEGER NOT NULL DEFAULT 0,
    "overage_reported" INTEGER NOT NULL DEFAULT 0,
    "overage_reporting" INTEGER,
    "warned_80_at" TIMESTAMPTZ(3),
    "warned_100_at" TIMESTAMPTZ(3),

    CONSTRAINT "usage_period_pkey" PRIMARY KEY ("workspace_id","starts_at")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "workflow_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "executions" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("workspace_id","day","workflow_id","user_id")
);

-- CreateTable
CREATE TABLE "workspace_day" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "api_calls" INTEGER NOT NULL DEFAULT 0,
    "storage_bytes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "workspace_day_pkey" PRIMARY KEY ("workspace_id","day")
);

-- CreateTable
CREATE TABLE "refused_start" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "workflow_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_start_pkey" PRIMARY KEY ("workspace_id","day","workflow_id","mode","reason")
);

-- CreateTable
CREATE TABLE "workflow_budget" (
    "workflow_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "budget" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3),
    "tripped_at" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_budget_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subscription_customer_id_key" ON "subscription"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_subscription_id_key" ON "subscription"("subscription_id");

-- CreateIndex
CREATE INDEX "stripe_event_received_at_idx" ON "stripe_event"("received_at");

-- CreateIndex
CREATE INDEX "usage_period_ends_at_idx" ON "usage_period"("ends_at");

-- CreateIndex
CREATE INDEX "workflow_budget_workspace_id_idx" ON "workflow_budget"("workspace_id");

-- Rows that change with every start: room for their next version on the same page.
ALTER TABLE "usage_period" SET (fillfactor = 40);
ALTER TABLE "usage_day" SET (fillfactor = 60);

-- What an operator had set is a choice of theirs, and months of usage begin with the workspace.
UPDATE "workspace" SET "seats_override" = "seats", "usage_anchor" = "created_at";
