/** Several files in an order that matters: each can be moved by dragging or by its arrows. */
import { useState } from 'react';
import { filesOf } from '../../../form/form-values.ts';
import { previewOf } from '../../../form/local-previews.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { IconButton } from '../../../ui/button.tsx';
import { AddressField } from './address-field.tsx';
import { DropZone } from './drop-zone.tsx';
import { FieldFrame } from './field-frame.tsx';
import { EmptyFrame } from './frame-field.tsx';
import { ForeignFile, FramePicture } from './frame-picture.tsx';
import { UploadingFile } from './uploading-file.tsx';

const words = texts.model.frame;

interface FrameListFieldProps {
  readonly storyboard: Storyboard;
  readonly name: string;
  readonly ratio: number | undefined;
  readonly onSample?: (() => void) | undefined;
}

export function FrameListField({ storyboard, name, ratio, onSample }: FrameListFieldProps) {
  const { model, values, uploads, messageOf, set, give } = storyboard;
  const schema = model.schema.properties[name]!;
  const files = filesOf(values, name);
  const pending = uploads.filter(({ field }) => field === name);
  const most = schema.maxItems ?? Number.POSITIVE_INFINITY;
  const use = (address: string) => give({ files: [], address }, name);
  const isEmpty = files.length === 0 && pending.length === 0;
  return (
    <FieldFrame title={schema.title} aside={words.count(files.length, most)} message={messageOf(name)}>
      <DropZone
        label={schema.title}
        accept={schema['x-accept']}
        takesSeveral
        holds={isEmpty ? 'nothing' : 'list'}
        onGiven={(given) => give(given, name)}
      >
        {(inputId) =>
          isEmpty ? (
            <EmptyFrame
              inputId={inputId}
              drop={schema['x-accept']?.startsWith('image/') === true ? words.drop : words.dropFile}
              title={schema.title}
              onUse={use}
              onSample={onSample}
            />
          ) : (
            <>
              <FileList
                title={schema.title}
                files={files}
                ratio={ratio}
                onChange={(next) => set(name, [...next])}
              />
              {pending.map((upload) => (
                <UploadingFile key={upload.id} upload={upload} />
              ))}
              {files.length < most && (
                <div className="flex w-full flex-col items-start gap-2">
                  <label htmlFor={inputId} className="link text-sm">
                    {words.add}
                  </label>
                  <AddressField title={schema.title} onUse={use} />
                </div>
              )}
            </>
          )
        }
      </DropZone>
    </FieldFrame>
  );
}

interface FileListProps {
  readonly title: string;
  readonly files: readonly string[];
  readonly ratio: number | undefined;
  readonly onChange: (files: readonly string[]) => void;
}

function FileList({ title, files, ratio, onChange }: FileListProps) {
  const [dragged, setDragged] = useState<number>();
  const move = (from: number, to: number) => onChange(files.with(from, files[to]!).with(to, files[from]!));
  return (
    <ol className="grid w-full grid-cols-2 gap-2">
      {files.map((address, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may stand in the list twice.
          key={`${index}${address}`}
          draggable
          onDragStart={() => setDragged(index)}
          onDragEnd={() => setDragged(undefined)}
          onDragEnter={() => {
            if (dragged === undefined || dragged === index) return;
            move(dragged, index);
            setDragged(index);
          }}
          className={`flex min-w-0 flex-col gap-1 ${dragged === index ? 'opacity-50' : ''}`}
        >
          <FileView
            address={address}
            title={words.item(title, index + 1)}
            ratio={index === 0 ? ratio : undefined}
          />
          <div className="flex items-center">
            <span className="slate mr-auto">{index + 1}</span>
            <IconButton
              icon="left"
              label={words.earlier(words.item(title, index + 1))}
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            />
            <IconButton
              icon="right"
              label={words.later(words.item(title, index + 1))}
              disabled={index === files.length - 1}
              onClick={() => move(index, index + 1)}
            />
            <IconButton
              icon="cross"
              label={words.remove(words.item(title, index + 1))}
              onClick={() => onChange(files.toSpliced(index, 1))}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Films and sounds are named, pictures are shown. */
const FileView = ({
  address,
  title,
  ratio,
}: {
  address: string;
  title: string;
  ratio: number | undefined;
}) =>
  /\.(mp4|mov|mp3|wav)$/i.test(address) || previewOf(address) === undefined ? (
    <ForeignFile address={address} />
  ) : (
    <FramePicture address={address} title={title} ratio={ratio} />
  );
