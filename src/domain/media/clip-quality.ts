/** How much time a clip may take: `quick` for the fast and mini tiers, `high` for the standard ones. */
export type ClipQuality = 'quick' | 'high';
