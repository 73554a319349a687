import { readFile } from 'node:fs/promises';
import type { Task } from '#domain/task/task.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import type { Prediction } from './prediction.ts';

/** A longer clip stands as its URL: a text of more than 64 MB is more than clients can be expected to read. */
const LARGEST_INLINE_BYTES = 48 * 1024 * 1024;

/** The prediction with the clip as a `data:` URI, if its submit asked for that (`enable_base64_output`) and it is not too long. */
export async function withInlineOutput(
  { assets }: Pick<HttpDependencies, 'assets'>,
  task: Task,
  prediction: Prediction,
): Promise<Prediction> {
  const { output } = task;
  if (task.inlineOutput !== true || output === undefined || output.byteLength > LARGEST_INLINE_BYTES)
    return prediction;
  const asset = await assets.find(output.assetId);
  if (asset === undefined) return prediction;
  const bytes = await readFile(asset.filePath);
  return { ...prediction, outputs: [`data:${output.contentType};base64,${bytes.toString('base64')}`] };
}
