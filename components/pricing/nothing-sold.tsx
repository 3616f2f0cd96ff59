import Link from 'next/link';
import { Button } from '#components/ui/button.tsx';

/** Where nobody sells anything: somebody runs LinkFlow for themselves. */
export function NothingSold({ signedIn }: { signedIn: boolean }) {
  return (
    <section className="mx-auto flex w-full max-w-2xl flex-1 flex-col items-center px-4 py-20 text-center">
      <h1 className="font-semibold text-3xl tracking-tight">Plans are not sold here</h1>
      <p className="mt-4 max-w-md text-base text-foreground-muted">
        This LinkFlow runs on somebody’s own machines. Who may use how much is decided by its operator, and
        nothing of it costs anything here.
      </p>
      <Button asChild variant="primary" size="lg" className="mt-8">
        <Link href={signedIn ? '/' : '/signup'}>{signedIn ? 'Open LinkFlow' : 'Create an account'}</Link>
      </Button>
    </section>
  );
}
