-- CreateTable
CREATE TABLE "data_table" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "columns" JSON NOT NULL,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_row" (
    "id" BIGSERIAL NOT NULL,
    "table_id" UUID NOT NULL,
    "data" JSONB NOT NULL,
    "write_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_row_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "data_table_workspace_id_name_key" ON "data_table"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "data_row_table_id_id_idx" ON "data_row"("table_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "data_row_table_id_write_key_key" ON "data_row"("table_id", "write_key");

-- AddForeignKey
ALTER TABLE "data_row" ADD CONSTRAINT "data_row_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "data_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;
