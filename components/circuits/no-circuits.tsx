import { PlugZap } from 'lucide-react';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Says what will stand here once something fails. */
export function NoCircuits() {
  return (
    <EmptyState icon={<PlugZap />} title="All hosts are well">
      <p>
        Every host has a circuit breaker of its own, like a fuse. After five failures in a row it opens: calls
        are refused at once instead of waiting for a host that is down, and the host gets time to recover.
      </p>
      <ol className="mt-4 grid gap-2 text-left">
        <Step title="Open">Calls are refused for 30 s, then longer, up to 5 min.</Step>
        <Step title="Trying">One call goes out to see whether the host is well again.</Step>
        <Step title="Closed">It was: all calls go out as usual.</Step>
      </ol>
      <p className="mt-4">
        Failures are time-outs, broken connections and answers of 5xx. A node with “Try again when it fails”
        waits for the next try by itself.
      </p>
    </EmptyState>
  );
}

function Step({ title, children }: { title: string; children: string }) {
  return (
    <li className="rounded-lg border border-border px-3 py-2">
      <span className="font-medium text-foreground">{title}.</span> {children}
    </li>
  );
}
