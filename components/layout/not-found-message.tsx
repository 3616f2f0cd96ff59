import Link from 'next/link';
import { Button } from '#components/ui/button.tsx';
import { MessagePage } from './message-page.tsx';

/** The same for what does not exist and what one may not see, so that nobody can tell one from the other. */
export function NotFoundMessage() {
  return (
    <MessagePage
      code="404"
      title="There is nothing here"
      actions={
        <Button asChild variant="primary">
          <Link href="/">Go to your workflows</Link>
        </Button>
      }
    >
      It was deleted or moved, the address has a slip in it, or it belongs to a workspace that you are not in.
    </MessagePage>
  );
}
