/** What entries are about, by the first part of their action. */
export const SUBJECTS: Readonly<Record<string, string>> = {
  workflow: 'Workflows',
  execution: 'Executions',
  'dead-letters': 'Failed executions',
  approval: 'Approvals',
  credential: 'Credentials',
  table: 'Tables',
  file: 'Files',
  circuit: 'Upstreams',
  member: 'Members',
  'api-key': 'API keys',
  workspace: 'Workspace',
  account: 'Accounts',
};

/** `member.update-role` as `member: update role`. */
export function actionText(action: string): string {
  const [subject = '', verb = ''] = action.split('.');
  return `${subject.replaceAll('-', ' ')}: ${verb.replaceAll('-', ' ')}`;
}
