// What is sold at Stripe, as the plans' settings look at it and add to it. One implementation: shop.ts.
import type { Money } from '../domain/money.ts'
import type { Catalogue, CouponUse, ShopPrice, ShopProduct } from '../domain/shop.ts'

/** `interval` null: sold once. `mark` is kept with what is made, so that it is found again. */
export type NewPrice = {
  productId: string
  amount: Money
  interval: string | null
  lookupKey: string | null
  mark: string
}

export type Shop = {
  catalogue(): Promise<Catalogue>
  /** Those whose code begins so, whatever the letters' case. */
  promotions(begin: string): Promise<CouponUse[]>
  createProduct(key: string, product: { name: string; mark: string }): Promise<ShopProduct>
  createPrice(key: string, price: NewPrice): Promise<ShopPrice>
}
