// Photos of people: set from a file or the camera, and taken off.
export const photoWords = {
  of: (name: string) => `Photo of ${name}`,
  take: 'Take a photo',
  choose: 'Choose a file',
  remove: 'Remove the photo',
  removeAsk: 'Remove this photo? It is gone for good.',
  removeIt: 'Remove',
  noPicture: 'This file is no picture that can be read here: choose a JPEG or PNG file.',

  takeTitle: (name: string) => `A photo of ${name}`,
  takeAbout: 'Ask them first. It shows on the screens of this desk when they come to a door.',
  seen: 'What the camera sees',
  opening: 'Opening the camera…',
  takeIt: 'Take the photo',
  noCamera: 'No camera was found: plug one in, or choose a file.',
  cameraDenied: 'The camera may not be used here: allow it for this page, or choose a file.',
  cameraBusy: 'Another program uses the camera: close it there, or choose a file.',
}
