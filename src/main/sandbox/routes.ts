// Which requests the sandbox answers, and with what. A route that is not here is a 501, never a silent 404.
import { ApiError, missing } from './api-error.ts'
import { LIST_PARAMS } from './list.ts'
import { type Allowed, checkAllowed, type Params, texts } from './params.ts'
import { disputesAllowed, eventsAllowed, isListed, listAllowed, readEvents, readList } from './reads.ts'
import type { Kind, Records } from './records.ts'
import { checkExpand, expand, type Rendered, render, renderById, renderEvent } from './render.ts'
import { accountShape, deletedCustomerShape, listShape } from './shapes-catalogue.ts'
import { kindOfId, type World } from './state.ts'
import * as billing from './write-billing.ts'
import * as catalogue from './write-catalogue.ts'
import * as customers from './write-customers.ts'

export type Request = { method: string; path: string; params: Params }

const KINDS: Record<string, Kind> = {
  customers: 'customer',
  products: 'product',
  prices: 'price',
  subscriptions: 'subscription',
  invoices: 'invoice',
  payment_intents: 'payment_intent',
  payment_methods: 'payment_method',
}

/** `id` is the path's variable part. An ApiError that is returned, not thrown, came after a change was made. */
type Write = { allowed: Allowed; run: (world: World, id: string, params: Params) => Rendered | ApiError }

function writes<K extends Kind>(
  kind: K,
  allowed: Allowed,
  run: (world: World, id: string, params: Params) => Records[K] | ApiError,
): Write {
  return {
    allowed,
    run: (world, id, params) => {
      const result = run(world, id, params)
      return result instanceof ApiError ? result : render(world, kind, result)
    },
  }
}

const WRITES: Record<string, Write> = {
  'POST /v1/customers': writes('customer', { ...customers.CUSTOMER_PARAMS, payment_method: true }, (world, _, params) =>
    customers.createCustomer(world, params),
  ),
  'POST /v1/customers/:id': writes('customer', customers.CUSTOMER_PARAMS, customers.updateCustomer),
  'DELETE /v1/customers/:id': {
    allowed: {},
    run: (world, id) => {
      customers.deleteCustomer(world, id)
      return deletedCustomerShape(id)
    },
  },
  'POST /v1/payment_methods/:id/attach': writes(
    'payment_method',
    { customer: true, expand: [true] },
    customers.attachMethod,
  ),
  'POST /v1/subscriptions': writes('subscription', billing.SUBSCRIBE_PARAMS, (world, _, params) =>
    billing.createSubscription(world, params),
  ),
  'POST /v1/subscriptions/:id': writes('subscription', billing.SUBSCRIPTION_PARAMS, billing.updateSubscription),
  'DELETE /v1/subscriptions/:id': writes('subscription', billing.CANCEL_PARAMS, billing.cancelSubscription),
  'POST /v1/invoices/:id/pay': writes('invoice', billing.PAY_PARAMS, billing.payInvoice),
  'POST /v1/products': writes('product', catalogue.PRODUCT_PARAMS, (world, _, params) =>
    catalogue.createProduct(world, params),
  ),
  'POST /v1/products/:id': writes('product', catalogue.PRODUCT_PARAMS, catalogue.updateProduct),
  'POST /v1/prices': writes('price', catalogue.PRICE_PARAMS, (world, _, params) =>
    catalogue.createPrice(world, params),
  ),
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Answers or throws an ApiError. */
export function answer(world: World, request: Request): Rendered | ApiError {
  const [, version, noun = '', id, verb, ...deeper] = request.path.split('/').map(decoded)
  if (version === 'v1' && deeper.length === 0) {
    if (request.method === 'GET' && verb === undefined) {
      const found = read(world, request, noun, id)
      if (found !== undefined) return found
    }
    if (request.method === 'GET' && noun === 'customers' && id !== undefined && verb === 'balance_transactions') {
      checkAllowed(request.params, LIST_PARAMS)
      customers.liveCustomer(world, id)
      return listShape([], request.path)
    }
    const pattern = `${request.method} /v1/${noun}${id === undefined ? '' : '/:id'}${verb === undefined ? '' : `/${verb}`}`
    const write = Object.hasOwn(WRITES, pattern) ? WRITES[pattern] : undefined
    if (write !== undefined) {
      checkAllowed(request.params, write.allowed)
      checkExpand(texts(request.params, 'expand'))
      const result = write.run(world, id ?? '', request.params)
      return result instanceof ApiError ? result : expand(world, result, texts(request.params, 'expand'))
    }
  }
  const message = `The sandbox does not model ${request.method} ${request.path}.`
  throw new ApiError(501, { type: 'api_error', message })
}

function read(world: World, { path, params }: Request, noun: string, id: string | undefined): Rendered | undefined {
  const opened = (allowed: Allowed, make: () => Rendered) => {
    checkAllowed(params, allowed)
    checkExpand(texts(params, 'expand'))
    return expand(world, make(), texts(params, 'expand'))
  }
  if (noun === 'account' && id === undefined) return opened({ expand: [true] }, accountShape)
  if (noun === 'events') {
    if (id === undefined) return opened(eventsAllowed(params), () => readEvents(world, path, params))
    return opened({ expand: [true] }, () => {
      const event = world.events.get(id)
      if (event === undefined) throw missing('event', id)
      return renderEvent(world, event.record)
    })
  }
  // Nobody here disputes anything, but who asks is answered.
  if (noun === 'disputes') {
    if (id !== undefined) throw missing('dispute', id)
    return opened(disputesAllowed(params), () => listShape([], path))
  }
  const kind = Object.hasOwn(KINDS, noun) ? KINDS[noun] : undefined
  if (kind === undefined) return undefined
  if (id !== undefined) return opened({ expand: [true] }, () => readOne(world, kind, id))
  return isListed(kind) ? opened(listAllowed(kind, params), () => readList(world, kind, path, params)) : undefined
}

function readOne(world: World, kind: Kind, id: string): Rendered {
  const found = kindOfId(id) === kind ? renderById(world, id) : undefined
  if (found === undefined) throw missing(kind, id)
  return found
}
