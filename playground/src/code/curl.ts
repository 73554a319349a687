import { KEY_PLACEHOLDER, type WriteCode } from './language.ts';

/** WaveSpeed's answer waits for the clip; fal's queue answers with the addresses where the request is followed. */
export const curlOf: WriteCode = ({ protocol, submitPath }, input, { origin, key = KEY_PLACEHOLDER }) => {
  const scheme = protocol === 'fal' ? 'Key' : 'Bearer';
  const body = protocol === 'fal' ? input : { ...input, enable_sync_mode: true };
  return [
    `curl -s ${origin}${submitPath} \\`,
    `  -H "Authorization: ${scheme} ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)}'`,
  ].join('\n');
};
