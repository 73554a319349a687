/** Where an operator's depth network lies. Looked for at start, so that a wrong path is told before the first clip. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { AnimaticError } from '#domain/errors.ts';

export interface DepthModelFiles {
  /** The network in ONNX form. */
  readonly modelPath: string;
  /** How pictures are prepared for it; absent when nobody says. */
  readonly preprocessorPath: string | undefined;
}

/** As published, beside each other; the first one is the quickest by far and sees nearly as well. */
const PREFERRED_NAMES: readonly string[] = ['model_quantized.onnx', 'model_int8.onnx', 'model.onnx'];
/** Published folders keep the networks in a folder of this name and the configuration above it. */
const MODEL_FOLDER = 'onnx';
const PREPROCESSOR_NAME = 'preprocessor_config.json';

/**
 * @param location A folder with a network, itself or in its folder `onnx`, or the network's file.
 * @throws AnimaticError `bad_setting` when there is none.
 */
export function findDepthModel(location: string): DepthModelFiles {
  const stats = statSync(location, { throwIfNoEntry: false });
  if (stats === undefined) throw bad(location, 'does not exist');
  const modelPath = stats.isDirectory() ? modelIn(location) : location;
  if (modelPath === undefined || !modelPath.endsWith('.onnx'))
    throw bad(location, stats.isDirectory() ? 'holds no file *.onnx' : 'is no file *.onnx');
  const folder = path.dirname(modelPath);
  const preprocessorPath = [folder, path.dirname(folder)]
    .map((each) => path.join(each, PREPROCESSOR_NAME))
    .find((each) => existsSync(each));
  return { modelPath, preprocessorPath };
}

function modelIn(folder: string): string | undefined {
  for (const each of [folder, path.join(folder, MODEL_FOLDER)]) {
    if (!existsSync(each)) continue;
    const names = readdirSync(each)
      .filter((name) => name.endsWith('.onnx'))
      .sort();
    const name = PREFERRED_NAMES.find((preferred) => names.includes(preferred)) ?? names[0];
    if (name !== undefined) return path.join(each, name);
  }
  return undefined;
}

const bad = (location: string, why: string): AnimaticError =>
  new AnimaticError(
    'bad_setting',
    `ANIMATIC_DEPTH_MODEL="${location}" ${why}; it must name a folder with a depth network in ONNX form, or the network's file. Leave it out to do without.`,
  );
