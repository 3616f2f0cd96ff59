-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "deletes_from" TIMESTAMPTZ(3);
