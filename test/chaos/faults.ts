// Makes a thread die. Loaded into it before its own program; a file in the data folder says how, when: `fault` of the door
// thread, `report-fault` of the report thread.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { isMainThread, workerData } from 'node:worker_threads'

// A desk loads this into all of its threads.
if (!isMainThread && typeof workerData?.dataDir === 'string')
  watch(path.join(workerData.dataDir, 'port' in workerData ? 'fault' : 'report-fault'))

function watch(file: string): void {
  setInterval(() => {
    if (!fs.existsSync(file)) return
    const how = fs.readFileSync(file, 'utf8')
    fs.rmSync(file)
    switch (how) {
      case 'throw':
        throw new Error('a fault in the thread')
      case 'reject':
        void Promise.reject(new Error('a promise that nobody waits for'))
        return
      case 'exit':
        return process.exit(7)
      case 'hang':
        return void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      case 'unsaid':
        return dieUnsaid()
    }
  }, 5).unref()
}

/** At the worst moment: a decision or an upload is on disk, and nobody has heard of it. */
function dieUnsaid(): void {
  const { end } = http.ServerResponse.prototype
  http.ServerResponse.prototype.end = function (this: http.ServerResponse, ...args: unknown[]) {
    if (/"(receipt|acked)"/.test(String(args[0]))) process.exit(7)
    return Reflect.apply(end, this, args)
  } as typeof end
}
