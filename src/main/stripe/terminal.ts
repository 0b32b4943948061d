// Locations and readers at Stripe: registered by the words on a reader's display, renamed, forgotten.
import type { Params } from './address.ts'
import { listOf, placesOf, unexpected } from './replies.ts'
import type { Terminal } from './terminal-port.ts'
import * as shapes from './terminal-shapes.ts'
import type { Ask } from './till.ts'

type TerminalAsk = Pick<Ask, 'get' | 'post'> & {
  remove(path: string, params: Params, what: string): Promise<unknown>
}

const READERS = '/v1/terminal/readers'
const LOCATIONS = '/v1/terminal/locations'
const at = (id: string) => `${READERS}/${encodeURIComponent(id)}`

export function createTerminal({ get, post, remove }: TerminalAsk): Terminal {
  async function all<T>(shape: Shape<T>, path: string, what: string): Promise<T[]> {
    const found: T[] = []
    const placeAfter = placesOf(what)
    for (let after: string | null = null; ; ) {
      const page = listOf(await get(path, { limit: 100, ...(after !== null && { starting_after: after }) }, what), what)
      found.push(...page.data.map((one) => read(shape, one, what)))
      after = placeAfter(page.has_more, (page.data.at(-1) as { id?: string } | undefined)?.id)
      if (after === null) return found
    }
  }

  return {
    locations: () => all(shapes.location, LOCATIONS, 'the places of card readers'),

    async createLocation(key, { name, address: { line1, city, postalCode, country } }) {
      const address = { line1, country, ...(city && { city }), ...(postalCode && { postal_code: postalCode }) }
      const params = { display_name: name, address, metadata: { [shapes.MARK]: key } }
      const what = 'the place of the card reader'
      return read(shapes.location, await post(LOCATIONS, params, key, what), what)
    },

    readers: () => all(shapes.reader, READERS, 'the card readers'),

    async register(key, { code, label, locationId }) {
      const params = { registration_code: code, label, location: locationId, metadata: { [shapes.MARK]: key } }
      return readerOf(await post(READERS, params, key, 'the card reader'))
    },

    reader: async (id) => readerOf(await get(at(id), {}, 'the card reader')),
    // Twice the same name is the same name.
    rename: async (id, label) => readerOf(await post(at(id), { label }, null, 'the card reader')),

    async remove(id) {
      read(shapes.removed, await remove(at(id), {}, 'the card reader'), 'the card reader')
    },
  }
}

const readerOf = (reply: unknown) => read(shapes.reader, reply, 'the card reader')

type Shape<T> = { parse(reply: unknown): T }

function read<T>(shape: Shape<T>, reply: unknown, what: string): T {
  try {
    return shape.parse(reply)
  } catch (error) {
    throw unexpected(what, error)
  }
}
