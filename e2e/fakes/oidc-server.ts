import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface OidcServer {
  /** What the product needs to know of it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * An OpenID Connect issuer with a log-in page that believes everybody: `subject/ada@example.com` comes as that subject with
 * that address, and `subject/ada@example.com/unverified` with one that nobody has checked.
 */
export async function startOidcServer({ accessTokenSeconds = 600 } = {}): Promise<OidcServer> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = randomBytes(24).toString('hex');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'linkflow',
        client_secret: secret,
        redirect_uris: ['http://localhost/unused'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false, // in the token itself, as Google and Microsoft do
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    pkce: { required: () => true },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => {
        const [, email, verified] = accountId.split('/');
        return { sub: accountId, email, email_verified: verified === undefined, name: 'Ada Lovelace' };
      },
    }),
  });
  // the port of the product is not known yet
  (provider.Client.prototype as { redirectUriAllowed: (uri: string) => boolean }).redirectUriAllowed = (
    uri,
  ) => /^http:\/\/localhost:\d+\/(api\/auth\/callback\/oidc|oauth\/callback)$/.test(uri);
  server.on('request', provider.callback());
  return {
    env: {
      AUTH_OIDC_ISSUER: issuer,
      AUTH_OIDC_ID: 'linkflow',
      AUTH_OIDC_SECRET: secret,
      AUTH_OIDC_NAME: 'Example',
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
