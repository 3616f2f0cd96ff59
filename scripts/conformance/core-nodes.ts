/** n8n's nodes that are neither a service nor a language model: names without their package. */
export const CORE_NODES: ReadonlySet<string> = new Set(
  `activationTrigger aggregate code compareDatasets compression convertToFile cron crypto dataTable dateTime debugHelper
  editImage emailReadImap emailSend errorTrigger evaluation evaluationTrigger executeCommand executeWorkflow
  executeWorkflowTrigger executionData extractFromFile filter form formTrigger ftp function functionItem git graphql html
  htmlExtract httpRequest iCal if interval itemLists jwt ldap limit localFileTrigger manualTrigger markdown merge
  moveBinaryData n8nTrigger noOp readBinaryFile readBinaryFiles readPDF readWriteFile removeDuplicates renameKeys
  respondToWebhook rssFeedRead rssFeedReadTrigger scheduleTrigger set simulate simulateTrigger sort splitInBatches splitOut
  spreadsheetFile sseTrigger ssh start stickyNote stopAndError summarize switch timeSaved totp wait webhook workflowTrigger
  writeBinaryFile xml
  @n8n/n8n-nodes-langchain.chatTrigger @n8n/n8n-nodes-langchain.manualChatTrigger`.split(/\s+/),
);
