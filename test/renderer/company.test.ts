// Coming in beside paying, on the page: let in once, inductions, guests, people under age, events, and "why exactly?".
import { expect, it } from 'vitest'
import { takePictures } from './browser.ts'
import { eachOnAPage, look } from './page-test.ts'

const on = eachOnAPage()
const heard = (name: string) => on.desk.heard.findLast((one) => one.name === name)?.args
const idOf = (n: number) => on.desk.world.members[n]?.id ?? ''
const memberPage = (n: number) => `${on.desk.url}#/members/${idOf(n)}`

it('lets somebody in once from the sentence of a refusal, and says what it stood on', async () => {
  const { page, desk, told } = on
  desk.swipe(4, 'refused')
  await page.locator('[data-refusal]').waitFor()
  await page.keyboard.press('w')
  const panel = page.locator('[data-panel]')
  await panel.getByText('Why exactly?').click()
  await panel.getByText('The renewal could not be seen for too long').waitFor()
  await look(page, 'panel-why', '[data-panel]')
  await panel.getByRole('button', { name: 'Let in once' }).first().click()
  const dialog = page.getByRole('dialog')
  const why = dialog.getByLabel('Why')
  for (const nothing of ['', '  ']) {
    await why.fill(nothing)
    await dialog.getByRole('button', { name: 'Let in once' }).click()
    await dialog.getByText('Fill this in first.').waitFor()
    expect(await why.evaluate((one) => one === document.activeElement)).toBe(true)
  }
  expect(heard('access.letInOnce')).toBeUndefined()
  await why.fill('her coat')
  expect(await dialog.getByText('Fill this in first.').count()).toBe(0)
  await look(page, 'let-in-once', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Let in once' }).click()
  await expect.poll(() => heard('access.letInOnce')).toEqual({ member: idOf(4), door: 'front', why: 'her coat' })
  await panel.getByText(/^Once, until .*, at Front door$/).waitFor()
  await panel.getByRole('button', { name: 'End it' }).first().click()
  await expect.poll(() => heard('access.end')).toEqual({ id: 'once-1' })
  expect(told).toEqual([])
})

it('takes whoever was refused on with: an unfinished sign-up, a pause, somebody who is barred', async () => {
  const { page, desk, told } = on
  const why = async (n: number) => {
    await page.goto(`${desk.url}#/`)
    desk.swipe(n, 'refused')
    await page.locator('[data-refusal]').first().waitFor()
    await page.keyboard.press('w')
    return page.locator('[data-panel]')
  }
  const pending = await why(8)
  await pending.getByRole('button', { name: 'Finish sign-up' }).click()
  await page.getByRole('heading', { name: `Sign up ${desk.world.members[8]?.name}` }).waitFor()
  expect(heard('signUps.start')).toEqual({ member: idOf(8) })

  const paused = await why(15)
  await paused.getByRole('button', { name: 'Resume', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Resume / })
  await look(page, 'remedy-resume', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Resume it' }).click()
  await dialog.getByText('It is not paused any more').waitFor()
  expect(heard('changes.resume')).toEqual({ id: `${idOf(15)}-0` })
  await page.keyboard.press('Escape')

  const barred = await why(17)
  await barred.getByRole('link', { name: 'See Maximiliane von der Hohenstein-Brandt' }).click()
  await expect.poll(() => page.url()).toContain(`#/members/${idOf(17)}`)
  expect(told).toEqual([])
})

it('says of whoever leaves by a reader that they went out', async () => {
  const { page, desk, told } = on
  const came = desk.swipe(4, 'granted')
  const left = desk.swipe(4, 'granted', 1)
  desk.push('feed', Object.assign(left, { seq: left.seq + 1, wentOut: true }))
  const pill = (seq: number) => page.locator(`[data-feed="${seq}"]`)
  await pill(left.seq).getByText('Went out', { exact: true }).waitFor()
  expect(await pill(left.seq).locator('.lucide-log-out').count()).toBe(1)
  expect(await pill(left.seq).getByText('Granted').count()).toBe(0)
  await pill(came.seq).getByText('Granted', { exact: true }).waitFor()
  await look(page, 'feed-went-out')
  expect(told).toEqual([])
})

it('starts a card that waits for its day, and extends one that ran out, from the sentence and from the card itself', async () => {
  const { page, desk, told } = on
  const card = desk.world.cards[0]
  if (card === undefined) throw new Error('Nobody has a card here.')
  card.state = 'not-yet-active'
  await page.goto(memberPage(0))
  await page.getByText(/'s card starts tomorrow/).waitFor()
  expect(await page.getByRole('button', { name: 'Start now' }).count()).toBe(2)
  await look(page, 'card-start', 'main')
  await page.getByRole('button', { name: 'Start now' }).first().click()
  await page.getByText(/'s card starts tomorrow/).waitFor({ state: 'detached' })
  expect(heard('cards.start')).toEqual({ card: card.canonical })
  card.state = 'expired'
  desk.push('members', {})
  await page.getByText(/'s card ran out/).waitFor()
  await page.getByRole('button', { name: 'Extend' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Extend the card' })
  await dialog.getByLabel('Until the end of').fill('2020-01-01')
  await dialog.getByRole('button', { name: 'Extend' }).click()
  await dialog.getByText('Choose a day that is still to come.').waitFor()
  await look(page, 'card-extend', '[role=dialog]')
  await dialog.getByLabel('Until the end of').fill('2031-12-31')
  await dialog.getByRole('button', { name: 'Extend' }).click()
  await page.getByText(/'s card ran out/).waitFor({ state: 'detached' })
  expect(heard('cards.extend')).toEqual({ card: card.canonical, until: '2031-12-31' })
  card.state = 'expired'
  desk.push('members', {})
  await page.locator('li').getByRole('button', { name: 'Extend' }).click()
  await page.getByRole('dialog', { name: 'Extend the card' }).waitFor()
  expect(told).toEqual([])
})

it('gives an induction with an end, and takes one back', async () => {
  const { page, told } = on
  await page.goto(memberPage(0))
  await page.getByRole('button', { name: 'Give an induction' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Last day').fill('2027-01-31')
  await look(page, 'give-induction', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Give it' }).click()
  const given = { member: idOf(0), induction: 'induction-1', until: '2027-01-31' }
  await expect.poll(() => heard('inductions.give')).toEqual(given)
  await page.getByText('Wood workshop').waitFor()
  await look(page, 'member-inductions', 'main')
  await page.getByRole('button', { name: 'Take back Laser' }).click()
  await page.getByText('Laser', { exact: true }).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('invites a guest who is new here, shows both sides, and ends it', async () => {
  const { page, told } = on
  await page.goto(memberPage(1))
  await page.getByText(/is their guest/).waitFor()
  await page.getByRole('button', { name: 'Invite a guest' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('Wanda Zobel')
  await dialog.getByRole('button', { name: 'Someone new: Wanda Zobel' }).click()
  await look(page, 'invite-guest', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect.poll(() => heard('guests.invite')).toMatchObject({ host: idOf(1), guest: 'new-one' })
  expect(heard('members.create')).toMatchObject({ name: 'Wanda Zobel', same: 'new' })
  await page.getByText('Wanda Zobel is their guest').waitFor()
  await page.goto(memberPage(3))
  await page.getByText(/^Guest of /).waitFor()
  await look(page, 'member-guest', 'main')
  await page.getByRole('button', { name: /^End it: Guest of/ }).click()
  await page.getByText(/^Guest of /).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('says of somebody under age that no rules hold, and sets them', async () => {
  const { page, desk, told } = on
  desk.details.told.set(idOf(5), { birthDate: '2013-05-14' })
  await page.goto(memberPage(5))
  await page.getByText(/is under age, and no rules for that hold at the doors/).waitFor()
  await look(page, 'member-unruled', 'main')
  await page.getByRole('button', { name: 'Set rules' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByLabel('Of age on').inputValue()).toBe('2031-05-14')
  await dialog.getByRole('checkbox', { name: 'Comes in only while a guardian is in' }).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Without a guardian').waitFor()
  await page.getByRole('button', { name: 'Set rules' }).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('sets rules for somebody under age, with guardians, and takes them off', async () => {
  const { page, told } = on
  await page.goto(memberPage(4))
  await page.getByText('Under age until 14 May 2031').waitFor()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Find the person' }).fill('Okafor')
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await look(page, 'minor-form', '[role=dialog]')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => heard('members.setMinor'))
    .toMatchObject({ member: idOf(4), guardianNeeded: true, hours: 'hours-day', guardians: [idOf(2), idOf(0)] })
  await look(page, 'member-minor', 'main')
  await page.getByRole('button', { name: 'Take off' }).click()
  await page.getByRole('group').getByRole('button', { name: 'Take off' }).click()
  await page.getByText(/^Under age until/).waitFor({ state: 'detached' })
  expect(told).toEqual([])
})

it('plans an event for some people at one door, and ends it', async () => {
  const { page, desk, told } = on
  await page.goto(`${desk.url}#/doors`)
  await page.getByText('Nothing is planned.').waitFor()
  await page.getByRole('button', { name: 'New event' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Open day')
  await dialog.getByRole('radio', { name: 'Only these', exact: true }).check()
  await dialog.getByRole('checkbox', { name: 'Workshop' }).check()
  await dialog.getByRole('radio', { name: 'Only these people' }).check()
  await dialog.getByRole('combobox', { name: 'Add a person' }).fill('Okafor')
  await dialog.getByRole('listbox').getByRole('option').first().click()
  await dialog.getByLabel('How many people at most').fill('30')
  await look(page, 'new-event', '[role=dialog]')
  // Whatever is open above it, a refusal and what to press next are seen.
  desk.knobs.refuseEvents = true
  await dialog.getByRole('button', { name: 'Make it' }).click()
  const refusal = dialog.getByText('It has to end after it begins.')
  await refusal.waitFor()
  for (const size of [
    { width: 800, height: 600 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size)
    const edge = await dialog.boundingBox()
    for (const part of [refusal, dialog.getByRole('button', { name: 'Make it' })]) {
      const box = await part.boundingBox()
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan((edge?.y ?? 0) + (edge?.height ?? 0))
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await look(page, 'new-event-refused', '[role=dialog]')
  desk.knobs.refuseEvents = false
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect
    .poll(() => heard('events.save'))
    .toMatchObject({ name: 'Open day', doors: ['workshop'], members: [idOf(0)], heads: 30 })
  expect(heard('events.save')).toMatchObject({ from: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00$/) })
  await page.getByText('0 of 30 came').waitFor()
  await look(page, 'doors-events')
  await page.getByRole('button', { name: 'Change Open day' }).click()
  const form = page.getByRole('dialog', { name: 'Open day' })
  expect(await form.getByRole('checkbox', { name: 'Workshop' }).isChecked()).toBe(true)
  await form.getByText(on.desk.world.members[0]?.name ?? '').waitFor()
  const made = heard('events.save') as Record<string, unknown>
  await form.getByLabel('Name').fill('Open evening')
  await form.getByLabel('How many people at most').fill('')
  await look(page, 'change-event', '[role=dialog]')
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Open evening').waitFor()
  expect(heard('events.save')).toEqual({
    ...made,
    ...{ id: 'event-0', name: 'Open evening', heads: null },
    from: expect.any(String),
    until: expect.any(String),
  })
  await page.getByRole('button', { name: 'End Open evening' }).click()
  await page.getByRole('group').getByRole('button', { name: 'End it' }).click()
  await page.getByText('Nothing is planned.').waitFor()
  expect(told).toEqual([])
})

it('hides somebody from the list of who is in, by a switch on their page', async () => {
  const { page, desk, told } = on
  const name = desk.world.members[3]?.name ?? ''
  const face = page.getByRole('button', { name: new RegExp(`^${name}, .*, Front door$`) })
  await face.waitFor()
  await page.goto(memberPage(3))
  const hide = page.getByRole('checkbox', { name: /Not named in the list of who is in/ })
  expect(await hide.isChecked()).toBe(false)
  await hide.click()
  await expect.poll(() => heard('members.setHidden')).toEqual({ id: idOf(3), hidden: true })
  await expect.poll(() => hide.isChecked()).toBe(true)
  await look(page, 'member-hidden', 'main')
  await page.goto(desk.url)
  await page.getByText('Doors see people come in, not leave.').waitFor()
  expect(await face.count()).toBe(0)
  await page.locator('section').filter({ hasText: 'Came in today' }).getByText('31', { exact: true }).waitFor()
  expect(told).toEqual([])
})

it('says who is in where doors see people leave, and what that cannot know', async () => {
  const { page, desk, told } = on
  await page.getByText('Doors see people come in, not leave.').waitFor()
  desk.knobs.exits = true
  await page.reload()
  await page.getByRole('heading', { name: 'Now in' }).waitFor()
  await page.getByText('counts as in for 16 hours').waitFor()
  await takePictures(page, 'desk-now-in')
  expect(told).toEqual([])
})
