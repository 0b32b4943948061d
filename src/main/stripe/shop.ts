// Products, prices and promotion codes at Stripe: read when somebody looks at the plans, and made where somebody says so.
import type { Params } from './address.ts'
import { listOf, placesOf, unexpected } from './replies.ts'
import type { Shop } from './shop-port.ts'
import * as shapes from './shop-shapes.ts'
import type { Ask } from './till.ts'

export function createShop({ get, post }: Pick<Ask, 'get' | 'post'>): Shop {
  /** Every page of a list. */
  async function all<T>(shape: Shape<T>, path: string, params: Params, what: string): Promise<T[]> {
    const found: T[] = []
    const placeAfter = placesOf(what)
    for (let after: string | null = null; ; ) {
      const place: Params = after === null ? {} : { starting_after: after }
      const page = listOf(await get(path, { ...params, limit: 100, ...place }, what), what)
      found.push(...page.data.map((one) => read(shape, one, what)))
      after = placeAfter(page.has_more, (page.data.at(-1) as { id?: string } | undefined)?.id)
      if (after === null) return found
    }
  }

  return {
    async catalogue() {
      const prices = await all(shapes.price, '/v1/prices', { expand: ['data.product'] }, 'the prices')
      return { prices, products: await all(shapes.product, '/v1/products', {}, 'the products') }
    },

    async promotions(begin) {
      const params = { expand: ['data.promotion.coupon'] }
      const found = await all(shapes.promotion, '/v1/promotion_codes', params, 'the promotions')
      return found.filter(({ code }) => code.toUpperCase().startsWith(begin.toUpperCase()))
    },

    async createProduct(key, { name, mark }) {
      const what = 'the product'
      return read(
        shapes.product,
        await post('/v1/products', { name, metadata: { [shapes.MARK]: mark } }, key, what),
        what,
      )
    },

    async createPrice(key, { productId, amount, interval, lookupKey, mark }) {
      const what = 'the price'
      const params = {
        product: productId,
        currency: amount.currency,
        unit_amount: amount.minor,
        ...(interval !== null && { recurring: { interval } }),
        ...(lookupKey !== null && { lookup_key: lookupKey }),
        metadata: { [shapes.MARK]: mark },
        expand: ['product'],
      }
      return read(shapes.price, await post('/v1/prices', params, key, what), what)
    },
  }
}

type Shape<T> = { parse(reply: unknown): T }

function read<T>(shape: Shape<T>, reply: unknown, what: string): T {
  try {
    return shape.parse(reply)
  } catch (error) {
    throw unexpected(what, error)
  }
}
