-- CreateIndex
CREATE INDEX "workflow_recent" ON "workflow"("workspace_id", "updated_at" DESC, "id" DESC) WHERE (deleted_at is null);
