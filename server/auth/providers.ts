import type { Provider } from 'next-auth/providers';
import GitHub from 'next-auth/providers/github';
import Google from 'next-auth/providers/google';
import MicrosoftEntraID from 'next-auth/providers/microsoft-entra-id';
import { env } from '../env.ts';

/** Accounts elsewhere by which people sign in here, by the name that table `identity` keeps. */
export type IdentityProvider = 'google' | 'github' | 'microsoft' | 'oidc';

/** What a provider said of somebody who came from it. */
export interface ProvenIdentity {
  provider: IdentityProvider;
  /** The provider's own id of the person. */
  subject: string;
  email: string | null;
  /** The provider says that it checked that the address is theirs. */
  emailVerified: boolean;
  name: string;
}

/** A way to sign in, as next-auth (and the provider's list of callback addresses) and people know it. */
export interface SignInWay {
  id: string;
  provider: IdentityProvider;
  name: string;
}

const NEXT_AUTH_IDS: Record<IdentityProvider, string> = {
  google: 'google',
  github: 'github',
  microsoft: 'microsoft-entra-id',
  oidc: 'oidc',
};

export const providerName = (provider: string): string =>
  ({ google: 'Google', github: 'GitHub', microsoft: 'Microsoft' })[provider] ?? env().AUTH_OIDC_NAME;

/** The ways that the environment has settings for. */
export function signInWays(): SignInWay[] {
  const { AUTH_GOOGLE_ID, AUTH_GITHUB_ID, AUTH_MICROSOFT_ID, AUTH_OIDC_ID } = env();
  const settings = {
    google: AUTH_GOOGLE_ID,
    github: AUTH_GITHUB_ID,
    microsoft: AUTH_MICROSOFT_ID,
    oidc: AUTH_OIDC_ID,
  };
  return Object.entries(settings).flatMap(([name, setting]) => {
    const provider = name as IdentityProvider;
    return setting ? [{ id: NEXT_AUTH_IDS[provider], provider, name: providerName(provider) }] : [];
  });
}

/** The same ways for next-auth. State and PKCE tie the answer to the browser that asked, the nonce ties the token to it. */
export function nextAuthProviders(): Provider[] {
  const e = env();
  const make: Record<IdentityProvider, () => Provider> = {
    google: () =>
      Google({ clientId: e.AUTH_GOOGLE_ID, clientSecret: e.AUTH_GOOGLE_SECRET, checks: OIDC_CHECKS }),
    github: () => ({
      ...GitHub({ clientId: e.AUTH_GITHUB_ID, clientSecret: e.AUTH_GITHUB_SECRET, checks: OAUTH_CHECKS }),
      userinfo: {
        url: 'https://api.github.com/user',
        request: ({ tokens }: { tokens: { access_token?: string } }) => readGitHub(tokens.access_token),
      },
    }),
    microsoft: () =>
      MicrosoftEntraID({
        clientId: e.AUTH_MICROSOFT_ID,
        clientSecret: e.AUTH_MICROSOFT_SECRET,
        issuer: `https://login.microsoftonline.com/${e.AUTH_MICROSOFT_TENANT}/v2.0`,
        authorization: { params: { scope: 'openid email profile' } },
        checks: OIDC_CHECKS,
        profile: ({ sub, name, email }) => ({ id: sub, name, email }), // next-auth's own one asks for a photo
      }),
    oidc: () => ({
      id: 'oidc',
      name: e.AUTH_OIDC_NAME,
      type: 'oidc',
      issuer: e.AUTH_OIDC_ISSUER,
      clientId: e.AUTH_OIDC_ID,
      clientSecret: e.AUTH_OIDC_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      checks: OIDC_CHECKS,
    }),
  };
  return signInWays().map(({ provider }) => make[provider]());
}

const OIDC_CHECKS: ('pkce' | 'state' | 'nonce')[] = ['pkce', 'state', 'nonce'];
const OAUTH_CHECKS: ('pkce' | 'state')[] = ['pkce', 'state'];

/** What a profile says, in our words. Null when it is of nobody. */
export function readProfile(nextAuthId: string, profile: Record<string, unknown>): ProvenIdentity | null {
  const found = Object.entries(NEXT_AUTH_IDS).find(([, id]) => id === nextAuthId);
  const subject = profile[nextAuthId === 'github' ? 'id' : 'sub'];
  if (!found || (typeof subject !== 'string' && typeof subject !== 'number') || subject === '') return null;
  const email = typeof profile.email === 'string' ? profile.email : null;
  const name = [profile.name, profile.login, profile.preferred_username, email?.split('@')[0]].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  return {
    provider: found[0] as IdentityProvider,
    subject: String(subject),
    email,
    emailVerified: email !== null && saysVerified(nextAuthId, profile),
    name: name?.trim().slice(0, 100) ?? 'Somebody',
  };
}

/** In Microsoft's directories an administrator writes whatever address: only this claim says that the domain is theirs. */
const saysVerified = (nextAuthId: string, profile: Record<string, unknown>): boolean =>
  (nextAuthId === 'microsoft-entra-id' ? [true, 1, '1', 'true'] : [true, 'true']).includes(
    profile[nextAuthId === 'microsoft-entra-id' ? 'xms_edov' : 'email_verified'] as string,
  );

/** The address on a GitHub profile is what its owner wrote there; the list of addresses says which one is verified. */
export function withVerifiedAddress(
  profile: Record<string, unknown>,
  addresses: unknown,
): Record<string, unknown> {
  const primary = Array.isArray(addresses)
    ? addresses.find(
        (a: { primary?: unknown; verified?: unknown }) => a.primary === true && a.verified === true,
      )
    : undefined;
  const email: unknown = (primary as { email?: unknown } | undefined)?.email;
  return {
    ...profile,
    email: typeof email === 'string' ? email : null,
    email_verified: typeof email === 'string',
  };
}

async function readGitHub(token: string | undefined): Promise<Record<string, unknown>> {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`https://api.github.com${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'user-agent': 'LinkFlow',
        accept: 'application/vnd.github+json',
      },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`GitHub answers ${path} with ${response.status}.`);
    return response.json();
  };
  const [profile, addresses] = await Promise.all([get('/user'), get('/user/emails')]);
  return withVerifiedAddress(profile as Record<string, unknown>, addresses);
}
