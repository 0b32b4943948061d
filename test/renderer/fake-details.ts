// What people tell of themselves and what they sign, at the fake desk: by the real rules, kept for as long as a test runs.
import {
  type Faults,
  FORM_FIELDS,
  type Form,
  faultsOf,
  foldDetails,
  given,
  isMinor,
  ofAgeOn,
  signerOf,
  type Typed,
  USUALLY_ASKED,
} from '../../src/main/domain/details.ts'
import { waiverRefusals, waiverWords } from '../../src/main/domain/details-en.ts'
import { signatureFault } from '../../src/main/domain/signature.ts'
import { type Signing, type Waiver, waiverAt } from '../../src/main/domain/waiver.ts'
import type { AskedDetails } from '../../src/preload/shapes-details.ts'
import type { SignUp } from '../../src/preload/shapes-sign-up.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

export type FakeDetails = {
  asked: AskedDetails
  waiver: Waiver | null
  told: Map<string, Typed>
  signed: Map<string, Signing[]>
}

export const createDetails = (): FakeDetails => ({
  asked: USUALLY_ASKED,
  waiver: null,
  told: new Map(),
  signed: new Map(),
})

/** Null where nothing is wrong. */
export function refusedFor(faults: Faults): ReturnType<typeof no> | null {
  const first = FORM_FIELDS.find((field) => faults[field] !== undefined)
  return first === undefined ? null : no('bad-request', faults[first] ?? '', { fields: faults })
}

export const todayOf = (world: World) => world.iso(0).slice(0, 10)

export function formOf(facts: FakeDetails, id: string | null, typed: Typed): Form {
  return { name: '', email: '', phone: '', ...foldDetails([given(facts.told.get(id ?? '') ?? {})]), ...given(typed) }
}

/** `signUps`: somebody new has their name there. */
export function detailHandlers(world: World, facts: FakeDetails, signUps: { open: SignUp[] }): Handlers {
  const today = todayOf(world)
  const named = (id: string) =>
    [...signUps.open.map(({ member }) => member), ...world.members].find((member) => member?.id === id)?.name ?? ''
  const known = (id: string) => foldDetails([given(facts.told.get(id) ?? {})])
  const details = (id: string) => ({
    ...known(id),
    isMinor: isMinor(known(id).birthDate, facts.asked.ofAge, today),
    ofAgeOn: ofAgeOn(known(id).birthDate, facts.asked.ofAge),
    signatures: (facts.signed.get(id) ?? []).map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  })
  return {
    'details.asked': () => facts.asked,
    'details.setAsked': (asked) => {
      facts.asked = asked
      return asked
    },
    'details.isMinor': ({ birthDate }) => ({ isMinor: isMinor(birthDate, facts.asked.ofAge, today) }),
    'members.details': ({ id }) => details(id),
    'members.setDetails': ({ id, changes }) => {
      const form = formOf(facts, id, { name: named(id), ...changes })
      const refused = refusedFor(faultsOf(form, facts.asked, today, false))
      if (refused !== null) return refused
      facts.told.set(id, { ...facts.told.get(id), ...changes })
      return details(id)
    },
    'waiver.get': () => facts.waiver,
    'waiver.set': ({ version, text, url }) => {
      if (version === '') return no('bad-request', waiverRefusals.noVersion)
      if (version !== null && text === null && url === null) return no('bad-request', waiverRefusals.noText)
      facts.waiver = version === null ? null : { version, text, url, at: 0 }
      return facts.waiver
    },
    'members.waiver': ({ id }) => {
      const { due, signing } = waiverAt(facts.waiver, facts.signed.get(id) ?? [])
      const said = signing && ([signing.version, 'today', signing.name, signing.as === 'guardian'] as const)
      const sentence =
        facts.waiver === null || !due
          ? said && waiverWords.signed(...said)
          : said
            ? waiverWords.signedOlder(...said, facts.waiver.version)
            : waiverWords.notSigned(facts.waiver.version)
      return { sentence, due, present: facts.waiver, signer: signerOf(named(id), known(id), facts.asked, today) }
    },
    'members.signWaiver': ({ id, version, as, name, strokes }) => {
      if (facts.waiver?.version !== version) return no('wrong-state', waiverRefusals.none)
      if (name.trim() === '') return no('bad-request', waiverRefusals.who)
      if (strokes !== null && signatureFault(strokes) !== null) return no('bad-request', waiverRefusals.empty)
      const signing: Signing = { version, as, name, strokes, at: Date.parse(world.iso(0)) }
      facts.signed.set(id, [signing, ...(facts.signed.get(id) ?? [])])
      return { ok: true }
    },
  }
}
