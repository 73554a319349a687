import type { Upload } from '../../../form/use-uploads.ts';
import { texts } from '../../../texts/en.ts';

export const UploadingFile = ({ upload }: { readonly upload: Upload }) => (
  <div role="status" className="flex w-full min-w-0 flex-col gap-2">
    <span className="slate truncate">
      {texts.model.frame.uploading} {upload.fileName}
    </span>
    <span className="block h-px overflow-hidden bg-hairline">
      <span className="travelling block h-px w-1/4 bg-ink" />
    </span>
  </div>
);
