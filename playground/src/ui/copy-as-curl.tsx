import { texts } from '../texts/en.ts';
import { useTypedKey } from '../wire/session-key.ts';
import { CopyButton } from './copy-button.tsx';

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** On this server. */
  readonly path: string;
  readonly body?: unknown;
}

/** Stands where the API key belongs. */
const KEY_PLACEHOLDER = 'YOUR_KEY';

/** A call of this server as a command line. */
export function curlLine({ method = 'GET', path, body }: Call, key = KEY_PLACEHOLDER): string {
  const lines = [
    `curl -s ${method === 'GET' ? '' : `-X ${method} `}'${location.origin}${path}'`,
    `  -H 'Authorization: Bearer ${key}'`,
    ...(body === undefined
      ? []
      : [`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(body).replaceAll("'", `'\\''`)}'`]),
  ];
  return lines.join(' \\\n');
}

interface CopyAsCurlProps extends Call {
  /** Where what is shown comes from more than one call. */
  readonly also?: readonly Call[];
}

/** The calls behind what is shown, to be made by a program; with the key that was typed into this page, if one was. */
export function CopyAsCurl({ also = [], ...call }: CopyAsCurlProps) {
  const key = useTypedKey();
  const text = () => [call, ...also].map((each) => curlLine(each, key)).join('\n\n');
  return (
    <CopyButton look="plain" icon="code" className="-mr-3" text={text}>
      {texts.account.curl}
    </CopyButton>
  );
}
