/**
 * The render process's command line: how many threads draw, then the depth network's file, and its configuration's, where there are
 * such.
 */
import type { DepthModelFiles } from './depth/find-depth-model.ts';

export interface RenderArguments {
  /** Threads that draw; 0 for none but the one that encodes. */
  readonly threads: number;
  readonly depthModel: DepthModelFiles | undefined;
}

export const renderArguments = ({ threads, depthModel }: RenderArguments): readonly string[] => [
  String(threads),
  ...(depthModel === undefined ? [] : [depthModel.modelPath]),
  ...(depthModel?.preprocessorPath === undefined ? [] : [depthModel.preprocessorPath]),
];

export function readRenderArguments([
  threads,
  modelPath,
  preprocessorPath,
]: readonly string[]): RenderArguments {
  return {
    threads: Number(threads ?? 0),
    depthModel: modelPath === undefined ? undefined : { modelPath, preprocessorPath },
  };
}
