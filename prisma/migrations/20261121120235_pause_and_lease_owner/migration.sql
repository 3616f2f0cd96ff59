-- AlterEnum
ALTER TYPE "execution_status" ADD VALUE 'paused';

-- DropIndex
DROP INDEX "execution_lease_expires_at_idx";

-- AlterTable
ALTER TABLE "execution" ADD COLUMN     "pause_requested" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "execution_lease_owner_idx" ON "execution"("lease_owner");


