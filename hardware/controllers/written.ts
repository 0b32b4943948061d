// How a device stores a card that its door writes so; what stands on both sides of a comparison is written the same.

/** A number without leading zeros; hex in small letters, each byte without its leading zero, as boards print it. Where every
 * hex digit is a decimal one, only the door's `format` tells which of them it is. */
export function writtenBy(driver: 'uhppote' | 'esp-rfid' | 'relay', text: string, format: string | null): string {
  const isNumber = /^\d+$/.test(text) && !(driver === 'esp-rfid' && format === 'hex')
  if (isNumber) return text.replace(/^0+(?=\d)/, '')
  if (driver === 'esp-rfid' && /^([0-9A-Fa-f]{2})+$/.test(text))
    return text.toLowerCase().replace(/../g, (byte) => byte.replace(/^0(?=.)/, ''))
  return text
}
