// A reply held against what Stripe's SDK declares: every field that must be there is, with a value it can have, and no other.
import { resolve, type Schema, type StripeSchema } from './schema.ts'

type Fault = { path: string; says: string }

/** What is wrong with a reply in one sentence; null where it could be Stripe's. */
export function faultOfReply(all: StripeSchema, body: unknown): string | null {
  const fault = faultOfObject(all, body)
  return fault && `${fault.path === '' ? 'the reply' : fault.path} ${fault.says}`
}

/** Paths are put together on the way out, for most of what is checked has no fault. */
function inside(name: string, fault: Fault | null): Fault | null {
  if (fault === null) return null
  const joint = fault.path === '' || fault.path.startsWith('[') ? '' : '.'
  return { path: `${name}${joint}${fault.path}`, says: fault.says }
}

function faultOfObject(all: StripeSchema, value: unknown): Fault | null {
  if (!isObject(value)) return { path: '', says: 'is no object' }
  if (value.object === 'list') return faultOfList(all, value)
  if (value.object === 'event') return faultOfEvent(all, value)
  const kind = `${value.deleted === true ? 'deleted:' : ''}${String(value.object)}`
  const schema = all.objects[kind]
  return schema === undefined ? { path: '', says: `is a ${kind}, which no schema is for` } : faultOf(all, schema, value)
}

function faultOfList(all: StripeSchema, { data, has_more, url }: Record<string, unknown>): Fault | null {
  if (!Array.isArray(data)) return { path: 'data', says: 'is no list' }
  if (typeof has_more !== 'boolean' || typeof url !== 'string') return { path: '', says: 'is an unfinished list' }
  return inside(
    'data',
    faultOfEach(data, (item) => faultOfObject(all, item)),
  )
}

const EVENT_FIELDS: Schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    object: { enum: ['event'] },
    account: { type: 'string' },
    api_version: { type: ['string', 'null'] },
    created: { type: 'number' },
    data: {
      type: 'object',
      properties: { object: true, previous_attributes: { type: 'object', additionalProperties: true } },
      required: ['object'],
      additionalProperties: false,
    },
    livemode: { type: 'boolean' },
    pending_webhooks: { type: 'number' },
    request: {
      type: ['object', 'null'],
      properties: { id: { type: ['string', 'null'] }, idempotency_key: { type: ['string', 'null'] } },
      required: ['id', 'idempotency_key'],
      additionalProperties: false,
    },
    type: { type: 'string' },
  },
  required: ['id', 'object', 'api_version', 'created', 'data', 'livemode', 'pending_webhooks', 'request', 'type'],
  additionalProperties: false,
}

function faultOfEvent(all: StripeSchema, event: Record<string, unknown>): Fault | null {
  const fault = faultOf(all, EVENT_FIELDS, event)
  if (fault !== null) return fault
  if (!all.events.includes(String(event.type))) return { path: 'type', says: `is ${event.type}, no type of Stripe’s` }
  // An older version has shapes of its own; a deleted object is told whole, as it was.
  if (event.api_version !== all.api) return null
  const { object } = event.data as { object: unknown }
  return inside('data.object', faultOfObject(all, object))
}

function faultOf(all: StripeSchema, given: Schema, value: unknown): Fault | null {
  const schema = resolve(all, given)
  if (schema === true) return null
  if (schema.anyOf !== undefined) return faultOfAny(all, schema.anyOf, value)
  if (schema.enum !== undefined) {
    if (schema.enum.includes(value)) return null
    return { path: '', says: `is ${JSON.stringify(value)}, not of ${schema.enum.join(', ')}` }
  }
  const type = typeOf(value)
  const fits = Array.isArray(schema.type) ? schema.type.includes(type) : schema.type === type
  if (!fits) return { path: '', says: `is ${type}, not ${[schema.type].flat().join(' or ')}` }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value))) {
    return { path: '', says: `is ${JSON.stringify(value)}, which does not fit` }
  }
  if (Array.isArray(value)) {
    if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) return { path: '', says: 'is not empty' }
    return faultOfEach(value, (item) => faultOf(all, schema.items ?? true, item))
  }
  return isObject(value) ? faultOfFields(all, schema, value) : null
}

function faultOfFields(
  all: StripeSchema,
  { properties = {}, required = [], additionalProperties = true }: Exclude<Schema, boolean>,
  value: Record<string, unknown>,
): Fault | null {
  for (const name of required) if (value[name] === undefined) return { path: name, says: 'is missing' }
  for (const name of Object.keys(value)) {
    if (value[name] === undefined) continue
    const rule = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    if (rule === false) return { path: name, says: 'is no field of Stripe’s' }
    const fault = faultOf(all, rule ?? true, value[name])
    if (fault !== null) return inside(name, fault)
  }
  return null
}

/** Of several that could be meant: the one that fits best, by how far it went. */
function faultOfAny(all: StripeSchema, schemas: Schema[], value: unknown): Fault | null {
  let deepest: Fault | null = null
  for (const schema of schemas) {
    const fault = faultOf(all, schema, value)
    if (fault === null) return null
    if (deepest === null || fault.path.length > deepest.path.length) deepest = fault
  }
  return deepest
}

function faultOfEach(items: unknown[], faultOfItem: (item: unknown) => Fault | null): Fault | null {
  for (const [index, item] of items.entries()) {
    const fault = faultOfItem(item)
    if (fault !== null) return inside(`[${index}]`, fault)
  }
  return null
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object'
}
