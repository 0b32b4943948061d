// What a space asks of a person beside what they pay for, and whether what was typed can be so: purely, before anything is
// written down or asked of Stripe. Values are texts as people type them; an empty one is one that is not there.
import { detailFaults as say } from './details-en.ts'
import { cleanName, LONGEST_NAME } from './name.ts'
import { startOfLocalDate } from './time.ts'

/** What a manager can ask for. A name is always asked. */
export const DETAIL_KINDS = ['email', 'phone', 'emergency', 'birthDate', 'company', 'heard', 'notes'] as const
export type DetailKind = (typeof DETAIL_KINDS)[number]

/** `more`: behind "More details". */
export const ASKS = ['required', 'asked', 'more', 'off'] as const
export type Ask = (typeof ASKS)[number]

/** `twoNames`: first and last name in two fields. `ofAge`: years from which nobody needs a guardian. */
export type AskedDetails = { kinds: Record<DetailKind, Ask>; twoNames: boolean; ofAge: number }

/** What a walk-in can answer without being held up; majority is 18 in most places. */
export const USUALLY_ASKED: AskedDetails = {
  kinds: {
    email: 'asked',
    phone: 'asked',
    emergency: 'asked',
    birthDate: 'more',
    company: 'more',
    heard: 'more',
    notes: 'more',
  },
  twoNames: false,
  ofAge: 18,
}

/** Kept as facts of their own, in the order of the form. */
export const KEPT_FIELDS = [
  'emergencyName',
  'emergencyPhone',
  'birthDate',
  'guardianName',
  'guardianPhone',
  'guardianEmail',
  'company',
  'heard',
  'notes',
] as const
export type KeptField = (typeof KEPT_FIELDS)[number]

/** What a guardian does for somebody under age. */
export const GUARDIAN_DOES = ['guardianSigns', 'guardianPays', 'guardianCalled'] as const
export type GuardianDoes = (typeof GUARDIAN_DOES)[number]

/** `birthDate` as YYYY-MM-DD. */
export type Details = Record<KeptField, string> & Record<GuardianDoes, boolean>

export const NO_DETAILS: Details = {
  emergencyName: '',
  emergencyPhone: '',
  birthDate: '',
  guardianName: '',
  guardianPhone: '',
  guardianEmail: '',
  company: '',
  heard: '',
  notes: '',
  guardianSigns: true,
  guardianPays: true,
  guardianCalled: true,
}

export const FORM_FIELDS = ['name', 'email', 'phone', ...KEPT_FIELDS] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** One sentence for each field that cannot stay so. */
export type Faults = Partial<Record<FormField, string>>

/** As it comes in: what is left out is not touched. */
export type Typed = { [F in keyof Form]?: Form[F] | undefined }

/** Without what was left out. */
export function given(typed: Typed): Partial<Form> {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined))
}

export type Form = { name: string; email: string; phone: string } & Details

/** What is wrong with what was typed, by `today` (YYYY-MM-DD); `required`: also what is missing. */
export function faultsOf(form: Form, asked: AskedDetails, today: string, required = true): Faults {
  const faults: Faults = {}
  const must = (kind: DetailKind) => required && asked.kinds[kind] === 'required'
  const check = (field: FormField, needed: boolean, fault: (text: string) => string | null) => {
    const text = tidy(field, form[field])
    const found = text === '' ? (needed ? say.missing[field] : null) : fault(text)
    if (found !== null) faults[field] = found
  }
  const fine = () => null
  check('name', true, fine)
  check('email', must('email'), emailFault)
  check('phone', must('phone'), phoneFault)
  const someone = form.emergencyName.trim() !== '' || form.emergencyPhone.trim() !== ''
  check('emergencyName', someone || must('emergency'), fine)
  check('emergencyPhone', someone || must('emergency'), phoneFault)
  check('birthDate', must('birthDate'), (text) => birthDateFault(text, today))
  const minor = isMinor(form.birthDate, asked.ofAge, today)
  check('guardianName', minor && required, fine)
  check('guardianPhone', minor && required, phoneFault)
  check('guardianEmail', false, emailFault)
  check('company', must('company'), fine)
  check('heard', must('heard'), fine)
  check('notes', must('notes'), fine)
  for (const field of FORM_FIELDS) if (form[field].length > longest(field)) faults[field] = say.tooLong(longest(field))
  return faults
}

