// The smallest shapes of the contract, of which the others are made. Times are ISO 8601 UTC strings.
import { z } from 'zod'
import { REASONS } from '../main/domain/reasons.ts'
import { STANDINGS } from '../main/domain/standing.ts'

z.config({ jitless: true })

export const iso = z.string()
export const isoOrNull = z.string().nullable()
export const reason = z.enum(REASONS)
export const standing = z.enum(STANDINGS)
export const named = z.object({ id: z.string(), name: z.string() })
export const person = named
export const money = z.object({ minor: z.number().int(), currency: z.string() })
