-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "node_types" TEXT[],
ADD COLUMN     "published_hash" TEXT;


