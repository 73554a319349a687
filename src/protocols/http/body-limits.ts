/** How large JSON bodies may be. Files have limits of their own. */

/**
 * Where an input may hold pictures as base64: one of 30 MB takes 40 MB; two of them are rare enough to be uploaded first. Only
 * behind a key, which is checked before a byte of the body is read.
 */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/** Everywhere else. The longest are the parts of an upload, named one by one: ten thousand of them take 1.2 MB. */
export const MAX_JSON_BYTES = 2 * 1024 * 1024;
