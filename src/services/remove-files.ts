import type { AssetId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';

/** Removes the files that are the task's own: its clip, and pictures that came inside its request. Uploads may serve other tasks. */
export async function removeFiles(
  ports: Pick<Ports, 'assets'>,
  { output, request }: Pick<Task, 'output' | 'request'>,
): Promise<void> {
  const references = [...request.images, ...(request.lastImage === undefined ? [] : [request.lastImage])];
  const inline = references.flatMap((reference): readonly AssetId[] =>
    reference.kind === 'asset' && reference.isInline === true ? [reference.assetId] : [],
  );
  for (const id of output === undefined ? inline : [output.assetId, ...inline]) await ports.assets.delete(id);
}
