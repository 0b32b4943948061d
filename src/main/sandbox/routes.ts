// Which of Stripe's routes the sandbox answers, and with what. answer.ts finds the route and checks what was sent.
import { missing } from './api-error.ts'
import { createPreview, PREVIEW_PARAMS } from './preview.ts'
import {
  EVENTS_ALLOWED,
  listAllowed,
  NESTED_ALLOWED,
  readEvent,
  readEvents,
  readItems,
  readLines,
  readList,
  readOne,
} from './reads.ts'
import { change, make, many, one, type Route, write } from './route.ts'
import { SIGN_UP_ROUTES } from './routes-sign-up.ts'
import { accountShape, deletedCustomerShape } from './shapes-catalogue.ts'
import { find } from './state.ts'
import * as catalogue from './write-catalogue.ts'
import * as changes from './write-changes.ts'
import * as clocks from './write-clocks.ts'
import * as customers from './write-customers.ts'
import * as discounts from './write-discounts.ts'
import * as ends from './write-ends.ts'
import * as invoices from './write-invoices.ts'
import * as items from './write-items.ts'
import * as payments from './write-payments.ts'
import * as schedules from './write-schedules.ts'
import * as subscriptions from './write-subscriptions.ts'

/** Lists of what one customer has. */
function ofCustomer(kind: 'customer_balance_transaction' | 'payment_method'): Route {
  return {
    allowed: listAllowed(kind),
    run: (world, id, params, { path }) => {
      const customer = customers.liveCustomer(world, id).id
      return readList(world, kind, path, params, { customer })
    },
  }
}

