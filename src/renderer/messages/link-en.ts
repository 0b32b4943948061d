// What the page says of its own connection to Latchkey.
export const linkWords = {
  lostRefusal: 'Latchkey cannot be reached just now, so this was not done. Try again in a moment.',
  signedOutRefusal: 'You are signed out: open a fresh sign-in link first.',
  outdatedRefusal: 'This page is older than Latchkey itself: reload it first.',

  connectingTitle: 'Connecting to the desk',
  connectingText: 'Latchkey is starting or on another task. This page goes on by itself.',
  signedOutTitle: 'You are signed out',
  signedOutText:
    'Open a fresh sign-in link in this browser. Whoever runs Latchkey gets one with the command below, or finds it in the terminal that Latchkey runs in.',
  signedOutCommand: 'latchkey link',
  signedOutButton: 'I have signed in: try again',
  outdatedTitle: 'Latchkey was updated',
  outdatedText: 'This page is from the version before. Reload it to go on; nothing is lost.',
  outdatedButton: 'Reload',
  lostStrip: (since: string) =>
    `Latchkey has not been reached since ${since}. Trying again by itself; doors go on without this screen.`,
}
