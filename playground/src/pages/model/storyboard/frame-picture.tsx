/** A start or end frame with the crop that the chosen ratio makes: what is cut off lies in the shade. */
import { useState } from 'react';
import { previewOf } from '../../../form/local-previews.ts';
import { texts } from '../../../texts/en.ts';
import { Icon } from '../../../ui/icon.tsx';

const words = texts.model.frame;

interface FramePictureProps {
  readonly address: string;
  readonly title: string;
  /** Width over height of the clip; undefined when it takes the picture's own. */
  readonly ratio: number | undefined;
}

export function FramePicture({ address, title, ratio }: FramePictureProps) {
  const [own, setOwn] = useState<number>();
  const [isBroken, setBroken] = useState(false);
  const source = previewOf(address);
  if (source === undefined || isBroken) return <ForeignFile address={address} />;
  return (
    <div className="relative">
      <img
        src={source}
        alt={title}
        className="block max-h-56 w-auto max-w-full rounded-sm"
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setOwn(naturalWidth / naturalHeight)}
        onError={() => setBroken(true)}
      />
      {own !== undefined && ratio !== undefined && <Crop own={own} ratio={ratio} />}
    </div>
  );
}

/** Centred, as the server cuts. */
function Crop({ own, ratio }: { readonly own: number; readonly ratio: number }) {
  const isTooWide = own > ratio;
  const cutShare = isTooWide ? 1 - ratio / own : 1 - own / ratio;
  if (cutShare < 0.004) return null;
  const cut = `${50 * cutShare}%`;
  const shade = 'absolute bg-stage/75';
  const edge = 'border-paper outline outline-1 outline-ink/60';
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden rounded-sm">
      <div
        className={shade}
        style={isTooWide ? { inset: `0 auto 0 0`, width: cut } : { inset: '0 0 auto 0', height: cut }}
      />
      <div
        className={shade}
        style={isTooWide ? { inset: `0 0 0 auto`, width: cut } : { inset: 'auto 0 0 0', height: cut }}
      />
      <div className={`absolute ${edge}`} style={isTooWide ? { inset: `0 ${cut}` } : { inset: `${cut} 0` }} />
    </div>
  );
}

/** A file that this page does not load: its address, shortened in the middle of nothing but its end. */
export const ForeignFile = ({ address }: { readonly address: string }) => (
  <div className="flex flex-col gap-1 text-sm">
    <span className="flex min-w-0 items-center gap-2">
      <Icon name="link" />
      <span className="number truncate text-xs" title={address.slice(0, 500)}>
        {address.replace(/^https?:\/\//, '').slice(0, 200)}
      </span>
    </span>
    <span className="text-xs text-soft">{words.foreign}</span>
  </div>
);
