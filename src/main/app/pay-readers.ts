// Stripe's card readers in Settings: registered by the words on their display, at a place; renamed, forgotten.
import type { Args, Reply } from '../../preload/contract.ts'
import { payReaderRefusals as refusals, payReaderWords as words } from '../domain/pay-readers-en.ts'
import { memberById } from '../store/members.ts'
import { shopDeedFacts } from '../store/shop-deeds.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { Location, Terminal, TerminalReader } from '../stripe/terminal-port.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { doOnce } from './shop-deeds.ts'

type Listed = Reply<'payReaders.list'>
type Row = Listed['readers'][number]

export function listPayReaders(deps: DeskDeps): Promise<Result<Listed>> {
  return atStripe(deps, async (terminal) => {
    const [readers, places] = [await terminal.readers(), await terminal.locations()]
    return done({
      readers: readers.map((reader) => rowOf(deps, reader, places)),
      places: places.map(({ id, name, address }) => ({ id, name, address: lineOf(address) })),
    })
  })
}

export function addPayReader(deps: DeskDeps, asked: Args<'payReaders.add'>): Promise<Result<Row>> {
  const [code, label] = [asked.code.trim(), asked.label.trim()]
  if (code === '') return no('bad-request', refusals.noCode)
  if (label === '') return no('bad-request', refusals.noLabel)
  return atStripe(deps, async (terminal) => {
    const place = await placeFor(deps, terminal, asked)
    if (!place.ok) return place
    const locationId = place.value.id
    const deed = `pay-reader:${locationId}:${code}:${label}`
    const begun = openKey(deps, deed)
    const found = begun === null ? null : ((await terminal.readers()).find(({ mark }) => mark === begun) ?? null)
    const { id } = await doOnce(deps, deed, found, (key) => terminal.register(key, { code, label, locationId }))
    const reader = await terminal.reader(id)
    recordAction(deps, 'pay-reader-added', id, { label, place: locationId })
    deps.live.push('signUps', {})
    return done(rowOf(deps, reader, [place.value]))
  })
}

/** The one that is named, or a new one; two of one name and street are one. */
async function placeFor(
  deps: DeskDeps,
  terminal: Terminal,
  { place, newPlace }: Args<'payReaders.add'>,
): Promise<Result<Location>> {
  const places = await terminal.locations()
  if (place !== undefined) {
    const found = places.find(({ id }) => id === place)
    return found === undefined ? refuse('not-found', refusals.unknownPlace) : done(found)
  }
  if (newPlace === undefined) return refuse('bad-request', refusals.noPlace)
  const [name, line1, country] = [newPlace.name.trim(), newPlace.line1.trim(), newPlace.country.trim().toUpperCase()]
  if (name === '' || line1 === '') return refuse('bad-request', refusals.noStreet)
  if (!/^[A-Z]{2}$/.test(country)) return refuse('bad-request', refusals.country(newPlace.country))
  const address = {
    line1,
    country,
    city: newPlace.city?.trim() || null,
    postalCode: newPlace.postalCode?.trim() || null,
  }
  const found = places.find((one) => one.name === name && one.address.line1 === line1) ?? null
  const deed = `place:${JSON.stringify([name, address])}`
  const made = await doOnce(deps, deed, found, (key) => terminal.createLocation(key, { name, address }))
  return done(made as Location)
}

export function renamePayReader(deps: DeskDeps, asked: Args<'payReaders.rename'>): Promise<Result<Row>> {
  const label = asked.label.trim()
  if (label === '') return no('bad-request', refusals.noLabel)
  return atStripe(deps, async (terminal) => {
    await terminal.rename(asked.id, label)
    recordAction(deps, 'pay-reader-renamed', asked.id, { label })
    deps.live.push('signUps', {})
    return done(rowOf(deps, await terminal.reader(asked.id), await terminal.locations()))
  })
}

export function removePayReader(deps: DeskDeps, id: string): Promise<Result<{ ok: true }>> {
  return atStripe(deps, async (terminal): Promise<Result<{ ok: true }>> => {
    const reader = (await terminal.readers()).find((one) => one.id === id)
    if (reader === undefined) return refuse('not-found', refusals.none)
    if (reader.action !== null) return refuse('wrong-state', refusals.busy(reader.label))
    await terminal.remove(id)
    recordAction(deps, 'pay-reader-removed', id, { label: reader.label })
    deps.live.push('signUps', {})
    return done({ ok: true })
  })
}

function rowOf(deps: DeskDeps, reader: TerminalReader, places: readonly Location[]): Row {
  const { id, label, device, online, locationId, action } = reader
  const member = deps.live.readerQueue.first(id)?.memberId ?? null
  const name = member === null ? null : (memberById(deps.desk, member)?.name ?? null)
  const busy = action === null ? words.idle : action === 'set_reader_display' ? words.shows : words.waitsFor(name)
  return {
    id,
    label,
    device: words.devices[device] ?? device,
    online,
    place: places.find((place) => place.id === locationId)?.name ?? null,
    shows: online ? busy : words.offline,
  }
}

function lineOf({ line1, city, postalCode, country }: Location['address']): string {
  const town = [postalCode, city].filter((part) => part !== null).join(' ')
  return [line1, town, country].filter((part) => part !== '').join(', ')
}

/** The key of a deed of which nobody knows how it went. */
function openKey({ desk }: DeskDeps, deed: string): string | null {
  const last = shopDeedFacts(desk, deed).at(-1)
  return last?.kind === 'begun' ? last.key : null
}

async function atStripe<T>(deps: DeskDeps, deed: (terminal: Terminal) => Promise<Result<T>>): Promise<Result<T>> {
  const terminal = deps.live.sync.stripe()?.terminal
  if (terminal === undefined) return refuse('stripe', refusals.noStripe)
  try {
    return await deed(terminal)
  } catch (error) {
    if (!(error instanceof StripeTrouble)) throw error
    return refuse('stripe', error.code === 'resource_missing' ? missingWhat(error) : error.message)
  }
}

/** Stripe says so of the code, or of the reader itself. */
function missingWhat({ cause }: StripeTrouble): string {
  return (cause as { param?: unknown }).param === 'registration_code' ? refusals.unknownCode : refusals.none
}

async function no<T>(code: 'bad-request', sentence: string): Promise<Result<T>> {
  return refuse(code, sentence)
}
