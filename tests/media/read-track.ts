import { AVERROR_EAGAIN, AVERROR_EOF, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, FormatContext, Frame, Packet, type Stream } from 'node-av/lib';

export type TrackKind = 'video' | 'audio';

/** Opens a media file for reading, passes it to `use`, and closes it whatever happens. */
export function withContainer<Result>(path: string, use: (container: FormatContext) => Result): Result {
  const container = new FormatContext();
  FFmpegError.throwIfError(container.openInputSync(`file:${path}`), `Opening ${path}`);
  try {
    FFmpegError.throwIfError(container.findStreamInfoSync(), 'Reading stream information');
    return use(container);
  } finally {
    container.closeInputSync();
  }
}

/** The file's first track of a kind, if it has one. */
export function findTrack(container: FormatContext, kind: TrackKind): Stream | undefined {
  const type = kind === 'video' ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  return container.streams.find((stream) => stream.codecpar.codecType === type);
}

/** Decodes a whole track in presentation order. The frame passed to `visit` is reused: copy what is to be kept. */
export function decodeTrack(container: FormatContext, track: Stream, visit: (frame: Frame) => void): void {
  const codec = Codec.findDecoder(track.codecpar.codecId);
  if (codec === null) throw new Error(`No decoder for ${track.codecpar.codecId}.`);
  using decoder = new CodecContext();
  using packet = new Packet();
  using frame = new Frame();
  decoder.allocContext3(codec);
  packet.alloc();
  frame.alloc();
  FFmpegError.throwIfError(decoder.parametersToContext(track.codecpar), 'Copying the track settings');
  decoder.pktTimebase = track.timeBase;
  FFmpegError.throwIfError(decoder.open2Sync(codec, null), 'Opening the decoder');
  const drain = () => {
    for (;;) {
      const code = decoder.receiveFrameSync(frame);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      FFmpegError.throwIfError(code, 'Decoding');
      visit(frame);
      frame.unref();
    }
  };
  while (container.readFrameSync(packet) >= 0) {
    if (packet.streamIndex === track.index) {
      FFmpegError.throwIfError(decoder.sendPacketSync(packet), 'Decoding');
      drain();
    }
    packet.unref();
  }
  FFmpegError.throwIfError(decoder.sendPacketSync(null), 'Finishing decoding');
  drain();
}
