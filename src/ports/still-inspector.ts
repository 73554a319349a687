import type { StillInfo } from '#domain/media/still-info.ts';

/** Looks at pictures from strangers before anything is promised or charged for them. */
export interface StillInspector {
  /**
   * Decodes the still in full (the first frame of an animated file), away from this process: hostile or damaged bytes can neither
   * crash nor stall the caller. Calls may overlap.
   * @throws AnimaticError `media_unsupported`, `media_too_large` or `media_unreadable`, without an input path: the caller knows
   * which input the file belongs to and adds it.
   */
  inspect(filePath: string): Promise<StillInfo>;
}
