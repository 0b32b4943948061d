// A photo as the desk keeps it, drawn anew from a file or the camera: so nothing of the file comes along but the picture.
const SIDE = 320
const QUALITY = 0.85
/** In an upright picture a face is above the middle; what the camera sees is cut out as it is shown. */
const ABOVE = 1 / 3
const MIDDLE = 1 / 2

/** Base64 of a JPEG; null where the browser can read no picture in it. */
export async function photoFromFile(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  const jpeg = cutOut(picture, picture.width, picture.height, ABOVE)
  picture.close()
  return jpeg
}

export function photoFromVideo(video: HTMLVideoElement): string | null {
  return cutOut(video, video.videoWidth, video.videoHeight, MIDDLE)
}

function cutOut(source: CanvasImageSource, width: number, height: number, share: number): string | null {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const context = canvas.getContext('2d')
  const side = Math.min(width, height)
  if (context === null || side === 0) return null
  // A JPEG knows no transparency: without this it would turn black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, SIDE, SIDE)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, (width - side) / 2, (height - side) * share, side, side, 0, 0, SIDE, SIDE)
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? null
}
