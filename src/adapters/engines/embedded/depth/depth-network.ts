/**
 * A depth network in ONNX form, run by ONNX Runtime in WebAssembly. On one thread and without a GPU, so that equal pictures give equal
 * bytes on every machine. The runtime is an optional package, loaded when a network is opened; nothing is ever downloaded.
 *
 * Measured: 36 billion operations a second and thread on a server CPU.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { RgbaImage } from '#animator/raster/picture.ts';
import type { Grid } from '#animator/scene/scene.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import {
  type DepthPreprocessing,
  networkSize,
  readPreprocessing,
  toNetworkInput,
} from './depth-preprocessing.ts';
import type { DepthModelFiles } from './find-depth-model.ts';

type Runtime = typeof import('onnxruntime-web');
type Session = import('onnxruntime-web').InferenceSession;

/** What the session says of its one input and of the output that is read. */
interface Ends {
  readonly input: string;
  /** Sides that the network was made for, where it takes no others. */
  readonly fixedHeight: number | undefined;
  readonly fixedWidth: number | undefined;
  readonly output: string;
}

const RUNTIME_PACKAGE = 'onnxruntime-web';
/** Among several outputs. */
const DEPTH_OUTPUT = 'predicted_depth';

export class DepthNetwork {
  /** The file's name, for people. */
  readonly name: string;
  readonly #runtime: Runtime;
  readonly #session: Session;
  readonly #ends: Ends;
  readonly #preprocessing: DepthPreprocessing;

  private constructor(name: string, runtime: Runtime, session: Session, preprocessing: DepthPreprocessing) {
    this.name = name;
    this.#runtime = runtime;
    this.#session = session;
    this.#ends = endsOf(session);
    this.#preprocessing = preprocessing;
  }

  /**
   * @param runtimePackage Where the runtime is imported from.
   * @throws Error when the package is missing, or the network cannot be read or is none for depth; its message says which.
   */
  static async open(
    { modelPath, preprocessorPath }: DepthModelFiles,
    runtimePackage = RUNTIME_PACKAGE,
  ): Promise<DepthNetwork> {
    const preprocessing = await readPreprocessing(preprocessorPath);
    const runtime = await importRuntime(runtimePackage);
    const session = await runtime.InferenceSession.create(await readFile(modelPath), {
      executionProviders: ['wasm'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      // Errors are thrown as well; warnings about a network are for its makers.
      logSeverityLevel: 3,
    });
    return new DepthNetwork(path.basename(modelPath), runtime, session, preprocessing);
  }

  /**
   * Relative inverse depth over the whole picture: larger is nearer, at the network's own scale and size.
   *
   * @throws Error when the network fails on this picture or gives what is no depth.
   */
  async measure(picture: RgbaImage): Promise<Grid> {
    const wanted = networkSize(picture, this.#preprocessing);
    const size: FrameSize = {
      width: this.#ends.fixedWidth ?? wanted.width,
      height: this.#ends.fixedHeight ?? wanted.height,
    };
    const input = toNetworkInput(await resize(picture, size), this.#preprocessing);
    const tensor = new this.#runtime.Tensor('float32', input, [1, 3, size.height, size.width]);
    const results = await this.#session.run({ [this.#ends.input]: tensor }, [this.#ends.output]);
    const { data, dims } = results[this.#ends.output]!;
    const [height, width] = dims.slice(-2);
    if (!(data instanceof Float32Array) || height === undefined || width === undefined)
      throw new Error(`the network's "${this.#ends.output}" is no map of 32-bit floats`);
    if (data.length !== width * height || data.length === 0)
      throw new Error(`the network's "${this.#ends.output}" is no single map: ${dims.join(' x ')}`);
    if (!data.every(Number.isFinite)) throw new Error('the network gave values that are no numbers');
    return { width, height, data };
  }
}

async function importRuntime(name: string): Promise<Runtime> {
  try {
    const runtime: Runtime = await import(name);
    runtime.env.wasm.numThreads = 1;
    runtime.env.wasm.wasmPaths = {
      mjs: import.meta.resolve(`${name}/ort-wasm-simd-threaded.mjs`),
      wasm: import.meta.resolve(`${name}/ort-wasm-simd-threaded.wasm`),
    };
    return runtime;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(`the optional package ${name} is not installed`, { cause });
  }
}

function endsOf(session: Session): Ends {
  const [input, ...others] = session.inputMetadata;
  if (input === undefined || others.length > 0)
    throw new Error(
      `the network has ${session.inputNames.length} inputs; one for depth takes a picture alone`,
    );
  const [, channels, height, width] = input.isTensor && input.type === 'float32' ? input.shape : [];
  if (width === undefined || height === undefined || !input.isTensor || input.shape.length !== 4)
    throw new Error(`the network's "${input.name}" does not take a picture as 32-bit floats`);
  if (typeof channels === 'number' && channels !== 3)
    throw new Error(`the network's "${input.name}" has ${channels} channels instead of 3`);
  const output = session.outputNames.find((name) => name === DEPTH_OUTPUT) ?? session.outputNames[0]!;
  return { input: input.name, output, fixedHeight: fixedSide(height), fixedWidth: fixedSide(width) };
}

const fixedSide = (side: number | string): number | undefined =>
  typeof side === 'number' && side > 0 ? side : undefined;

/** Three bytes a pixel. */
async function resize({ data, width, height }: RgbaImage, size: FrameSize): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
