/** The wire protocols whose endpoints are served. */
export const PROTOCOLS = ['wavespeed', 'fal'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** An endpoint is named by protocol and id together: two protocols share `bytedance/seedance-2.0/image-to-video`. */
export interface EndpointKey {
  readonly protocol: Protocol;
  readonly id: string;
}

export const sameEndpoint = (a: EndpointKey, b: EndpointKey): boolean =>
  a.protocol === b.protocol && a.id === b.id;
