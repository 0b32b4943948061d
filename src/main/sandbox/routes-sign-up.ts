// The routes for new members and their ways to pay: readers, payment methods for later, hosted pages, single payments.
import { missing } from './api-error.ts'
import { listAllowed, NESTED_ALLOWED, readList } from './reads.ts'
import { renderById } from './render.ts'
import { change, make, many, one, type Route, write } from './route.ts'
import * as checkout from './write-checkout.ts'
import * as intents from './write-intents.ts'
import * as setups from './write-setup.ts'
import * as terminal from './write-terminal.ts'

export const SIGN_UP_ROUTES: Record<string, Route> = {
  'GET /v1/payment_intents': many('payment_intent'),
  'GET /v1/payment_intents/:id': one('payment_intent'),
  'POST /v1/payment_intents': make('payment_intent', intents.INTENT_PARAMS, intents.createIntent),
  'POST /v1/payment_intents/:id': write('payment_intent', intents.INTENT_UPDATE, intents.updateIntent),
  'POST /v1/payment_intents/:id/confirm': write('payment_intent', intents.CONFIRM_PARAMS, intents.confirmOne),
  'POST /v1/payment_intents/:id/cancel': write('payment_intent', intents.CANCEL_PARAMS, intents.cancelIntent),
  'POST /v1/payment_intents/:id/verify_microdeposits': write(
    'payment_intent',
    setups.VERIFY_PARAMS,
    intents.verifyIntent,
  ),

  'GET /v1/setup_intents': many('setup_intent'),
  'GET /v1/setup_intents/:id': one('setup_intent'),
  'POST /v1/setup_intents': make('setup_intent', setups.SETUP_PARAMS, setups.createSetup),
  'POST /v1/setup_intents/:id': write('setup_intent', setups.SETUP_UPDATE, setups.updateSetup),
  'POST /v1/setup_intents/:id/confirm': write('setup_intent', setups.CONFIRM_PARAMS, setups.confirmOne),
  'POST /v1/setup_intents/:id/cancel': write('setup_intent', setups.CANCEL_PARAMS, setups.cancelOne),
  'POST /v1/setup_intents/:id/verify_microdeposits': write('setup_intent', setups.VERIFY_PARAMS, setups.verifyOne),
  'GET /v1/setup_attempts': {
    allowed: listAllowed('setup_attempt'),
    run: (world, _, params, { path }) => readList(world, 'setup_attempt', path, params),
  },
  'GET /v1/mandates/:id': {
    allowed: {},
    run: (world, id) => {
      const found = id.startsWith('mandate_') ? renderById(world, id) : undefined
      if (found === undefined) throw missing('mandate', id)
      return found
    },
  },

  'GET /v1/checkout/sessions': many('checkout.session'),
  'GET /v1/checkout/sessions/:id': one('checkout.session'),
  'GET /v1/checkout/sessions/:id/line_items': { allowed: NESTED_ALLOWED, run: checkout.readSessionLines },
  'POST /v1/checkout/sessions': make('checkout.session', checkout.SESSION_PARAMS, checkout.createSession),
  'POST /v1/checkout/sessions/:id/expire': write('checkout.session', {}, checkout.expireOne),
  'POST /v1/billing_portal/sessions': change(checkout.PORTAL_PARAMS, checkout.createPortal),

  'GET /v1/terminal/locations': many('terminal.location'),
  'GET /v1/terminal/locations/:id': one('terminal.location'),
  'POST /v1/terminal/locations': make('terminal.location', terminal.LOCATION_PARAMS, terminal.createLocation),
  'POST /v1/terminal/locations/:id': write('terminal.location', terminal.LOCATION_PARAMS, terminal.updateLocation),
  'DELETE /v1/terminal/locations/:id': change({}, terminal.deleteLocation),
  'GET /v1/terminal/readers': many('terminal.reader'),
  'GET /v1/terminal/readers/:id': one('terminal.reader'),
  'POST /v1/terminal/readers': make('terminal.reader', terminal.READER_PARAMS, terminal.createReader),
  'POST /v1/terminal/readers/:id': write('terminal.reader', terminal.READER_UPDATE, terminal.updateReader),
  'DELETE /v1/terminal/readers/:id': change({}, terminal.deleteReader),
  'POST /v1/terminal/readers/:id/process_setup_intent': write(
    'terminal.reader',
    terminal.SETUP_PARAMS,
    terminal.processSetup,
  ),
  'POST /v1/terminal/readers/:id/process_payment_intent': write(
    'terminal.reader',
    terminal.PAYMENT_PARAMS,
    terminal.processPayment,
  ),
  'POST /v1/terminal/readers/:id/cancel_action': write('terminal.reader', {}, terminal.cancelAction),
  'POST /v1/terminal/readers/:id/set_reader_display': write(
    'terminal.reader',
    terminal.DISPLAY_PARAMS,
    terminal.showOnReader,
  ),
  'POST /v1/test_helpers/terminal/readers/:id/present_payment_method': write(
    'terminal.reader',
    terminal.PRESENT_PARAMS,
    terminal.presentMethod,
  ),
}