export const ROUTES: Record<string, Route> = {
  ...SIGN_UP_ROUTES,
  'GET /v1/account': { allowed: {}, run: () => accountShape() },

  'GET /v1/customers': many('customer'),
  'GET /v1/customers/:id': one('customer'),
  'POST /v1/customers': make('customer', customers.NEW_CUSTOMER_PARAMS, customers.createCustomer),
  'POST /v1/customers/:id': write('customer', customers.CUSTOMER_PARAMS, customers.updateCustomer),
  'DELETE /v1/customers/:id': change({}, (world, id) => {
    customers.deleteCustomer(world, id)
    return deletedCustomerShape(id)
  }),

  'GET /v1/customers/:id/balance_transactions': ofCustomer('customer_balance_transaction'),
  'DELETE /v1/customers/:id/discount': change({}, (world, id) => items.dropDiscount(world, 'customer', id)),
  'POST /v1/customers/:id/balance_transactions': write(
    'customer_balance_transaction',
    payments.BALANCE_PARAMS,
    payments.createBalance,
  ),
  'GET /v1/customers/:id/balance_transactions/:id': {
    allowed: {},
    run: (world, id, _, { inner }) => {
      if (find(world, 'customer_balance_transaction', inner)?.customer !== id)
        throw missing('balance transaction', inner)
      return readOne(world, 'customer_balance_transaction', inner)
    },
  },
  'GET /v1/customers/:id/payment_methods': ofCustomer('payment_method'),

  'GET /v1/payment_methods': many('payment_method'),
  'GET /v1/payment_methods/:id': one('payment_method'),
  'POST /v1/payment_methods/:id': write('payment_method', customers.METHOD_UPDATE, customers.updateMethod),
  'POST /v1/payment_methods/:id/detach': write('payment_method', {}, customers.detachMethod),
  'POST /v1/payment_methods/:id/attach': write('payment_method', { customer: true }, customers.attachMethod),

  'GET /v1/products': many('product'),
  'GET /v1/products/:id': one('product'),
  'POST /v1/products': make('product', catalogue.PRODUCT_PARAMS, catalogue.createProduct),
  'POST /v1/products/:id': write('product', catalogue.PRODUCT_PARAMS, catalogue.updateProduct),
  'GET /v1/prices': many('price'),
  'GET /v1/prices/:id': one('price'),
  'POST /v1/prices': make('price', catalogue.PRICE_PARAMS, catalogue.createPrice),
  'POST /v1/prices/:id': write('price', catalogue.PRICE_UPDATE, catalogue.updatePrice),

  'GET /v1/subscriptions': many('subscription'),
  'GET /v1/subscriptions/:id': one('subscription'),
  'POST /v1/subscriptions': make('subscription', subscriptions.SUBSCRIBE_PARAMS, subscriptions.createSubscription),
  'POST /v1/subscriptions/:id': write('subscription', changes.SUBSCRIPTION_PARAMS, changes.updateSubscription),
  'DELETE /v1/subscriptions/:id': write('subscription', ends.CANCEL_PARAMS, ends.cancelSubscription),
  'POST /v1/subscriptions/:id/pause': write('subscription', ends.PAUSE_PARAMS, ends.pauseSubscription),
  'POST /v1/subscriptions/:id/resume': write('subscription', ends.RESUME_PARAMS, ends.resumeSubscription),

  'DELETE /v1/subscriptions/:id/discount': change({}, (world, id) => items.dropDiscount(world, 'subscription', id)),
  'POST /v1/subscription_items': change(items.NEW_ITEM, (world, _, params) => items.addItem(world, params)),
  'GET /v1/subscription_items/:id': { allowed: {}, run: items.readItem },
  'POST /v1/subscription_items/:id': change(items.ITEM_UPDATE, items.changeItem),
  'DELETE /v1/subscription_items/:id': change(items.ITEM_REMOVAL, items.removeItem),
  'GET /v1/subscription_items': {
    allowed: { ...NESTED_ALLOWED, subscription: true },
    run: (world, _, params, { path }) => readItems(world, path, params),
  },

  'GET /v1/subscription_schedules': many('subscription_schedule'),
  'GET /v1/subscription_schedules/:id': one('subscription_schedule'),
  'POST /v1/subscription_schedules': make('subscription_schedule', schedules.NEW_SCHEDULE, schedules.createSchedule),
  'POST /v1/subscription_schedules/:id': write(
    'subscription_schedule',
    schedules.SCHEDULE_UPDATE,
    schedules.updateSchedule,
  ),
  'POST /v1/subscription_schedules/:id/cancel': write('subscription_schedule', {}, schedules.cancelSchedule),
  'POST /v1/subscription_schedules/:id/release': write(
    'subscription_schedule',
    schedules.RELEASE_PARAMS,
    schedules.releaseSchedule,
  ),

  'GET /v1/invoices': many('invoice'),
  'GET /v1/invoices/:id': one('invoice'),
  'POST /v1/invoices': make('invoice', invoices.INVOICE_PARAMS, invoices.createInvoice),
  'POST /v1/invoices/create_preview': change(PREVIEW_PARAMS, (world, _, params) => createPreview(world, params)),
  'POST /v1/invoices/:id': write('invoice', invoices.INVOICE_UPDATE, invoices.updateInvoice),
  'DELETE /v1/invoices/:id': change({}, invoices.deleteInvoice),
  'POST /v1/invoices/:id/finalize': write('invoice', invoices.FINALISE_PARAMS, invoices.finaliseInvoice),
  'POST /v1/invoices/:id/mark_uncollectible': write('invoice', {}, invoices.markUncollectible),
  'POST /v1/invoices/:id/pay': write('invoice', invoices.PAY_PARAMS, invoices.payInvoice),
  'POST /v1/invoices/:id/send': write('invoice', {}, invoices.sendInvoice),
  'POST /v1/invoices/:id/void': write('invoice', {}, invoices.voidOne),
  'GET /v1/invoices/:id/lines': {
    allowed: NESTED_ALLOWED,
    run: (world, id, params, { path }) => readLines(world, id, path, params),
  },
  'GET /v1/invoice_payments': many('invoice_payment'),
  'GET /v1/invoice_payments/:id': one('invoice_payment'),
  'GET /v1/invoiceitems': many('invoiceitem'),
  'GET /v1/invoiceitems/:id': one('invoiceitem'),
  'POST /v1/invoiceitems': make('invoiceitem', invoices.ITEM_PARAMS, invoices.createItem),
  'DELETE /v1/invoiceitems/:id': change({}, invoices.deleteItem),
  'GET /v1/charges': many('charge'),
  'GET /v1/charges/:id': one('charge'),
  'GET /v1/refunds': many('refund'),
  'GET /v1/refunds/:id': one('refund'),
  'POST /v1/refunds': make('refund', payments.REFUND_PARAMS, payments.createRefund),
  'POST /v1/refunds/:id': write('refund', { metadata: '*' }, payments.updateRefund),
  'GET /v1/disputes': many('dispute'),
  'GET /v1/disputes/:id': one('dispute'),
  'POST /v1/disputes/:id': write('dispute', payments.DISPUTE_PARAMS, payments.updateDispute),
  'POST /v1/disputes/:id/close': write('dispute', {}, payments.closeDispute),

  'GET /v1/coupons': many('coupon'),
  'GET /v1/coupons/:id': one('coupon'),
  'POST /v1/coupons': make('coupon', discounts.COUPON_PARAMS, discounts.createCoupon),
  'POST /v1/coupons/:id': write('coupon', discounts.COUPON_UPDATE, discounts.updateCoupon),
  'DELETE /v1/coupons/:id': change({}, discounts.deleteCoupon),
  'GET /v1/promotion_codes': many('promotion_code'),
  'GET /v1/promotion_codes/:id': one('promotion_code'),
  'POST /v1/promotion_codes': make('promotion_code', discounts.PROMOTION_PARAMS, discounts.createPromotion),
  'POST /v1/promotion_codes/:id': write('promotion_code', discounts.PROMOTION_UPDATE, discounts.updatePromotion),

  'GET /v1/test_helpers/test_clocks': many('test_helpers.test_clock'),
  'GET /v1/test_helpers/test_clocks/:id': one('test_helpers.test_clock'),
  'POST /v1/test_helpers/test_clocks': make('test_helpers.test_clock', clocks.CLOCK_PARAMS, clocks.createClock),
  'POST /v1/test_helpers/test_clocks/:id/advance': write(
    'test_helpers.test_clock',
    { frozen_time: true },
    clocks.moveClock,
  ),
  'DELETE /v1/test_helpers/test_clocks/:id': { allowed: {}, run: clocks.deleteClock },

  'GET /v1/events': {
    allowed: EVENTS_ALLOWED,
    run: (world, _, params, { path }) => readEvents(world, path, params),
  },
  'GET /v1/events/:id': { allowed: {}, run: readEvent },
}
