/** The parts of the API, in the order in which the reference shows them. */
export const TAGS: readonly { name: string; description: string }[] = [
  { name: 'Workflows', description: 'Drafts, published versions, what starts them and how they did.' },
  { name: 'Graph', description: 'Nodes and edges of a draft, one by one, many at once, or all of it.' },
  { name: 'Executions', description: 'Start workflows, follow them, look at what every node got and gave.' },
  { name: 'Schedules', description: 'Workflows that start at set times.' },
  { name: 'Node types', description: 'What nodes there are and which parameters they take.' },
  { name: 'Credentials', description: 'Secrets for other services. They are kept and used, and never told.' },
  { name: 'Approvals', description: 'Questions of running workflows that wait for somebody’s decision.' },
  {
    name: 'Dead letters',
    description: 'Executions that failed in production and that nobody has dealt with.',
  },
  { name: 'Tables', description: 'Typed rows that a workspace keeps for its workflows.' },
  { name: 'Files', description: 'Files that a workspace keeps by path.' },
  { name: 'Circuits', description: 'Hosts that workflows call and that failed.' },
  { name: 'Workspace', description: 'The workspace that a key is for.' },
  {
    name: 'Members',
    description:
      'Who is in the workspace and who is invited. Without the workspace in the path it is the one of the key: /members, /invitations.',
  },
  { name: 'Billing', description: 'Plans, what the workspace has bought and used, and its invoices.' },
  { name: 'Users', description: 'Whose key it is, and who else is in the workspace.' },
  { name: 'Auth', description: 'Accounts, and tokens for whoever logs in by a script.' },
  { name: 'Audit', description: 'Who did what.' },
  { name: 'Operator', description: 'The whole system, for keys of its operators that name these scopes.' },
];
