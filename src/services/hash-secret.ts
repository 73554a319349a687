/** Lower-case hex SHA-256: how keys, sessions and tickets are stored. They are long and random, so a plain hash cannot be searched. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return Buffer.from(digest).toString('hex');
}
