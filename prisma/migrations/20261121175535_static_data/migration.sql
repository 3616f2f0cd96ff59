-- CreateTable
CREATE TABLE "workflow_static_data" (
    "workflow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_static_data_pkey" PRIMARY KEY ("workflow_id","key")
);
