/** Files on their way to the server, by the field that they are for. */
import { useState } from 'react';
import { texts } from '../texts/en.ts';
import { WireError } from '../wire/api-client.ts';
import { uploadFile } from '../wire/uploads.ts';
import { isAccepted } from './dropped-files.ts';
import { rememberPreview } from './local-previews.ts';

export interface Upload {
  readonly id: number;
  readonly field: string;
  readonly fileName: string;
  /** Shows the file while it is on its way. */
  readonly blobUrl: string;
}

export interface UploadProblem {
  readonly field: string;
  readonly message: string;
}

let lastId = 0;

/** @param onStored Takes the file's address on the server. */
export function useUploads(onStored: (field: string, address: string) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [problem, setProblem] = useState<UploadProblem>();

  const giveOne = async (field: string, file: File, accept: string | undefined): Promise<void> => {
    if (!isAccepted(file, accept)) {
      setProblem({ field, message: texts.model.frame.wrongKind(file.name) });
      return;
    }
    lastId += 1;
    const upload = { id: lastId, field, fileName: file.name, blobUrl: URL.createObjectURL(file) };
    setUploads((before) => [...before, upload]);
    try {
      const address = await uploadFile(file);
      rememberPreview(address, upload.blobUrl);
      onStored(field, address);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      setProblem({ field, message: error.message });
    } finally {
      setUploads((before) => before.filter(({ id }) => id !== upload.id));
    }
  };

  /** One after the other, because their order may matter. */
  const give = async (field: string, files: readonly File[], accept: string | undefined): Promise<void> => {
    setProblem(undefined);
    for (const file of files) await giveOne(field, file, accept);
  };

  return { uploads, problem, give };
}
