import type { AssetId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';

/**
 * Removes the files that are a deleted task's own: its clip, and pictures that came inside its request. Uploads may serve other tasks. May be
 * repeated after a failure.
 */
export async function removeFiles(
  ports: Pick<Ports, 'assets' | 'tasks'>,
  { id, output, request }: Pick<Task, 'id' | 'output' | 'request'>,
): Promise<void> {
  const references = [...request.images, ...(request.lastImage === undefined ? [] : [request.lastImage])];
  const inline = references.flatMap((reference): readonly AssetId[] =>
    reference.kind === 'asset' && reference.isInline === true ? [reference.assetId] : [],
  );
  for (const own of output === undefined ? inline : [output.assetId, ...inline])
    await ports.assets.delete(own);
  await ports.tasks.noteFilesRemoved(id);
}
