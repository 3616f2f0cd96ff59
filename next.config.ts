import type { NextConfig } from 'next';

/** Pages are never framed; the address of a page (it may hold a token) is not told to other sites. */
const HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
];

export default {
  poweredByHeader: false,
  // types are checked by `npm run check` and `npm test`; a start need not check them again
  typescript: { ignoreBuildErrors: true },
  devIndicators: { position: 'bottom-right' },
  headers: async () => [{ source: '/:path*', headers: HEADERS }],
  serverExternalPackages: ['pg', 'graphile-worker', '@prisma/adapter-pg'],
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig;
