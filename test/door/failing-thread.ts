// The door thread as it is, with a way to make it fail: a file `fault` in the data folder says how.
import fs from 'node:fs'
import path from 'node:path'
import { workerData } from 'node:worker_threads'

const fault = path.join(workerData.dataDir, 'fault')

await import('../../src/main/door/thread.ts')

setInterval(() => {
  if (!fs.existsSync(fault)) return
  const how = fs.readFileSync(fault, 'utf8')
  fs.rmSync(fault)
  switch (how) {
    case 'throw':
      throw new Error('a fault in the thread')
    case 'reject':
      void Promise.reject(new Error('a promise that nobody waits for'))
      return
    case 'exit':
      return process.exit(7)
    case 'hang':
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
}, 5).unref()
