// What is taken as a photo of a person: a square JPEG of 320 pixels with nothing in it but the picture.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PHOTO_BYTES, photoFault } from '../../src/main/domain/photo.ts'
import { sampleJpeg, segment } from './sample-jpeg.ts'

const letters = (text: string) => [...Buffer.from(text, 'latin1')]
const colours = segment(0xe2, letters('ICC_PROFILE\0\x01\x01colours'))

it.each<[string, Buffer, ReturnType<typeof photoFault>]>([
  ['as a canvas writes it', sampleJpeg(), null],
  ['with the profile of its colours', sampleJpeg({ parts: [colours] }), null],
  ['with bytes that fill up before a marker', sampleJpeg({ parts: [[0xff, 0xff]] }), null],
  [
    'exactly as large as it may be',
    sampleJpeg({ scan: new Array(PHOTO_BYTES - sampleJpeg({ scan: [] }).length).fill(7) }),
    null,
  ],
  [
    'one byte larger',
    sampleJpeg({ scan: new Array(PHOTO_BYTES + 1 - sampleJpeg({ scan: [] }).length).fill(7) }),
    'too-big',
  ],
  ['not square', sampleJpeg({ width: 320, height: 240 }), 'wrong-size'],
  ['of another size', sampleJpeg({ width: 640 }), 'wrong-size'],
  [
    'with Exif, where place and camera are',
    sampleJpeg({ parts: [segment(0xe1, letters('Exif\0\0MM'))] }),
    'more-inside',
  ],
  ['with XMP', sampleJpeg({ parts: [segment(0xe1, letters('http://ns.adobe.com/xap/1.0/\0'))] }), 'more-inside'],
  ['with IPTC', sampleJpeg({ parts: [segment(0xed, letters('Photoshop 3.0\0'))] }), 'more-inside'],
  ['with more pictures', sampleJpeg({ parts: [segment(0xe2, letters('MPF\0'))] }), 'more-inside'],
  ['with a small picture of itself', sampleJpeg({ parts: [segment(0xe0, letters('JFXX\0\x10'))] }), 'more-inside'],
  ['with a comment', sampleJpeg({ parts: [segment(0xfe, letters('taken at home'))] }), 'more-inside'],
  ['with Exif after the scan', sampleJpeg({ scan: [1, ...segment(0xe1, letters('Exif\0\0')), 2] }), 'more-inside'],
  ['with something behind its end', sampleJpeg({ after: letters('<script>') }), 'more-inside'],
  ['with two frames', sampleJpeg({ parts: [segment(0xc0, [8, 1, 64, 1, 64, 1, 1, 0x11, 0])] }), 'no-jpeg'],
  ['without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'no-jpeg'],
  ['of a marker that has no place in it', sampleJpeg({ parts: [segment(0x01, [])] }), 'no-jpeg'],
  ['of a length that is none', sampleJpeg({ parts: [[0xff, 0xdb, 0, 1]] }), 'no-jpeg'],
  ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'no-jpeg'],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'no-jpeg'],
  ['nothing', Buffer.alloc(0), 'no-jpeg'],
])('%s', (_, bytes, fault) => {
  expect(photoFault(bytes)).toBe(fault)
})

it('takes no part of a photo for a whole one, and comes to an end over whatever it is given', () => {
  const whole = sampleJpeg({ parts: [colours] })
  for (let length = 0; length < whole.length; length += 1) expect(photoFault(whole.subarray(0, length))).not.toBeNull()
  const withOneByteChanged = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
    const changed = Buffer.from(whole)
    changed[at] = byte
    return changed
  })
  const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from([0xff, 0xd8, ...bytes]))
  fc.assert(
    fc.property(fc.oneof(withOneByteChanged, anything), (bytes) => {
      const fault = photoFault(bytes)
      expect([null, 'too-big', 'no-jpeg', 'wrong-size', 'more-inside']).toContain(fault)
      if (fault === null) expect(bytes.length).toBe(whole.length)
    }),
    { numRuns: 2_000 },
  )
})
