// Words about plans, prices, manual memberships and seats: refusals, and rows of the inbox. English.
import type { Standing } from './standing.ts'

export const mappingRefusals = {
  noPrice: 'This price is not known here: sync with Stripe, then look again.',
  noPlan: 'This plan is not there any more: choose another, or make a new one.',
  noName: 'Give the plan a name.',
  nameTaken: (name: string) => `There is a plan called ${name} already: choose it, or take another name.`,
  sayWhat: 'Say which plan the price is, or that it is no membership.',
  soldOnce: 'This is sold once, and what is sold once opens nothing: leave it as no membership.',
  noAccount: 'Nothing has been read from Stripe yet: put in the key first, under Stripe.',
}

export const manualRefusals = {
  noPlan: 'This plan is not there any more: choose another.',
  away: (name: string) => `${name} is put away: bring them back first.`,
  noDay: (text: string) => `"${text}" is not a day: write it like 2026-12-31.`,
  backwards: 'It would end before it begins: choose a later last day.',
  notManual: 'Only a membership that was agreed here can be changed here: this one is changed in Stripe.',
  ended: 'This membership was ended: add a new one.',
  notLater: (day: string) => `It already runs to ${day}: choose a later day.`,
  badAmount: 'The amount must be more than nothing, or left out.',
  noCurrency: (text: string) => `There is no currency "${text}": write its three letters, such as EUR.`,
}

/** Of somebody who is about to be sold a plan that they have. */
export const heldWords = {
  held: (name: string, plan: string, how: string) => `${name} has ${plan} already${how}.`,
  paid: (day: string) => `, paid to ${day}`,
  stands: {
    current: '',
    grace: ', and a payment for it is late',
    pending: ', and the first payment for it is on its way',
    frozen: ', and it is paused',
    lapsed: ', and a payment for it is missing',
    ended: '',
  } satisfies Record<Standing, string>,
  advice: 'Renew or mend that one on their page, or say at the plan that this is a second one.',
}

export const seatRefusals = {
  noMembership: 'This membership is not there any more: look the person up again.',
  noMember: 'This person is not there any more: choose someone else.',
  away: manualRefusals.away,
  full: (seats: number) =>
    `${seats === 1 ? 'It covers one person and has no seat left' : `All ${seats} seats are taken`}: free one, or give it more seats.`,
  already: (name: string) => `${name} is covered by it already.`,
  notCovered: (name: string) => `${name} is not covered by it.`,
  covered: (covered: number) => `It covers ${covered} people now: take someone off first.`,
}

export const membershipSteps = {
  'price-unmapped': 'Saying what the price is for',
  'seats-over': 'Freeing a seat',
  'term-ends-soon': 'Agreeing on the next term',
}

export const membershipInbox = {
  'price-unmapped': (name: string, count: number) =>
    `Stripe sells ${name}, and nobody has said whether that is a membership${
      count === 0 ? '' : `; ${count === 1 ? 'one person has' : `${count} people have`} bought it`
    }. Say which plan it is.`,
  'seats-over': (name: string, covered: number, seats: number) =>
    `${name}'s membership covers ${covered} people and has ${seats === 1 ? 'one seat' : `${seats} seats`}. Everyone still gets in; take someone off or buy more seats.`,
  'term-ends-soon': (name: string, day: string) => `${name}'s membership runs to ${day}. Renew it when they have paid.`,
  'term-over': (name: string, day: string, grace: string) =>
    `${name}'s membership ran to ${day}, and they still get in to ${grace}. Renew it when they have paid.`,
}
