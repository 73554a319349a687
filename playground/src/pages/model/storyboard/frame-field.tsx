import { filesOf } from '../../../form/form-values.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { IconButton } from '../../../ui/button.tsx';
import { AddressField } from './address-field.tsx';
import { DropZone } from './drop-zone.tsx';
import { FieldFrame } from './field-frame.tsx';
import { FramePicture } from './frame-picture.tsx';
import { UploadingFile } from './uploading-file.tsx';

const words = texts.model.frame;

interface FrameFieldProps {
  readonly storyboard: Storyboard;
  readonly name: string;
  readonly title: string;
  readonly ratio: number | undefined;
  /** Offered while the frame is empty. */
  readonly onSample?: (() => void) | undefined;
}

/** One picture: the start or the end frame. */
export function FrameField({ storyboard, name, title, ratio, onSample }: FrameFieldProps) {
  const { model, values, uploads, messageOf, set, give } = storyboard;
  const schema = model.schema.properties[name]!;
  const [address] = filesOf(values, name);
  const upload = uploads.find(({ field }) => field === name);
  const isRequired = model.schema.required.includes(name);
  return (
    <FieldFrame title={title} aside={isRequired ? undefined : words.optional} message={messageOf(name)}>
      <DropZone
        label={title}
        accept={schema['x-accept']}
        holds={address === undefined ? 'nothing' : 'picture'}
        onGiven={(given) => give(given, name)}
      >
        {(inputId) =>
          upload !== undefined ? (
            <UploadingFile upload={upload} />
          ) : address === undefined ? (
            <EmptyFrame
              inputId={inputId}
              drop={words.drop}
              title={title}
              onUse={(given) => give({ files: [], address: given }, name)}
              onSample={onSample}
            />
          ) : (
            <div className="group/frame relative flex max-w-full flex-col items-center gap-2">
              <FramePicture key={address} address={address} title={title} ratio={ratio} />
              <IconButton
                icon="cross"
                label={words.remove(title.toLowerCase())}
                onClick={() => set(name, undefined)}
                className="absolute top-1 right-1 bg-sheet!"
              />
            </div>
          )
        }
      </DropZone>
    </FieldFrame>
  );
}

interface EmptyFrameProps {
  readonly inputId: string;
  /** Says what may be dropped. */
  readonly drop: string;
  readonly title: string;
  readonly onUse: (address: string) => void;
  readonly onSample?: (() => void) | undefined;
}

export const EmptyFrame = ({ inputId, drop, title, onUse, onSample }: EmptyFrameProps) => (
  <>
    <p className="text-center text-sm text-balance text-soft">
      {drop}{' '}
      <label htmlFor={inputId} className="link text-ink">
        {words.choose}
      </label>
    </p>
    <AddressField title={title} onUse={onUse} />
    {onSample !== undefined && (
      <button type="button" className="link text-sm text-soft" onClick={onSample}>
        {words.sample}
      </button>
    )}
  </>
);
