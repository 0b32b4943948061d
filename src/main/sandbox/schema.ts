// What the declarations of Stripe's SDK say about requests and replies, as scripts/stripe-schema.ts wrote it down.

export type Schema =
  | boolean
  | {
      $ref?: string
      type?: string | string[]
      enum?: unknown[]
      pattern?: string
      anyOf?: Schema[]
      items?: Schema
      maxItems?: number
      properties?: Record<string, Schema>
      required?: string[]
      additionalProperties?: Schema
    }

export type StripeSchema = {
  /** The version of the SDK that it was made from. */
  stripe: string
  /** The version of the API that it declares. */
  api: string
  sha256: string
  /** By `METHOD /v1/path/:id`. */
  requests: Record<string, Schema>
  /** By the word in `object`; `deleted:customer` for what is left of a deleted one. */
  objects: Record<string, Schema>
  parts: Record<string, Schema>
  /** Every type of event that Stripe has. */
  events: string[]
  /** Routes that Stripe has besides these. */
  elsewhere: string[]
}

/** Read when a sandbox starts, so that a desk without one never holds it. */
export async function loadSchema(): Promise<StripeSchema> {
  const { default: schema } = await import('./stripe-schema.json', { with: { type: 'json' } })
  return schema as unknown as StripeSchema
}

const resolved = new WeakMap<object, Exclude<Schema, boolean> | true>()

/** The schema itself where it is a name for another. */
export function resolve(all: StripeSchema, schema: Schema): Exclude<Schema, boolean> | true {
  if (typeof schema === 'boolean') return true
  if (schema.$ref === undefined) return schema
  const known = resolved.get(schema)
  if (known !== undefined) return known
  const [, group = '', name = ''] = schema.$ref.split('/')
  const found = all[group as 'objects' | 'parts']?.[name]
  if (found === undefined) throw new Error(`The schema has no ${schema.$ref}`)
  const target = resolve(all, found)
  resolved.set(schema, target)
  return target
}
