// Locations and readers through the API.
import { type ApiError, invalid, missing, notModelled } from './api-error.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import { randomId } from './random.ts'
import { cardPresent, PLAIN_ACTION, present, sendToReader } from './readers.ts'
import type { Address, LocationRecord, ReaderAction, ReaderRecord } from './records-terminal.ts'
import { deletedReaderShape } from './shapes-terminal.ts'
import { add, all, change, find, newId, type World } from './state.ts'
import { cardNamed, cardNumbered } from './test-cards.ts'

const ADDRESS = { city: true, country: true, line1: true, line2: true, postal_code: true, state: true } as const
export const LOCATION_PARAMS = {
  address: ADDRESS,
  display_name: true,
  phone: true,
  metadata: '*',
} as const satisfies Allowed

export function createLocation(world: World, params: Params): LocationRecord {
  const address = tree(params, 'address')
  const name = required(params, 'display_name')
  if (address === undefined) throw invalid('Missing required param: address.', 'address', 'parameter_missing')
  for (const field of ['line1', 'country']) {
    if (!text(address, field)) {
      throw invalid(`Missing required param: address[${field}].`, `address[${field}]`, 'parameter_missing')
    }
  }
  return add(world, 'terminal.location', {
    id: newId(world, 'terminal.location'),
    created: world.at,
    name,
    address: readAddress(address, NO_ADDRESS),
    phone: text(params, 'phone') || null,
    metadata: metadata(params, {}),
  })
}

const NO_ADDRESS: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

function readAddress(params: Params, before: Address): Address {
  const given = Object.keys(NO_ADDRESS).map((field) => {
    const value = text(params, field)
    return [field, value === undefined ? before[field as keyof Address] : value || null]
  })
  return Object.fromEntries(given) as Address
}

export function updateLocation(world: World, id: string, params: Params): LocationRecord {
  const before = location(world, id, 'id')
  const address = tree(params, 'address')
  const country = address && text(address, 'country')
  if (country !== undefined && country !== before.address.country) {
    throw invalid('The country of a location cannot be changed.', 'address[country]')
  }
  return change(world, 'terminal.location', id, {
    name: text(params, 'display_name') || before.name,
    address: address ? readAddress(address, before.address) : before.address,
    phone: text(params, 'phone') ?? before.phone,
    metadata: metadata(params, before.metadata),
  })
}

export function deleteLocation(world: World, id: string) {
  location(world, id, 'id')
  if (all(world, 'terminal.reader').some((reader) => reader.location === id)) {
    throw invalid('This location still has readers assigned to it.', 'id')
  }
  world.tables['terminal.location'].delete(id)
  world.changes += 1
  return { id, object: 'terminal.location', deleted: true }
}

function location(world: World, id: string, param: string): LocationRecord {
  const found = find(world, 'terminal.location', id)
  if (found === undefined) throw missing('location', id, param)
  return found
}

export const READER_PARAMS = { registration_code: true, label: true, location: true, metadata: '*' } as const
export const READER_UPDATE = { label: true, metadata: '*' } as const satisfies Allowed

/** What a sandbox takes for the words on a reader's display (docs.stripe.com/terminal/references/testing). */
const SIMULATED: Record<string, string> = {
  'simulated-wpe': 'simulated_wisepos_e',
  'simulated-s700': 'simulated_stripe_s700',
  'simulated-s710': 'simulated_stripe_s710',
}

export function createReader(world: World, params: Params): ReaderRecord {
  const code = required(params, 'registration_code')
  if (!code.startsWith('simulated-')) {
    throw invalid('We could not find a reader with that registration code.', 'registration_code', 'resource_missing')
  }
  const place = text(params, 'location') || null
  if (place !== null) location(world, place, 'location')
  const device = Object.hasOwn(SIMULATED, code) ? SIMULATED[code] : undefined
  const serial = randomId(world.chance, '', 12).toUpperCase()
  return add(world, 'terminal.reader', {
    id: newId(world, 'terminal.reader'),
    created: world.at,
    label: text(params, 'label') || serial,
    location: place,
    device: device ?? 'simulated_wisepos_e',
    serial,
    online: true,
    lastSeen: world.at,
    action: null,
    trouble: null,
    metadata: metadata(params, {}),
  })
}

export function updateReader(world: World, id: string, params: Params): ReaderRecord {
  const before = reader(world, id)
  const label = text(params, 'label')
  return change(world, 'terminal.reader', id, {
    label: label === undefined ? before.label : label || before.serial,
    metadata: metadata(params, before.metadata),
  })
}

export function deleteReader(world: World, id: string) {
  const gone = deletedReaderShape(reader(world, id))
  world.tables['terminal.reader'].delete(id)
  world.changes += 1
  return gone
}

