// Stripe's form encoding (`a[b][0]=c`) read into a tree, and the tree read field by field. check-params.ts checks it.
import { invalid, notModelled } from './api-error.ts'

export type Param = string | Params
/** Lists are trees with the keys 0, 1, 2… */
export type Params = { [name: string]: Param }

/** What the sandbox models of a route's parameters: `true` and `*` anything, a list of one for lists, else a tree. */
export type Allowed = { readonly [name: string]: true | '*' | Allowed | readonly [true | Allowed] }

export function parseForm(text: string): Params {
  const tree = branch()
  for (const [name, value] of new URLSearchParams(text)) {
    const path = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
    if (!path) throw invalid(`Invalid parameter name: ${name}`, name)
    const inner = Array.from((path[2] ?? '').matchAll(/\[([^[\]]*)\]/g), (match) => match[1] ?? '')
    put(tree, [path[1] ?? '', ...inner], value, name)
  }
  return tree
}

/** Without a prototype, so that no name in a request can mean anything but itself. */
function branch(): Params {
  return Object.create(null) as Params
}

function put(tree: Params, [first = '', ...rest]: string[], value: string, name: string): void {
  const key = first === '' ? String(Object.keys(tree).length) : first
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const child = tree[key] ?? branch()
  if (typeof child === 'string') throw invalid(`Invalid ${key}: both a value and an object`, name)
  tree[key] = child
  put(child, rest, value, name)
}

/** Stripe takes these parameters; the sandbox must know what to do with them, or say so. */
export function checkModelled(params: Params, allowed: Allowed, route: string, path = ''): void {
  for (const [name, value] of Object.entries(params)) {
    const full = path === '' ? name : `${path}[${name}]`
    const rule = Object.hasOwn(allowed, name) ? allowed[name] : undefined
    if (rule === undefined && full !== 'expand') throw notModelled(`${full} of ${route}`)
    if (rule === undefined || rule === true || rule === '*' || typeof value === 'string') continue
    if (!isList(rule)) checkModelled(value, rule, route, full)
    else if (rule[0] !== true) {
      for (const [index, item] of Object.entries(value)) {
        if (typeof item !== 'string') checkModelled(item, rule[0], route, `${full}[${index}]`)
      }
    }
  }
}

function isList(rule: Allowed | readonly [true | Allowed]): rule is readonly [true | Allowed] {
  return Array.isArray(rule)
}

export function text(params: Params, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' ? value : undefined
}

export function required(params: Params, name: string): string {
  const value = text(params, name)
  if (value === undefined || value === '') throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
  return value
}

export function tree(params: Params, name: string): Params | undefined {
  const value = params[name]
  return typeof value === 'object' ? value : undefined
}

export function list(params: Params, name: string): Param[] {
  return Object.values(tree(params, name) ?? {})
}

export function texts(params: Params, name: string): string[] {
  return list(params, name).filter((item) => typeof item === 'string')
}

export function whole(params: Params, name: string): number | undefined {
  const value = text(params, name)
  if (value === undefined) return undefined
  if (!/^-?\d{1,15}$/.test(value)) throw invalid(`Invalid integer: ${value}`, name, 'parameter_invalid_integer')
  return Number(value)
}

export function flag(params: Params, name: string): boolean | undefined {
  const value = text(params, name)
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, name)
  return value === 'true'
}

export function oneOf<T extends string>(params: Params, name: string, words: readonly T[]): T | undefined {
  const value = text(params, name)
  if (value === undefined) return undefined
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw invalid(`Invalid ${name}: must be one of ${words.join(', ')}`, name)
  return word
}

/** As Stripe merges it: an empty value takes a key away, an empty text takes all. */
export function metadata(params: Params, before: Record<string, string>): Record<string, string> {
  const given = params.metadata
  if (given === undefined) return before
  if (typeof given === 'string') return {}
  const merged = { ...before, ...(given as Record<string, string>) }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}
