// What the sandbox tells of what happened: which events can be seen by now, and in which shape.
import { createHash } from 'node:crypto'
import { listPage, type Page } from './list.ts'
import { oldEvent } from './old-shapes.ts'
import { type Params, text, texts } from './params.ts'
import type { EventRecord } from './records.ts'
import { type Rendered, renderEvent } from './render.ts'
import { EVENT_LIFE, type World } from './state.ts'

/** Those that Stripe would show by now: not too old, not on their way any more, not lost. */
export function isVisible({ at, telling }: World, { id, created }: EventRecord): boolean {
  if (created < at - EVENT_LIFE) return false
  if (telling.late > 0 && created + Math.floor(lot(id, 'late') * (telling.late + 1)) > at) return false
  return telling.lost === 0 || lot(id, 'lost') >= telling.lost
}

/** A number in [0, 1) that hangs on the event alone, so that it is drawn once and needs no keeping. */
export function lot(id: string, about: string): number {
  return createHash('sha256').update(`${about}:${id}`).digest().readUInt32BE(0) / 2 ** 32
}

export function eventPage(world: World, params: Params): Page<EventRecord> {
  const type = text(params, 'type')
  const types = texts(params, 'types')
  return listPage(world.events, 'event', params, (event) => {
    const asked = (type === undefined || fits(event.type, type)) && (types.length === 0 || types.includes(event.type))
    return asked && isVisible(world, event)
  })
}

export function findEvent(world: World, id: string): EventRecord | undefined {
  const event = world.events.get(id)?.record
  return event && isVisible(world, event) ? event : undefined
}

export function tell(world: World, event: EventRecord): Rendered {
  const told = renderEvent(world, event)
  return world.telling.payloads === 'old' ? oldEvent(told) : told
}

/** `customer.*` stands for everything below. */
function fits(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
