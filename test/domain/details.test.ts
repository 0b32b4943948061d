// What may stand in the form of a person: tables of what is taken and what is not, and who signs, pays and is called.
import { describe, expect, it } from 'vitest'
import {
  type AskedDetails,
  ageAt,
  type Details,
  type Faults,
  type Form,
  type FormField,
  faultsOf,
  foldDetails,
  guardianFor,
  isEmail,
  isMinor,
  NO_DETAILS,
  ofAgeOn,
  signerOf,
  USUALLY_ASKED,
} from '../../src/main/domain/details.ts'
import { detailFaults } from '../../src/main/domain/details-en.ts'

const TODAY = '2026-11-26'
const form = (typed: Partial<Form>): Form => ({ name: 'Ana Ruiz', email: '', phone: '', ...NO_DETAILS, ...typed })
const faults = (typed: Partial<Form>, asked = USUALLY_ASKED): Faults => faultsOf(form(typed), asked, TODAY)
const requiring = (...kinds: (keyof AskedDetails['kinds'])[]): AskedDetails => ({
  ...USUALLY_ASKED,
  kinds: { ...USUALLY_ASKED.kinds, ...Object.fromEntries(kinds.map((kind) => [kind, 'required'])) },
})

describe('a form', () => {
  it('needs a name and nothing else, unless a space asks for more', () => {
    expect(faults({})).toEqual({})
    expect(faults({ name: ' ' })).toEqual({ name: detailFaults.missing.name })
    expect(faults({ name: '\u200B\u202E' })).toEqual({ name: detailFaults.missing.name })
    const all = requiring('email', 'phone', 'emergency', 'birthDate', 'company', 'heard', 'notes')
    const missing = Object.keys(faults({}, all))
    expect(missing.toSorted()).toEqual(
      ['birthDate', 'company', 'email', 'emergencyName', 'emergencyPhone', 'heard', 'notes', 'phone'].toSorted(),
    )
    // Later, what is missing is no reason; what cannot be is.
    expect(faultsOf(form({ phone: 'x' }), all, TODAY, false)).toEqual({ phone: detailFaults.phoneLength })
  })

  it.each<[FormField, string, string | null]>([
    ['email', 'ana@example.org', null],
    ['email', '  ana@example.org ', null],
    ['email', 'ana+tools@mail.example.co.uk', null],
    ['email', 'josé@bücher.example', null],
    ['email', 'ana@example', detailFaults.noEmail],
    ['email', 'ana.example.org', detailFaults.noEmail],
    ['email', 'ana@@example.org', detailFaults.noEmail],
    ['email', 'ana@example..org', detailFaults.noEmail],
    ['email', 'ana@example.org.', detailFaults.noEmail],
    ['email', 'ana ruiz@example.org', detailFaults.noEmail],
    ['email', `${'a'.repeat(190)}@${'b'.repeat(60)}.org`, detailFaults.tooLong(254)],
    ['phone', '+49 30 555-0199', null],
    ['phone', '(030) 555 01 99', null],
    ['phone', '030/5550199', null],
    ['phone', '112', null],
    ['phone', '555.0199 x12', null],
    ['phone', '12', detailFaults.phoneLength],
    ['phone', '1'.repeat(21), detailFaults.phoneLength],
    ['phone', 'ask Ben', detailFaults.noPhone],
    ['phone', '030+555', detailFaults.noPhone],
    ['birthDate', '1990-12-03', null],
    ['birthDate', TODAY, null],
    ['birthDate', '2026-11-27', detailFaults.notBorn],
    ['birthDate', '2024-02-29', null],
    ['birthDate', '2023-02-29', detailFaults.noDay],
    ['birthDate', '1990-13-01', detailFaults.noDay],
    ['birthDate', '3.12.1990', detailFaults.noDay],
    ['birthDate', '1903-11-27', null],
    ['birthDate', '1903-11-26', detailFaults.tooOld],
    ['birthDate', '0090-12-03', detailFaults.tooOld],
    ['guardianEmail', 'nobody', detailFaults.noEmail],
    ['notes', 'n'.repeat(2_000), null],
    ['notes', 'n'.repeat(2_001), detailFaults.tooLong(2_000)],
    ['company', 'c'.repeat(201), detailFaults.tooLong(200)],
  ])('takes or refuses %s %j', (field, text, fault) => {
    expect(faults({ guardianName: 'Eva', guardianPhone: '112', [field]: text })[field] ?? null).toBe(fault)
  })

  it('takes an emergency contact whole or not at all', () => {
    expect(faults({ emergencyName: 'Ben' })).toEqual({ emergencyPhone: detailFaults.missing.emergencyPhone })
    expect(faults({ emergencyPhone: '112' })).toEqual({ emergencyName: detailFaults.missing.emergencyName })
    expect(faults({ emergencyName: 'Ben', emergencyPhone: '112' })).toEqual({})
  })

  it('asks for a guardian of whoever is under age, by the space’s own age', () => {
    const { guardianName, guardianPhone } = detailFaults.missing
    const born = { birthDate: '2009-11-27' }
    expect(faults(born)).toEqual({ guardianName, guardianPhone })
    expect(faults({ birthDate: '2008-11-26' })).toEqual({})
    expect(faults(born, { ...USUALLY_ASKED, ofAge: 16 })).toEqual({})
    expect(faults({ ...born, guardianName: 'Eva', guardianPhone: '112' })).toEqual({})
  })
})

