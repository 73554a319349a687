import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';
import type { LogLevelName } from './settings.ts';

/**
 * One JSON line an event, on stderr, so that a command's own output stays clean. Keys are blanked wherever a line holds them; an
 * `error` is written with its stack and causes.
 */
export const createLog = (
  level: LogLevelName,
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Logger =>
  pino(
    {
      level,
      serializers: { error: stdSerializers.err },
      redact: ['req.headers.authorization', '*.key', '*.authorization'],
    },
    stream,
  );
