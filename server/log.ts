import pino from 'pino';

/** JSON lines on stdout. Values under these names never reach the log. */
export const log = pino({
  level: process.env.LINKFLOW_LOG_LEVEL || 'info',
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
    censor: '[hidden]',
  },
});