/** As it is kept: notes are a paragraph, all else a line. */
export function tidy(field: FormField, text: string): string {
  return field === 'notes' ? text.trim() : cleanName(text)
}

/** RFC 5321 ends an address at 254 characters. */
const LONGEST_EMAIL = 254

function longest(field: FormField): number {
  if (field === 'notes') return 2_000
  return field === 'email' || field === 'guardianEmail' ? LONGEST_EMAIL : LONGEST_NAME
}

/** Which addresses there are only a mail server knows. */
export function isEmail(text: string): boolean {
  return text.length <= LONGEST_EMAIL && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)
}

function emailFault(text: string): string | null {
  return isEmail(text) ? null : say.noEmail
}

/** The shortest numbers that are called have 3 digits; E.164 ends them at 15, and 5 more may be an extension. */
function phoneFault(text: string): string | null {
  if (!/^\+?[\d\s()./x-]+$/i.test(text)) return say.noPhone
  const digits = text.replace(/\D/g, '').length
  return digits >= 3 && digits <= 20 ? null : say.phoneLength
}

/** Older than anybody has become: 122 years. */
const OLDEST = 123

function birthDateFault(text: string, today: string): string | null {
  if (!isDay(text)) return say.noDay
  if (text > today) return say.notBorn
  return (ageAt(text, today) ?? 0) < OLDEST ? null : say.tooOld
}

/** Years by the calendar: whoever is born on 29 February is a year older on 1 March. Null where it is no day. */
export function ageAt(birthDate: string, today: string): number | null {
  if (!isDay(birthDate) || birthDate > today) return null
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** Not where it is unknown: who asks nobody's age has no minors by it. */
export function isMinor(birthDate: string, ofAge: number, today: string): boolean {
  const age = ageAt(birthDate.trim(), today)
  return age !== null && age < ofAge
}

/** Whoever was born after this day, YYYY-MM-DD, is under age today; by the day alone, which may not be in the calendar. */
export function stillUnderAge(ofAge: number, today: string): string {
  return `${String(Number(today.slice(0, 4)) - ofAge).padStart(4, '0')}${today.slice(4)}`
}

/** The first day from which they are of age, YYYY-MM-DD; null where the birth date is unknown. */
export function ofAgeOn(birthDate: string, ofAge: number): string | null {
  if (!isDay(birthDate)) return null
  const day = `${String(Number(birthDate.slice(0, 4)) + ofAge).padStart(4, '0')}${birthDate.slice(4)}`
  return isDay(day) ? day : `${day.slice(0, 4)}-03-01`
}

function isDay(text: string): boolean {
  return startOfLocalDate(text, 'UTC') !== null
}

/** Newest last; what a change leaves out stays as it was. */
export function foldDetails(changes: readonly Partial<Details>[]): Details {
  return Object.assign({}, NO_DETAILS, ...changes)
}

/** Who signs for a person, and as what. */
export type Signer = { as: 'person' | 'guardian'; name: string }

export function signerOf(name: string, details: Details, asked: AskedDetails, today: string): Signer {
  return isMinor(details.birthDate, asked.ofAge, today) && details.guardianSigns
    ? { as: 'guardian', name: details.guardianName }
    : { as: 'person', name }
}

/** The guardian who does something for somebody under age; null where that is nobody. */
export function guardianFor(
  does: GuardianDoes,
  details: Details,
  asked: AskedDetails,
  today: string,
): { name: string; phone: string; email: string | null } | null {
  if (!details[does] || details.guardianName === '' || !isMinor(details.birthDate, asked.ofAge, today)) return null
  const { guardianName: name, guardianPhone: phone, guardianEmail: email } = details
  return { name, phone, email: email || null }
}
