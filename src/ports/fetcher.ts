/** Fetches files that users name by URL, guarded against reaching what only this machine can reach. */

export interface FetchedFile {
  readonly filePath: string;
  readonly byteLength: number;
  /** As the server declared it, lower case without parameters; undefined when it did not. */
  readonly contentType: string | undefined;
}

export interface Fetcher {
  /**
   * Downloads an http(s) URL to `filePath`. Every address (after DNS, after each of at most five redirects) must be public
   * or allowed by the operator, and the connection goes to the very address that was checked.
   * @throws AnimaticError `media_address_refused`, `media_access_failed`, `media_too_large`; the partial file is removed.
   */
  fetch(
    url: string,
    filePath: string,
    limits: { readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<FetchedFile>;
}