it.each([
  ['2008-11-26', '2026-11-26', 18, false],
  ['2008-11-27', '2026-11-26', 17, true],
  ['2008-02-29', '2026-02-28', 17, true],
  ['2008-02-29', '2026-03-01', 18, false],
  ['', '2026-03-01', null, false],
  ['2026-03-02', '2026-03-01', null, false],
])('who is born on %s is on %s %s years old', (born, today, age, minor) => {
  expect(ageAt(born, today)).toBe(age)
  expect(isMinor(born, 18, today)).toBe(minor)
})

it.each([
  ['2008-11-26', '2026-11-26'],
  ['2008-02-29', '2026-03-01'],
  ['1996-02-29', '2014-03-01'],
  ['', null],
])('who is born on %s is of age on %s', (born, day) => {
  expect(ofAgeOn(born, 18)).toBe(day)
  if (day !== null) expect([isMinor(born, 18, day), ageAt(born, day)]).toEqual([false, 18])
})

it('keeps the newest word about each field', () => {
  const folded = foldDetails([{ company: 'Kolb', heard: 'a friend' }, { company: '' }, { guardianPays: false }])
  expect(folded).toEqual({ ...NO_DETAILS, heard: 'a friend', guardianPays: false })
  expect(NO_DETAILS.guardianPays).toBe(true)
})

describe('of a guardian', () => {
  const guarded: Details = {
    ...NO_DETAILS,
    birthDate: '2012-05-01',
    guardianName: 'Eva Ruiz',
    guardianPhone: '+49 30 1',
    guardianEmail: 'eva@example.org',
  }
  const signer = (details: Details, today = TODAY) => signerOf('Ana', details, USUALLY_ASKED, today)
  const pays = (details: Details, today = TODAY) => guardianFor('guardianPays', details, USUALLY_ASKED, today)

  it('who signs and pays follows the birth date and what was agreed', () => {
    expect(signer(guarded)).toEqual({ as: 'guardian', name: 'Eva Ruiz' })
    expect(signer({ ...guarded, guardianSigns: false })).toEqual({ as: 'person', name: 'Ana' })
    expect(signer({ ...guarded, birthDate: '' })).toEqual({ as: 'person', name: 'Ana' })
    expect(signer(guarded, '2030-05-01')).toEqual({ as: 'person', name: 'Ana' })
    expect(pays(guarded)).toEqual({ name: 'Eva Ruiz', phone: '+49 30 1', email: 'eva@example.org' })
    expect(pays({ ...guarded, guardianEmail: '' })?.email).toBeNull()
    expect(pays({ ...guarded, guardianPays: false })).toBeNull()
    expect(pays(guarded, '2030-05-01')).toBeNull()
  })
})

it('an email has one @, a domain of two parts at least, and 254 characters at most', () => {
  const long = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(56)}.org`
  expect([long.length, isEmail(long), isEmail(`x${long}`)]).toEqual([253, true, true])
  expect(isEmail(`xx${long}`)).toBe(false)
})
