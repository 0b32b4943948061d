// A request's parameters held against what Stripe's SDK declares, refused in Stripe's own words.
import { type ApiError, invalid } from './api-error.ts'
import type { Param, Params } from './params.ts'
import { resolve, type Schema, type StripeSchema } from './schema.ts'

/** Throws an ApiError about the first thing that does not fit. */
export function checkParams(all: StripeSchema, schema: Schema, params: Params): void {
  const fault = faultOf(all, schema, params, '')
  if (fault !== null) throw fault
}

function faultOf(all: StripeSchema, given: Schema, param: Param, path: string): ApiError | null {
  const schema = resolve(all, given)
  if (schema === true) return null
  if (schema.anyOf !== undefined) return faultOfAny(all, schema.anyOf, param, path)
  if (schema.enum !== undefined) return faultOfWord(schema.enum, param, path)
  const types = [schema.type ?? []].flat()
  if (typeof param === 'string') return faultOfText(types, schema.pattern, param, path)
  if (types.includes('array')) return faultOfList(all, schema.items ?? true, param, path)
  if (types.includes('object')) return faultOfTree(all, schema, param, path)
  return invalid(`Invalid ${types[0] ?? 'value'}`, path)
}

/** Text comes from forms, where everything is text: what can be read as the type fits. */
function faultOfText(types: string[], pattern: string | undefined, text: string, path: string): ApiError | null {
  if (types.includes('string')) {
    if (pattern === undefined || new RegExp(pattern).test(text)) return null
    return invalid(`Invalid decimal: ${text}`, path, 'parameter_invalid_decimal')
  }
  if (types.includes('boolean')) return /^(true|false)$/.test(text) ? null : invalid(`Invalid boolean: ${text}`, path)
  if (text === '') {
    // SDKs send an empty list as an empty text.
    if (types.includes('array') || types.includes('null')) return null
    const message = `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`
    return invalid(message, path, 'parameter_invalid_empty')
  }
  if (types.includes('number')) {
    return /^-?\d{1,15}(\.\d+)?$/.test(text)
      ? null
      : invalid(`Invalid integer: ${text}`, path, 'parameter_invalid_integer')
  }
  return invalid(types.includes('array') ? 'Invalid array' : 'Invalid object', path)
}

function faultOfWord(words: unknown[], param: Param, path: string): ApiError | null {
  if (typeof param === 'string' && words.some((word) => String(word) === param)) return null
  const shown = words.filter((word) => word !== '').map(String)
  const list = shown.length > 1 ? `one of ${shown.slice(0, -1).join(', ')}, or ${shown.at(-1)}` : shown.join('')
  return invalid(`Invalid ${path}: must be ${list}`, path)
}

function faultOfAny(all: StripeSchema, schemas: Schema[], param: Param, path: string): ApiError | null {
  const faults: ApiError[] = []
  for (const schema of schemas) {
    const fault = faultOf(all, schema, param, path)
    if (fault === null) return null
    faults.push(fault)
  }
  // What went further into the parameter before it failed is what was meant.
  const [most] = faults.toSorted((a, b) => (b.body.param?.length ?? 0) - (a.body.param?.length ?? 0))
  const isTree = typeof param !== 'string'
  return (isTree ? most : (faults.find(({ message }) => message.includes('must be')) ?? most)) ?? null
}

function faultOfList(all: StripeSchema, items: Schema, list: Params, path: string): ApiError | null {
  for (const [index, item] of Object.entries(list)) {
    if (!/^\d+$/.test(index)) return invalid('Invalid array', path)
    const fault = faultOf(all, items, item, `${path}[${index}]`)
    if (fault !== null) return fault
  }
  return null
}

function faultOfTree(all: StripeSchema, schema: Exclude<Schema, boolean>, tree: Params, path: string): ApiError | null {
  const full = (name: string) => (path === '' ? name : `${path}[${name}]`)
  const { properties = {}, additionalProperties = true } = schema
  const unknown = Object.keys(tree).filter((name) => !Object.hasOwn(properties, name) && additionalProperties === false)
  if (unknown.length > 0) {
    const word = unknown.length === 1 ? 'parameter' : 'parameters'
    const message = `Received unknown ${word}: ${unknown.map(full).join(', ')}`
    return invalid(message, full(unknown[0] ?? ''), 'parameter_unknown')
  }
  for (const name of schema.required ?? []) {
    if (tree[name] === undefined)
      return invalid(`Missing required param: ${full(name)}.`, full(name), 'parameter_missing')
  }
  for (const [name, value] of Object.entries(tree)) {
    const rule = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
    const fault = faultOf(all, rule ?? true, value, full(name))
    if (fault !== null) return fault
  }
  return null
}
