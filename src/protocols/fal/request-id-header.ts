/** Response header with the request's id; fal's JS client hands it to its user as `requestId`. */
export const REQUEST_ID_HEADER = 'x-fal-request-id';
