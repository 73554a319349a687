import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { type CodecContext, type FormatContext, type Frame, Packet, type Stream } from 'node-av/lib';
import { requireSuccess } from './require-success.ts';

/** One track of a file being written: what goes into the encoder comes out as packets of the container. */
export class EncodedStream {
  readonly #container: FormatContext;
  readonly #encoder: CodecContext;
  readonly #stream: Stream;
  readonly #packet = new Packet();

  /** Takes the open encoder over: `free` frees it, and so does a failure here. */
  constructor(container: FormatContext, encoder: CodecContext) {
    this.#container = container;
    this.#encoder = encoder;
    this.#packet.alloc();
    try {
      this.#stream = container.newStream();
      requireSuccess(this.#stream.codecpar.fromContext(encoder), 'Copying the encoder settings');
      this.#stream.timeBase = encoder.timeBase;
    } catch (error) {
      this.free();
      throw error;
    }
  }

  /** Encodes a frame, whose time is in the encoder's time base, and writes all packets that are ready. */
  write(frame: Frame): void {
    requireSuccess(this.#encoder.sendFrameSync(frame), 'Encoding a frame');
    this.#drain();
  }

  /** Writes what the encoder still holds; nothing may be written afterwards. */
  flush(): void {
    requireSuccess(this.#encoder.sendFrameSync(null), 'Flushing an encoder');
    this.#drain();
  }

  free(): void {
    this.#packet.free();
    this.#encoder.freeContext();
  }

  #drain(): void {
    for (;;) {
      const code = this.#encoder.receivePacketSync(this.#packet);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      requireSuccess(code, 'Receiving an encoded packet');
      // x264 leaves the duration open, and MP4 then gives the last frame none; a frame lasts one tick of its time base.
      if (this.#packet.duration === 0n) this.#packet.duration = 1n;
      this.#packet.streamIndex = this.#stream.index;
      this.#packet.rescaleTs(this.#encoder.timeBase, this.#stream.timeBase);
      requireSuccess(this.#container.interleavedWriteFrameSync(this.#packet), 'Writing a packet');
    }
  }
}
