// Values as a program has them, made into the tree that a form of the API is read into.
import type { Params } from './params.ts'

export type Given = { [name: string]: Value | undefined }
type Value = string | number | boolean | null | Value[] | Given

/** Null unsets, as an empty text does in a form; undefined is left out. */
export function form(given: Given): Params {
  const tree = Object.create(null) as Params
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) tree[name] = leaf(value)
  }
  return tree
}

function leaf(value: Value): Params[string] {
  if (value === null) return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : form(Object.fromEntries(value.entries()))
  return typeof value === 'object' ? form(value) : String(value)
}
