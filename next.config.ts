import type { NextConfig } from 'next';

export default {
  poweredByHeader: false,
  devIndicators: { position: 'bottom-right' },
  serverExternalPackages: ['pg', 'graphile-worker', '@prisma/adapter-pg'],
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
} satisfies NextConfig;
