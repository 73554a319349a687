import { request } from './api-client.ts';

interface UploadAnswer {
  readonly data: { readonly download_url: string };
}

/** Stores a file on the server. @returns Its URL there, which both protocols take. @throws WireError */
export async function uploadFile(file: File, signal?: AbortSignal): Promise<string> {
  const form = new FormData();
  form.set('file', file, file.name);
  const answer = await request<UploadAnswer>('POST', '/api/v3/media/upload/binary', { body: form, signal });
  return answer.data.download_url;
}
