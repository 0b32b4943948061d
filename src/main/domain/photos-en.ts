// Words about photos of people, and about cards that were reported lost and tried all the same. English.
import type { PhotoFault } from './photo.ts'

export const photoRefusals: Record<PhotoFault, string> = {
  'too-big': 'A photo may be 100 KB at most: choose it on the page, which makes it small.',
  'no-jpeg': 'This is no picture that can be kept as a photo: choose a JPEG or PNG file.',
  'wrong-size': 'A photo is a square of 320 pixels: choose it on the page, which cuts it out.',
  'more-inside':
    'This file carries more than the picture, such as where it was taken: choose it on the page, which leaves that out.',
}

export const noPhoto = (name: string) => `${name} has no photo.`

export const lostCardSettled = 'This is settled: the card was found again, or somebody has looked already.'
