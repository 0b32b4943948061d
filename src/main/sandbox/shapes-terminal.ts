// Stripe's full objects for what stands at the till: locations and readers (API 2026-10-28.endive).
import type { MethodRecord } from './records.ts'
import type { LocationRecord, ReaderAction, ReaderRecord } from './records-terminal.ts'
import { failureShape } from './shapes-setup.ts'

export function locationShape(location: LocationRecord) {
  return {
    id: location.id,
    object: 'terminal.location' as const,
    address: location.address,
    display_name: location.name,
    livemode: false,
    metadata: location.metadata,
    ...(location.phone !== null && { phone: location.phone }),
  }
}

/** `declined` is the payment method of an action that its bank refused. */
export function readerShape(reader: ReaderRecord, declined: MethodRecord | undefined) {
  return {
    id: reader.id,
    object: 'terminal.reader' as const,
    action: reader.action && actionShape(reader.action, declined),
    device_sw_version: '2.42.0.0',
    device_type: reader.device,
    ip_address: '192.0.2.7',
    label: reader.label,
    last_seen_at: reader.lastSeen * 1000,
    livemode: false,
    location: reader.location,
    metadata: reader.metadata,
    serial_number: reader.serial,
    status: reader.online ? ('online' as const) : ('offline' as const),
  }
}

function actionShape(action: ReaderAction, declined: MethodRecord | undefined) {
  const { type, failure, intent, generatedCard, cart, cancellable } = action
  const config = cancellable === null ? {} : { process_config: { enable_customer_cancellation: cancellable } }
  // Only what came from the bank is an error of the API's; what came from the reader has none
  // (docs.stripe.com/changelog/dahlia/2026-05-27/terminal-reader-action-failures-error-details).
  const common = {
    api_error: failure?.bank ? failureShape(failure.bank, declined) : null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    status: action.status,
    type,
  }
  switch (type) {
    case 'process_setup_intent':
      return {
        ...common,
        process_setup_intent: {
          ...(generatedCard !== null && { generated_card: generatedCard }),
          ...config,
          setup_intent: intent,
        },
      }
    case 'process_payment_intent':
      return { ...common, process_payment_intent: { payment_intent: intent, ...config } }
    case 'set_reader_display': {
      const shown = cart && { currency: cart.currency, line_items: cart.lines, tax: cart.tax, total: cart.total }
      return { ...common, set_reader_display: { cart: shown, type: 'cart' as const } }
    }
  }
}

export function deletedReaderShape({ id, device, serial }: ReaderRecord) {
  const what = { device_type: device, serial_number: serial }
  return { id, object: 'terminal.reader' as const, deleted: true as const, ...what }
}
