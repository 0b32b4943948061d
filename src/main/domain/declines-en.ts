// Why a bank said no, in plain words, and whether another try can help. Codes: docs.stripe.com/declines/codes and the
// failure codes of bank debits.

/** `soft`: the same card or account may work another time. `hard`: it will not. `payer`: the payer has to do something. */
export type DeclineKind = 'soft' | 'hard' | 'payer'

const WORDS: Record<DeclineKind, Record<string, string>> = {
  soft: {
    approve_with_id: 'the bank wanted to check it and could not',
    call_issuer: 'the bank refused it without a reason',
    card_decline_rate_limit_exceeded: 'the bank card was refused too often today',
    card_velocity_exceeded: 'the limit of the bank card is reached',
    charge_exceeds_source_limit: 'the limit of the bank account is reached',
    charge_exceeds_transaction_limit: 'the limit of the bank account is reached',
    card_declined: 'the bank refused it without a reason',
    do_not_honor: 'the bank refused it without a reason',
    duplicate_transaction: 'the bank took it for the same payment made twice',
    generic_decline: 'the bank refused it without a reason',
    insufficient_funds: 'not enough money on the account',
    issuer_not_available: 'the bank could not be reached',
    no_action_taken: 'the bank refused it without a reason',
    not_permitted: 'the bank did not permit it',
    payment_method_provider_decline: 'the bank refused it without a reason',
    payment_method_provider_timeout: 'the bank did not answer in time',
    processing_error: 'the bank could not process it just then',
    reenter_transaction: 'the bank could not process it just then',
    service_not_allowed: 'the bank did not permit it',
    transaction_not_allowed: 'the bank did not permit it',
    try_again_later: 'the bank could not process it just then',
    withdrawal_count_limit_exceeded: 'the limit of the bank card is reached',
  },
  hard: {
    account_closed: 'the bank account is closed',
    bank_account_declined: 'the bank account cannot be used for this',
    bank_account_restricted: 'the bank account does not allow debits',
    bank_account_unusable: 'the bank account cannot be used for this',
    bank_account_verification_failed: 'the bank account could not be verified',
    billing_invalid_mandate: 'the payer’s permission to debit the account is no longer good',
    card_not_supported: 'the bank card does not support this kind of payment',
    currency_not_supported: 'the bank card does not take this currency',
    debit_not_authorized: 'the payer told the bank that the debit was not agreed',
    do_not_try_again: 'the bank refused it and wants no other try',
    expired_card: 'the bank card has expired',
    expired_payment_method: 'the bank card has expired',
    fraudulent: 'the bank took it for fraud',
    incorrect_address: 'the address does not match the bank card',
    incorrect_cvc: 'the security number does not match the bank card',
    incorrect_number: 'the number of the bank card is wrong',
    incorrect_zip: 'the postcode does not match the bank card',
    invalid_account: 'the bank card or its account is not there any more',
    invalid_amount: 'the bank does not take this amount',
    invalid_cvc: 'the security number does not match the bank card',
    invalid_expiry_month: 'the expiry date of the bank card is wrong',
    invalid_expiry_year: 'the expiry date of the bank card is wrong',
    invalid_number: 'the number of the bank card is wrong',
    lost_card: 'the bank has blocked the bank card',
    merchant_blacklist: 'the bank card is on a list of blocked ones',
    new_account_information_available: 'the bank has given out a new card or account',
    no_account: 'there is no such bank account',
    payment_intent_mandate_invalid: 'the payer’s permission to debit the account is no longer good',
    payment_method_bank_account_blocked: 'the bank account is blocked for debits',
    payment_method_microdeposit_failed: 'the bank account could not be verified',
    payment_method_microdeposit_verification_attempts_exceeded: 'the bank account could not be verified',
    payment_method_microdeposit_verification_timeout: 'the bank account was not verified in time',
    pickup_card: 'the bank has blocked the bank card',
    pin_try_exceeded: 'the PIN of the bank card was wrong too often',
    restricted_card: 'the bank has blocked the bank card',
    revocation_of_all_authorizations: 'the payer has told the bank to pay no more',
    revocation_of_authorization: 'the payer has told the bank to pay no more',
    security_violation: 'the bank refused it for security',
    sepa_unsupported_account: 'the bank account does not take direct debits',
    stolen_card: 'the bank has blocked the bank card',
    stop_payment_order: 'the payer has told the bank to pay no more',
    testmode_decline: 'it is a test card, and the payment was a real one',
  },
  payer: {
    authentication_not_handled: 'the bank wants the payer to confirm it',
    authentication_required: 'the bank wants the payer to confirm it',
    bank_account_unverified: 'the bank account is not verified yet',
    incorrect_pin: 'the PIN was wrong',
    invalid_pin: 'the PIN was wrong',
    mobile_device_authentication_required: 'the bank wants the payer to confirm it on their phone',
    offline_pin_required: 'the bank wants the PIN of the card',
    online_or_offline_pin_required: 'the bank wants the PIN of the card',
    payment_intent_authentication_failure: 'the payer did not confirm it at the bank',
    payment_method_customer_decline: 'the payer turned it down at the bank',
    payment_method_microdeposit_verification_amounts_mismatch:
      'the amounts given to verify the bank account were wrong',
    refer_to_customer: 'the payer told the bank not to pay it',
  },
}

const THEN: Record<DeclineKind, string> = {
  soft: 'another try may go through',
  hard: 'it needs another way to pay',
  payer: 'only the payer can put that right',
}

/** A code that nobody has listed reads as a plain refusal, for which another try may help. */
export function declineKind(code: string): DeclineKind {
  return (['hard', 'payer'] as const).find((kind) => Object.hasOwn(WORDS[kind], code)) ?? 'soft'
}

/** "not enough money on the account; another try may go through". */
export function declinedInWords(code: string): string {
  const kind = declineKind(code)
  const words = Object.hasOwn(WORDS[kind], code) ? WORDS[kind][code] : 'the bank refused it'
  return `${words}; ${THEN[kind]}`
}

/** Of codes that read alike these stand for all; elsewhere the first in the list does. */
const STAND_FOR_ALL = ['generic_decline', 'authentication_required']
const UNLISTED = 'unlisted'

const ALIKE = new Map(
  Object.values(WORDS).flatMap((listed) =>
    Object.entries(listed).map(([code, words]) => {
      const alike = Object.keys(listed).filter((other) => listed[other] === words)
      return [code, alike.find((other) => STAND_FOR_ALL.includes(other)) ?? alike[0] ?? code] as const
    }),
  ),
)

/** One code for all that read alike, so that a report has no two reasons with the same words. */
export function declineAlike(code: string): string {
  return ALIKE.get(code) ?? UNLISTED
}