export function reader(world: World, id: string): ReaderRecord {
  const found = find(world, 'terminal.reader', id)
  if (found === undefined) throw missing('reader', id)
  return found
}

const CONFIG = { enable_customer_cancellation: true } as const
export const SETUP_PARAMS = { setup_intent: true, allow_redisplay: true, process_config: CONFIG } as const
export const PAYMENT_PARAMS = {
  payment_intent: true,
  process_config: { ...CONFIG, allow_redisplay: true, skip_tipping: true },
} as const satisfies Allowed

const REDISPLAY = ['always', 'limited', 'unspecified'] as const

export function processSetup(world: World, id: string, params: Params): ReaderRecord | ApiError {
  reader(world, id)
  const intent = required(params, 'setup_intent')
  const setup = find(world, 'setup_intent', intent)
  if (setup === undefined) throw missing('setupintent', intent, 'setup_intent')
  cardPresent('SetupIntent', setup)
  if (setup.customer === null) throw notModelled('a reader that saves a card for nobody')
  const allowRedisplay = oneOf(params, 'allow_redisplay', REDISPLAY) ?? 'unspecified'
  return sendToReader(world, id, { ...action('process_setup_intent', params), intent, allowRedisplay })
}

export function processPayment(world: World, id: string, params: Params): ReaderRecord | ApiError {
  reader(world, id)
  const intent = required(params, 'payment_intent')
  const payment = find(world, 'payment_intent', intent)
  if (payment === undefined) throw missing('payment_intent', intent, 'payment_intent')
  cardPresent('PaymentIntent', { ...payment, methodTypes: payment.methodTypes ?? [payment.methodType] })
  const allowRedisplay = oneOf(tree(params, 'process_config') ?? {}, 'allow_redisplay', REDISPLAY)
  if (payment.futureUsage !== undefined && allowRedisplay === undefined) {
    const param = 'process_config[allow_redisplay]'
    throw invalid(`You must pass \`allow_redisplay\` where the card is saved for later.`, param, 'parameter_missing')
  }
  const more = { intent, allowRedisplay: allowRedisplay ?? ('unspecified' as const) }
  return sendToReader(world, id, { ...action('process_payment_intent', params), ...more })
}

function action(type: ReaderAction['type'], params: Params): ReaderAction {
  const config = tree(params, 'process_config') ?? {}
  return { ...PLAIN_ACTION, type, cancellable: flag(config, 'enable_customer_cancellation') ?? null }
}

export function cancelAction(world: World, id: string): ReaderRecord | ApiError {
  reader(world, id)
  return sendToReader(world, id, null)
}

export const DISPLAY_PARAMS = {
  type: true,
  cart: { currency: true, total: true, tax: true, line_items: [{ amount: true, description: true, quantity: true }] },
} as const satisfies Allowed

export function showOnReader(world: World, id: string, params: Params): ReaderRecord | ApiError {
  reader(world, id)
  const given = tree(params, 'cart')
  const lines = list(given ?? {}, 'line_items').flatMap((line) =>
    typeof line === 'string'
      ? []
      : [
          {
            amount: whole(line, 'amount') ?? 0,
            description: text(line, 'description') ?? '',
            quantity: whole(line, 'quantity') ?? 1,
          },
        ],
  )
  const cart = given && {
    currency: required(given, 'currency').toLowerCase(),
    lines,
    tax: whole(given, 'tax') ?? null,
    total: whole(given, 'total') ?? 0,
  }
  const shown = { ...PLAIN_ACTION, type: 'set_reader_display', status: 'succeeded', cart: cart ?? null } as const
  return sendToReader(world, id, shown)
}

export const PRESENT_PARAMS = { type: true, card_present: { number: true }, interac_present: { number: true } } as const

/** Without a number it is a good card, or for Interac a card of that brand. */
export function presentMethod(world: World, id: string, params: Params): ReaderRecord {
  if (!reader(world, id).device.startsWith('simulated_')) {
    throw invalid('A payment method can be presented to a simulated reader only.', 'id')
  }
  const type = oneOf(params, 'type', ['card_present', 'interac_present', 'card']) ?? 'card_present'
  if (type === 'card') throw notModelled('a card that is typed in at a reader')
  const number = text(tree(params, type) ?? {}, 'number')
  if (number === undefined) return present(world, id, cardNamed(type === 'card_present' ? 'visa' : 'interac'))
  const known = cardNumbered(number)
  if (known === undefined) throw notModelled(`a test card that ends with ${number.slice(-4)}`)
  return present(world, id, { ...cardNamed(known.name), last4: known.last4 })
}
