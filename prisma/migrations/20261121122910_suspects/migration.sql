-- CreateIndex
CREATE INDEX "execution_crashes_idx" ON "execution"("crashes");


