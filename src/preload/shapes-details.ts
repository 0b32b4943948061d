// What people tell of themselves, what a space asks for, and what they sign. Schemas first, types from them.
import { z } from 'zod'
import { ASKS, DETAIL_KINDS, FORM_FIELDS, GUARDIAN_DOES, KEPT_FIELDS } from '../main/domain/details.ts'
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from '../main/domain/signature.ts'
import { text } from './call-shape.ts'
import { iso } from './shapes-basic.ts'

const of = <K extends string, V extends z.ZodType>(keys: readonly K[], value: V) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>)

/** `more`: behind "More details". `ofAge`: years from which nobody needs a guardian. */
export const askedDetails = z.strictObject({
  kinds: of(DETAIL_KINDS, z.enum(ASKS)),
  twoNames: z.boolean(),
  ofAge: z.number().int().min(1).max(99),
})

const kept = { ...of(KEPT_FIELDS, text).shape, ...of(GUARDIAN_DOES, z.boolean()).shape }

/** An empty text takes a detail away; what is left out stays. `birthDate` as YYYY-MM-DD. */
export const detailChanges = z.strictObject(kept).partial()

const point = z.tuple([z.number().int().min(0).max(SIGNATURE_WIDTH), z.number().int().min(0).max(SIGNATURE_HEIGHT)])
/** Lines as they were drawn, on a field of 600 by 200. */
export const strokes = z.array(z.array(point).min(1).max(5_000)).max(300)

export const SIGNED_AS = ['person', 'guardian'] as const
const signer = z.object({ as: z.enum(SIGNED_AS), name: z.string() })

export const memberDetails = z.object({
  ...kept,
  isMinor: z.boolean(),
  /** The day from which they are of age, by what the space goes by; null where their birth date is unknown. */
  ofAgeOn: z.string().nullable(),
  /** The newest first; `strokes` null: the name was typed. */
  signatures: z.array(signer.extend({ version: z.string(), at: iso, strokes: strokes.nullable() })),
})

export const waiver = z.object({ version: z.string(), text: z.string().nullable(), url: z.string().nullable() })

/** How a person stands with the waiver. `present` null: there is none. `due`: they have not signed that one. */
export const memberWaiver = z.object({
  sentence: z.string().nullable(),
  due: z.boolean(),
  present: waiver.nullable(),
  /** Who signs for them. */
  signer,
})

/** In the detail of a refusal: one sentence for each field that cannot stay so. */
export const fieldFaults = z.object({ fields: z.partialRecord(z.enum(FORM_FIELDS), z.string()) })

export type AskedDetails = z.infer<typeof askedDetails>
export type DetailChanges = z.infer<typeof detailChanges>
export type MemberDetails = z.infer<typeof memberDetails>
export type MemberWaiver = z.infer<typeof memberWaiver>
export type Strokes = z.infer<typeof strokes>
export type FieldFaults = z.infer<typeof fieldFaults>['fields']
