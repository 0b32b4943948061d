// Calls about faces: photos of people, and whoever shows a card that was reported lost or stolen.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { feedRow } from './shapes-doors.ts'

/** Base64. Something larger than a photo may be still gets a sentence, and fits into one message. */
const jpeg = z.string().max(600_000)

export const photoCalls = {
  /** Which photo each person has, by their id: a version that changes with the picture. */
  'members.photos': {
    permission: 'members.read',
    reads: true,
    args: empty,
    reply: z.record(z.string(), z.string()),
  },
  'members.photo': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ id: text }),
    reply: z.object({ version: z.string(), jpeg }),
  },
  /** A square of 320 pixels, at most 100 KB, with nothing in the file but the picture. */
  'members.setPhoto': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ id: text, jpeg }),
    reply: done,
  },
  /** The picture is gone for good; that there was one stays known. */
  'members.removePhoto': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** Swipes of cards that are reported lost or stolen, newest first, until the card is found or somebody has looked. */
  'feed.lostCards': { permission: 'visits.read', reads: false, args: empty, reply: z.array(feedRow) },
  /** Somebody has looked: the card stays lost, and is quiet until it is tried anew. */
  'feed.keepLost': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ seq: z.number().int() }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
