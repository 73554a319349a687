/** Every success is HTTP 200 with this envelope: most clients compare both numbers with 200 exactly. */
export const envelope = <Data>(data: Data) => ({ code: 200, message: 'success', data });
