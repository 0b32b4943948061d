// How events are told where Stripe is to be at its worst: late, with gaps, or in the shapes of an older API version.

/** `late`: seconds up to which an event stays unseen; `lost`: the share (0 to 1) that is never listed nor delivered. */
export type Telling = { late: number; lost: number; payloads: 'new' | 'old' }

export const PLAIN_TELLING: Telling = { late: 0, lost: 0, payloads: 'new' }
