'use client';
import Link from 'next/link';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { CredentialDetail } from '#server/credentials/schema.ts';

/** Workflows whose draft or published version has a credential. */
export function UsedIn({ workflows }: { workflows: CredentialDetail['usedIn'] }) {
  const path = useWorkspacePath();
  return (
    <Card>
      <CardHeader title="Used in" />
      {workflows.length === 0 ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">
          No workflow yet. Choose it in a node, under “Credential”.
        </p>
      ) : (
        <ul className="flex flex-col px-5 pb-4">
          {workflows.map(({ id, name }) => (
            <li key={id}>
              <Link
                href={path(`workflows/${id}`)}
                className="inline-block max-w-full truncate rounded py-1 font-medium text-accent-text text-ui hover:underline"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
