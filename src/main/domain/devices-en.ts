// Words about devices at doors that speak a language of their own. English.

export const readerRefusals = {
  asksItself: (door: string) =>
    `${door} has a controller that asks us by itself: only a door that we open, such as a relay, takes a reader here.`,
}

export const deviceRefusals = {
  boardAddress: 'Say where the board is: --address HOST:PORT, such as 192.168.1.50:60000.',
  serial: 'Say which board it is: --serial and the number on its label.',
  boardDoor: 'A board has doors 1 to 4: say which with --board-door.',
  listener: 'The port at which we hear of swipes is a number to 65535: leave --listener out for 60001.',
  certificate: 'That file holds no certificate: give --ca the file that begins with BEGIN CERTIFICATE.',
  broker:
    'Say which broker: --broker mqtt://USER:PASSWORD@HOST:1883 (or mqtts://), or --broker own for the one in here.',
  topic: 'Say which topic the box uses: --topic, one word without / + #.',
  boxAddress: 'Say which address the box has: --address, such as 192.168.1.60.',
  relayUrl: 'Say where the relay is: --url http://admin:PASSWORD@HOST.',
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  keepsHours: (door: string) => `${door} goes by hours already: there is nothing to choose.`,
  notForNative: (option: string) => `A native door asks us by itself: leave ${option} out.`,
  noKey: (door: string, driver: string) =>
    `Only native doors and boxes at our own broker have a key of ours, and ${door} is of the kind ${driver}.`,
  taken: (door: string) => `${door} is that door already: remove it first, or choose another output.`,
  needsNoAdoption: (door: string) => `${door} holds no list of its own: there is nothing to take over.`,
  silent: (door: string) => `${door} does not answer: check its power, its cable and its address, then try again.`,
  otherDesk: (door: string, other: string) =>
    `${door} tells ${other} of its swipes. Stop that program first; to put it aside, confirm again with --replace ${other}.`,
  notAdopted: (door: string) =>
    `The device at ${door} does not listen to the desk until it is taken over (\`latchkey door adopt\`).`,
  ordered: (door: string) =>
    `${door} is locked down or held open: put it back to normal first, then say which device is there.`,
  cannotOpen: (door: string) => `${door} cannot be opened from here: its controller asks us, and we cannot ask it.`,
}
