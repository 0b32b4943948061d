// What the contract says of the report by mail, and of files of what the desk knows.
import { z } from 'zod'
import { iso, isoOrNull } from './shapes-basic.ts'

/** `weekday` from 1 = Monday; `hour` of the space's clock. */
export const reportMailSettings = z.object({
  on: z.boolean(),
  weekday: z.number(),
  hour: z.number(),
  to: z.array(z.string()),
})

export const reportMail = z.object({
  settings: reportMailSettings,
  /** Why nothing can be sent by mail; null where it can. */
  cannot: z.string().nullable(),
  /** Who gets notes to staff: whom one would choose first. */
  staff: z.array(z.string()),
  /** Null where it does not go by itself. */
  next: isoOrNull,
  /** The newest first. */
  sends: z.array(
    z.object({
      id: z.string(),
      at: iso,
      /** By itself, not because somebody asked. */
      weekly: z.boolean(),
      /** One for each address; `stuck`: a person has to do something. */
      mails: z.array(z.object({ to: z.string(), stuck: z.boolean(), sentence: z.string() })),
    }),
  ),
})

export const madeFile = z.object({ name: z.string(), type: z.string(), base64: z.string() })
export const csvFile = z.object({ name: z.string(), csv: z.string(), rows: z.number() })

export type ReportMailState = z.infer<typeof reportMail>
