import { expect, test } from 'vitest'
import { createReaderBench } from '../../src/main/app/reader-bench.ts'

test('a reader that is added while the desk ends is not opened, for nobody would close it', async () => {
  let opened = 0
  const bench = createReaderBench(
    {
      profiles: [],
      open: () => {
        opened += 1
        return {
          close: async () => {
            opened -= 1
          },
        }
      },
      listPorts: async () => ({ ports: [], sentence: null }),
      listen: () => ({ close: async () => undefined, typed: () => undefined }),
    },
    { onRead: () => undefined, onState: () => undefined, onRejected: () => undefined },
  )
  const reader = (id: string) => ({ id, port: 'sim', profile: 'simulated', settings: {}, door: null, ids: null })
  bench.open(reader('desk'))
  expect(opened).toBe(1)
  await bench.closeAll()
  bench.open(reader('store'))
  expect(opened).toBe(0)
})
