import { useQuery } from '@tanstack/react-query';
import { request, WireError } from './api-client.ts';

export type ServerState = 'ok' | 'unready' | 'lost';

const CHECKED_EVERY_MS = 15_000;

/** Whether the server answers and reaches its store; undefined until it was asked. */
export function useServerState(): ServerState | undefined {
  return useQuery({
    queryKey: ['server-state'],
    queryFn: async (): Promise<ServerState> => {
      try {
        await request('GET', '/readyz');
        return 'ok';
      } catch (error) {
        return error instanceof WireError && error.status !== 0 ? 'unready' : 'lost';
      }
    },
    refetchInterval: CHECKED_EVERY_MS,
    staleTime: CHECKED_EVERY_MS,
  }).data;
}
