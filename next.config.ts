import type { NextConfig } from 'next';

export default {
  poweredByHeader: false,
  // types are checked by `npm run check` and `npm test`; a start need not check them again
  typescript: { ignoreBuildErrors: true },
  devIndicators: { position: 'bottom-right' },
  serverExternalPackages: ['pg', 'graphile-worker', '@prisma/adapter-pg'],
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig;
