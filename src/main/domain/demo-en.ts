// What the demo says where it cannot do what was asked.
export const demoRefusals = {
  notDemo: 'This works in the demo only: start it with `latchkey serve --demo`.',
  noSpan: (text: string) => `"${text}" is not a span of time: write it like +40d, +3h or +30m.`,
  onlyForward: "The demo's clock only goes forward: write it like +40d.",
  tooFar: "The demo's clock goes ten years forward at once and no more: write it like +40d.",
  noDoor: (id: string) => `There is no door "${id}": \`latchkey door list\` shows them.`,
  realDoor: (id: string) => `The door "${id}" is not a simulated one: do it at the door itself.`,
  noAnswer: (id: string, why: string) => `The door "${id}" got no answer about this card: ${why}.`,
  tellsNothing: (id: string, why: string) => `The door "${id}" tells nothing of that: ${why}.`,
  nobodyPays: 'No card reader waits for a bank card just now: begin a payment first.',
  noReader: 'The simulated reader was removed: add it again in Settings (port sim:desk, profile simulated).',
}
