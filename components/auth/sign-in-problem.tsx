import { Callout } from '#components/ui/callout.tsx';
import type { IdentityProblem } from '#server/accounts/schema.ts';
import type { Way } from './provider-buttons.tsx';

interface Props {
  /** From the address of the page: whatever somebody wrote there. */
  problem: string | string[] | undefined;
  way: string | string[] | undefined;
  ways: readonly Way[];
}

/** Why a way through an identity provider led nowhere. */
export function SignInProblem({ problem, way, ways }: Props) {
  if (typeof problem !== 'string') return null;
  const name = ways.find(({ id }) => id === way)?.name ?? 'the provider';
  const text = Object.hasOwn(TEXTS, problem) ? TEXTS[problem as IdentityProblem](name) : FAILED;
  return (
    <Callout tone={problem === 'address-taken' ? 'warning' : 'danger'} className="mb-5">
      {text}
    </Callout>
  );
}

const FAILED = 'Logging in that way did not work. Try again, or use another one.';
const TEXTS: Record<IdentityProblem, (name: string) => string> = {
  'address-taken': (name) =>
    `There is an account with your address already. Log in with your password, then connect ${name} in your account.`,
  'no-address': (name) => `There was no e-mail address from ${name}, and an account needs one.`,
  'of-another': (name) => `This account of ${name} belongs to another account here.`,
  blocked: () => 'This account is blocked. Ask whoever runs this server.',
};
