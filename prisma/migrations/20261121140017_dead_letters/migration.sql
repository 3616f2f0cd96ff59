-- CreateIndex
CREATE INDEX "execution_dead_letters" ON "execution"("workspace_id", "queued_at" DESC, "id") WHERE (status in ('failed', 'timeout') and mode <> 'manual' and handled_at is null);


