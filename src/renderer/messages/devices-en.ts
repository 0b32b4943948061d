// Devices at doors: adding one, taking it over, and how all doors are.
const cards = (count: number) => (count === 1 ? '1 card' : `${count} cards`)

export const deviceWords = {
  kind: 'What is at this door?',
  kinds: {
    native: ['A Latchkey controller', 'It asks us at each swipe and holds a list for when we are silent.'],
    uhppote: ['A UHPPOTE board', 'It is on the network and has its readers wired to it.'],
    'esp-rfid': ['An ESP-RFID box', 'It decides by itself, by the list that we give it.'],
    relay: ['A relay', 'The reader is at the desk, the relay opens the door.'],
  } as const,
  address: 'Address of the board',
  addressHelp: 'Such as 192.168.1.50; a port after a colon where it is not 60000.',
  serial: 'Serial number',
  serialHelp: 'It is on the board’s label.',
  output: 'Which of its doors',
  broker: 'Broker',
  brokerHelp: 'Such as mqtt://user:password@192.168.1.2:1883, or “own” for the one in here.',
  topic: 'Topic of the box',
  box: 'Address of the box',
  url: 'Address of the relay',
  urlHelp: 'Such as http://admin:password@192.168.1.70.',
  addedTitle: (door: string) => `${door} is added`,
  passwordAbout: 'Put it into the box now, with its topic as the user. It is shown only this once.',

  lookedAt:
    'Only looked at so far: nothing on it is changed, and it does not listen to the desk until it is taken over.',
  takeOver: 'Take over…',
  behind: (count: number, since: string) =>
    `It still opens for ${cards(count)} that should no longer open it, since ${since}.`,
  inHours: (count: number) =>
    `${count === 1 ? 'One person comes' : `${count} people come`} in certain hours only, which it does not know.`,
  daysOnly: 'Let them in at any hour',
  leaveOff: 'Leave them off',

  health: 'Door doctor',
  healthAbout: 'How every door is, what it holds, and what happened overnight.',
  back: 'All doors',
  again: 'Look again',
  adoptTitle: (door: string) => `Take over ${door}?`,
  adoptAbout: 'This is what it holds. Nothing on it has been changed.',
  adoptDo: 'Take over',
  adoptReplace: (other: string) => `Take over and put ${other} aside`,
  otherDesk: (other: string) =>
    `It tells ${other} of its swipes. Stop that program first: two desks would undo each other’s work.`,
  reading: 'Reading what it holds…',
  matched: (count: number) => `${cards(count)} of people who may come in: kept`,
  noRight: (count: number) => `${cards(count)} of people without a right to this door: taken off`,
  unknown: (count: number) => `${cards(count)} of nobody here: taken off`,
  missing: (count: number) => `${cards(count)} that it does not hold yet: put on`,
  nothing: 'It holds no cards.',

  online: 'Online',
  offline: 'Not heard from',
  facts: {
    where: 'Where',
    seen: 'Last heard',
    tried: 'Last tried',
    firmware: 'Firmware',
    clock: 'Clock',
    times: 'Answers today',
    keys: 'Keyholders',
    list: 'List',
    overnight: 'Since last evening',
  },
  clockGood: 'right',
  clockOff: (seconds: number) => `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
  times: (count: number, p50: string, p99: string) => `${count}, half within ${p50} ms, 99 of 100 within ${p99} ms`,
  neverTried: 'never',
  noTimes: 'none yet',
  fewKeys: 'Fewer than two people hold its key: name another one, for the day when nothing else works.',
  listSame: (count: number, hash: string) => `${cards(count)}, as it should (${hash})`,
  listDiffers: (held: number, wanted: number, differing: number) =>
    `holds ${cards(held)} and should hold ${wanted}; ${differing} still to be done`,
  listFound: (held: number) => `${cards(held)} found on it; none of it changes before it is taken over`,
  listUnread: 'not read yet',
  overnight: (came: number, refused: number, told: number) =>
    `${came} came, ${refused} refused, ${told} told by the door`,
  changes: { remove: 'still opens', change: 'other dates', add: 'not on it yet' } as const,
  lostCard: { lost: 'reported lost', stolen: 'reported stolen' } as const,
  nobody: 'Nobody here',
  since: 'since',
  differences: 'Still to be done',
  receipts: 'Taken off, and seen to be gone',
  lastEvents: 'Last',
  open: 'Open once',
  openAsk: (door: string) => `Open ${door} now, to see that it does?`,
  openDo: 'Open it',
  opened: 'It was opened.',
  allWell: 'Every door is heard from and holds what it should.',
  amiss: (count: number) => `${count === 1 ? 'One door needs' : `${count} doors need`} a look.`,
}

/** What is at a door, by its driver. */
export function sayDriver(driver: string): string {
  return Object.hasOwn(deviceWords.kinds, driver)
    ? deviceWords.kinds[driver as keyof typeof deviceWords.kinds][0]
    : driver
}
