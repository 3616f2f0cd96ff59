-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "deletes_from" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "usage_period" ADD COLUMN     "covered" INTEGER NOT NULL DEFAULT 0;
