// A JPEG made of its parts, as a canvas writes them; with `parts` in front of the tables where a test wants more inside.
const SCAN = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]

export type Asked = { width?: number; height?: number; parts?: number[][]; scan?: number[]; after?: number[] }

export function sampleJpeg({ width = 320, height = width, parts = [], scan = SCAN, after = [] }: Asked = {}): Buffer {
  const pair = (n: number) => [n >> 8, n & 0xff]
  return Buffer.from([
    0xff,
    0xd8,
    ...segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...parts.flat(),
    ...segment(0xdb, new Array(65).fill(1)),
    ...segment(0xc0, [8, ...pair(height), ...pair(width), 1, 1, 0x11, 0]),
    ...segment(0xc4, new Array(19).fill(0)),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...scan,
    0xff,
    0xd9,
    ...after,
  ])
}

export function segment(marker: number, content: readonly number[]): number[] {
  const length = content.length + 2
  return [0xff, marker, length >> 8, length & 0xff, ...content]
}
